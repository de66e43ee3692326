"""Are reasons the true ones? What the score loses without the phrases that were named.

A reason is faithful if the match depends on it: deleting the named phrases from the profile
must cost more than deleting as many others (comprehensiveness), and the named phrases alone
must keep more of the score than as many others alone (sufficiency).

References
----------
DeYoung, J. et al. (2020). ERASER: a benchmark to evaluate rationalized NLP models. ACL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer, kind_of
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.encode.records import RecordEncoder
from matcher.encode.text import RecordText
from matcher.index.corpus import Corpus
from matcher.match.bands import LISTED_FROM
from matcher.match.reasons.explain import named
from matcher.match.rerank import rank_offers, score_profiles
from matcher.match.sides import Explainer, Offered, Person

#: How often as many other phrases are drawn.
DRAWS: Final = 20
#: Best offers of each profile that are looked at.
DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Deletion:
    """What the score of one match loses, named phrases beside the mean of random others.

    Parameters
    ----------
    profile_id, offer_id
        Of the match.
    score
        With all phrases.
    named, phrases
        How many phrases of the profile the reasons name, and how many it has.
    without_named, without_others
        What the score loses when the named phrases, or as many others, are deleted.
    only_named, only_others
        What it loses when all but the named phrases, or as many others, are deleted.
    """

    profile_id: str
    offer_id: str
    score: float
    named: int
    phrases: int
    without_named: float
    without_others: float
    only_named: float
    only_others: float


def deletions(
    profiles: Sequence[Profile],
    offers: Sequence[Offer],
    encoder: Encoder,
    rng: np.random.Generator,
) -> Iterator[Deletion]:
    """Delete phrases from profiles and score them again, for the best matches of each.

    Parameters
    ----------
    profiles
        With at least one phrase each.
    offers
        Of one kind.
    encoder
        Of both sides.
    rng
        Draws the other phrases.

    Yields
    ------
    Deletion
        One for each listed match among the best `DEPTH` whose profile has at least as many
        phrases that were not named as phrases that were.
    """
    if not profiles or not offers:
        return
    kind = kind_of(offers[0])
    records, explainer = RecordEncoder(encoder), Explainer.of(encoder)
    encoded, people = records.encode_offers(offers), records.encode_profiles(profiles)
    model = LexicalModel.fit(encoded.lexical)
    corpus = Corpus.of_batch(RecordKind.of_offer(kind), encoded, model)
    told, asked = records.profile_texts(profiles), records.offer_texts(offers)
    ranked = rank_offers(people, corpus, explainer.likeness, explainer.ranker, len(offers))
    for i, best in enumerate(ranked):
        person = Person.of(profiles[i], told[i], people.take(np.array([i])))
        listed = best.rows[best.scores >= LISTED_FROM[kind]][:DEPTH]
        for row in listed.tolist():
            offered = Offered(offers[row], asked[row], encoded.take(np.array([row])))
            rows = {pair.profile for pair in named(explainer.pairing(person, offered))}
            if 0 < 2 * len(rows) <= len(told[i].phrases):
                drawn = _draw(rows, len(told[i].phrases), rng)
                yield _deletion(person, offered, [rows, *drawn], (records, explainer, model))


def _draw(named: set[int], phrases: int, rng: np.random.Generator) -> list[set[int]]:
    others = [row for row in range(phrases) if row not in named]
    return [set(rng.choice(others, len(named), replace=False).tolist()) for _ in range(DRAWS)]


def _deletion(
    person: Person,
    offered: Offered,
    sets: Sequence[Collection[int]],
    scoring: tuple[RecordEncoder, Explainer, LexicalModel],
) -> Deletion:
    """Score a match without and with only each set of phrases, of which the first is named."""
    every = range(len(person.words.phrases))
    kept = [
        list(every),
        *([row for row in every if row not in some] for some in sets),
        *(sorted(some) for some in sets),
    ]
    scores = _scores([_keeping(person.words, rows) for rows in kept], offered.encoded, scoring)
    lost: NDArray[np.float64] = scores[0] - np.asarray(scores[1:], np.float64)
    without, only = lost[: len(sets)], lost[len(sets) :]
    return Deletion(
        person.profile.id,
        offered.offer.id,
        float(scores[0]),
        len(sets[0]),
        len(every),
        float(without[0]),
        float(without[1:].mean()),
        float(only[0]),
        float(only[1:].mean()),
    )


def _keeping(words: RecordText, rows: Sequence[int]) -> RecordText:
    phrases = tuple(words.phrases[row] for row in rows)
    return RecordText(
        words.id, phrases, " \n".join(dict.fromkeys(phrase.text for phrase in phrases))
    )


def _scores(
    texts: Sequence[RecordText],
    offer: EncodedBatch,
    scoring: tuple[RecordEncoder, Explainer, LexicalModel],
) -> Vectors:
    records, explainer, model = scoring
    people = records.encode_texts(texts, TextRole.QUERY)
    overlap = (model.weigh(people.lexical) @ model.weigh(offer.lexical).T).toarray()[:, 0]
    return score_profiles(people, offer, overlap, explainer.likeness, explainer.ranker)
