"""Why an offer is in the list: which of the person's words answer which of the offer's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Missing, OfferPart, PersonPart, PhrasePair
from matcher.domain.parts import Importance
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.features import ASKED, CAN, SAID, Feature
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.reasons.clauses import Clauses, opening

#: From this likeness on a phrase counts as answered.
ANSWERED_FROM: Final = 0.35
#: Pairs less alike than this are named only where there is no better one.
TELLING_FROM: Final = 0.5
#: Phrases that answer a requirement nearly as well as the best one, which is by chance the
#: best where several are fully alike: the one that shares most words with it is named.
NEARLY: Final = 0.1
#: Cosine from which two phrases of one offer ask for the same in other words.
SAME_AGAIN: Final = 0.6
MAX_REASONS: Final = 6
MAX_MISSING: Final = 6
#: A phrase of the person is named for at most so many requirements.
MOST_NAMED: Final = 2

_PARTS: Final[dict[PhraseRole, OfferPart]] = {
    PhraseRole.TITLE: OfferPart.TITLE,
    PhraseRole.ESSENTIAL: OfferPart.REQUIREMENT,
    PhraseRole.OPTIONAL: OfferPart.REQUIREMENT,
    PhraseRole.TASK: OfferPart.TASK,
}


@dataclass(frozen=True, slots=True)
class Pairing:
    """The phrases of one profile and one offer, held against each other.

    Parameters
    ----------
    offer, profile
        The phrases of both sides.
    offer_vectors, profile_vectors
        float32, shape (phrases, d): their unit vectors.
    best
        float32, shape (phrases of the offer,): how well each is answered.
    answer
        int64, shape (phrases of the offer,): by which phrase of the profile
        (`matcher.match.features.Interaction`).
    likeness
        Scale of the encoder.
    ranker
        Weighs what the two sides have in common.
    openness
        How open the offer is to newcomers, 0 to 1.
    """

    offer: Sequence[Phrase]
    profile: Sequence[Phrase]
    offer_vectors: Vectors
    profile_vectors: Vectors
    best: Vectors
    answer: NDArray[np.int64]
    likeness: Likeness
    ranker: Ranker
    openness: float


@dataclass(frozen=True, slots=True)
class Named:
    """A pair of phrases that is told.

    Parameters
    ----------
    offer, profile
        Rows of the phrases.
    strength
        How well one answers the other, 0 to 1.
    asked, said
        What the pair adds to the score because the offer asks for it, and because the
        person said it.
    """

    offer: int
    profile: int
    strength: float
    asked: float
    said: float


def reasons(pairing: Pairing, clauses: Clauses) -> tuple[PhrasePair, ...]:
    """Return the phrase pairs that carry a match, strongest first.

    Each tells another thing: of phrases of the offer that ask for the same one is named, of
    its titles the one that counts; weak pairs only where there is nothing better.

    Parameters
    ----------
    pairing
        The two sides.
    clauses
        Picks the carrying part of long sentences.
    """
    return tuple(_pair(pairing, one, clauses) for one in named(pairing))


def named(pairing: Pairing) -> list[Named]:
    """Return which phrases `reasons` names, in its order."""
    ordered = sorted((*_answered(pairing), *_wished(pairing)), key=_strongest_first)
    telling = [one for one in ordered if one.strength >= TELLING_FROM]
    told: list[Named] = []
    for one in telling or ordered[:1]:
        if len(told) < MAX_REASONS and not _told(pairing, told, one):
            # What a person said counts once, however often it is named.
            again = any(other.profile == one.profile for other in told)
            told.append(replace(one, said=0.0) if again else one)
    return sorted(told, key=_strongest_first)


def missing(offer: Sequence[Phrase], best: Vectors) -> tuple[Missing, ...]:
    """Return what the offer asks for and nothing answers, essential first."""
    asked = (PhraseRole.ESSENTIAL, PhraseRole.OPTIONAL)
    open_ = [
        Missing(opening(phrase.shown), _importance(phrase))
        for phrase, alike in zip(offer, best, strict=True)
        if phrase.role in asked and alike < ANSWERED_FROM
    ]
    return tuple(sorted(open_, key=lambda gap: gap.importance is Importance.OPTIONAL)[:MAX_MISSING])


def _strongest_first(one: Named) -> tuple[float, float, int]:
    return -one.asked - one.said, -one.strength, one.offer


def _answered(pairing: Pairing) -> Iterator[Named]:
    """Yield the phrases of the offer that are answered, each with its answer."""
    offer, best, ranker = pairing.offer, pairing.best, pairing.ranker
    total = sum(ASKED[phrase.role] * phrase.weight for phrase in offer if phrase.role in ASKED)
    title = _strongest_title(offer, best)
    for row, (phrase, alike) in enumerate(zip(offer, best.tolist(), strict=True)):
        if alike < ANSWERED_FROM:
            continue
        if phrase.role in ASKED:
            share = ranker.weight(Feature.COVERAGE) * ASKED[phrase.role] * phrase.weight / total
        elif row == title:
            share = ranker.weight(Feature.TITLE)
        else:
            continue
        by = _answer(pairing, row)
        yield Named(row, by, alike, share * alike, _said(pairing, row, by))


def _wished(pairing: Pairing) -> Iterator[Named]:
    """Yield the title that is most like an occupation that the person wants, if one is."""
    titles = [i for i, phrase in enumerate(pairing.offer) if phrase.role is PhraseRole.TITLE]
    wanted = [i for i, phrase in enumerate(pairing.profile) if phrase.role is PhraseRole.WANTED]
    if not titles or not wanted:
        return
    alike = _alike(pairing, wanted, titles)
    by, title = np.unravel_index(int(alike.argmax()), alike.shape)
    row, person = titles[int(title)], wanted[int(by)]
    if alike[by, title] >= TELLING_FROM:
        yield Named(row, person, float(alike.max()), 0.0, _said(pairing, row, person))


def _said(pairing: Pairing, row: int, by: int) -> float:
    """Return what a phrase of the person adds because the offer takes it up.

    Being taken up counts twice in the score: by itself, and by how open the offer is.
    """
    total = sum(SAID.get(phrase.role, 0.0) * phrase.weight for phrase in pairing.profile)
    phrase = pairing.profile[by]
    reach = pairing.ranker.weight(Feature.WITHIN_REACH) * pairing.openness
    worth = pairing.ranker.weight(Feature.TAKEN_UP) + reach
    share = worth * SAID[phrase.role] * phrase.weight / total
    return share * float(_alike(pairing, [by], [row])[0, 0])


def _alike(pairing: Pairing, people: Sequence[int], offers: Sequence[int]) -> Vectors:
    """Return how alike phrases of the profile and of the offer are, each with each."""
    rows, columns = pairing.profile_vectors[list(people)], pairing.offer_vectors[list(offers)]
    return pairing.likeness.of_phrases(rows @ columns.T)


def _strongest_title(offer: Sequence[Phrase], best: Vectors) -> int | None:
    """Return which title counts: of several alike the first, since the score counts one."""
    titles = [i for i, phrase in enumerate(offer) if phrase.role is PhraseRole.TITLE]
    return max(titles, key=lambda i: float(best[i]), default=None)


def _answer(pairing: Pairing, row: int) -> int:
    """Return the phrase of the profile that is named as the answer to one of the offer.

    Of those that answer it nearly as well as the best, and are believed as much for what they
    are, that is the one which shares most of its letters.
    """
    cosines = pairing.profile_vectors @ pairing.offer_vectors[row]
    alike = pairing.likeness.of_phrases(cosines)
    first = int(pairing.answer[row])
    asked, least = pairing.offer[row].text, CAN[pairing.profile[first].role]
    near = [
        i
        for i, phrase in enumerate(pairing.profile)
        if alike[i] >= alike[first] - NEARLY and CAN.get(phrase.role, 0.0) >= least
    ]
    return max(near, key=lambda i: _shared(asked, pairing.profile[i].text) + float(cosines[i]))


def _shared(asked: str, held: str) -> float:
    """Return the share of the letter triples of one text that the other has, too."""
    triples = _triples(asked)
    return len(triples & _triples(held)) / len(triples)


def _triples(text: str) -> set[str]:
    padded = f" {text.casefold()} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _told(pairing: Pairing, told: Sequence[Named], one: Named) -> bool:
    """Tell whether a pair says nothing that the pairs told before it do not say."""
    same = [other for other in told if other.profile == one.profile]
    vectors = pairing.offer_vectors
    return len(same) == MOST_NAMED or any(
        float(vectors[one.offer] @ vectors[other.offer]) >= SAME_AGAIN for other in same
    )


def _pair(pairing: Pairing, one: Named, clauses: Clauses) -> PhrasePair:
    asked, held = pairing.offer[one.offer], pairing.profile[one.profile]
    return PhrasePair(
        clauses.carrying(asked.shown, TextRole.PASSAGE, pairing.profile_vectors[one.profile]),
        clauses.carrying(held.shown, TextRole.QUERY, pairing.offer_vectors[one.offer]),
        _importance(asked),
        one.strength,
        one.asked + one.said,
        _PARTS[asked.role],
        PersonPart.WANTS if held.role is PhraseRole.WANTED else PersonPart.HAS,
    )


def _importance(phrase: Phrase) -> Importance:
    optional = phrase.role is PhraseRole.OPTIONAL
    return Importance.OPTIONAL if optional else Importance.ESSENTIAL
