"""Why an offer is in the list: which of the person's words answer which of the offer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Missing, OfferPart, PersonPart, PhrasePair
from matcher.domain.parts import Importance
from matcher.encode.compiled import fixed
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.features import Feature, measure_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.reasons.clauses import Clauses, opening
from matcher.match.reasons.naming import Told, gaps_of, name_one
from matcher.match.reasons.spelling import spell

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
    return tuple(
        pair_of(
            (pairing.offer[one.offer], pairing.profile[one.profile]),
            (pairing.offer_vectors[one.offer], pairing.profile_vectors[one.profile]),
            (one.strength, one.asked + one.said),
            clauses,
        )
        for one in named(pairing)
    )


def named(pairing: Pairing) -> list[Named]:
    """Return which phrases `reasons` names, in its order."""
    people, offers = _told(pairing.profile), _told(pairing.offer)
    measure = measure_of(pairing.likeness)
    title, coverage, reach = worths_of(pairing.ranker, np.array([pairing.openness], np.float32))[
        :, 0
    ].tolist()
    phrases, amounts = name_one(
        (pairing.profile_vectors @ pairing.offer_vectors.T).astype(np.float32),
        (pairing.best, pairing.answer),
        (people, offers),
        fixed(pairing.offer_vectors),
        (measure, (title, coverage, reach)),
    )
    return [
        Named(*pair, *adds)
        for pair, adds in zip(phrases.T.tolist(), amounts.T.tolist(), strict=True)
    ]


def worths_of(ranker: Ranker, openness: Vectors) -> NDArray[np.float64]:
    """Return what title, coverage and taking up add to the score of offers where they are full.

    Being taken up counts twice in the score: by itself, and by how open the offer is.

    Parameters
    ----------
    ranker
        Weighs what the two sides have in common.
    openness
        float32, shape (offers,): how open each is to newcomers, 0 to 1.

    Returns
    -------
    ndarray of float64, shape (3, offers)
        A column is a `Worth`.
    """
    worths = np.empty((3, len(openness)))
    worths[0] = ranker.weight(Feature.TITLE)
    worths[1] = ranker.weight(Feature.COVERAGE)
    worths[2] = ranker.weight(Feature.TAKEN_UP)
    worths[2] += ranker.weight(Feature.WITHIN_REACH) * openness.astype(np.float64)
    return worths


def missing(offer: Sequence[Phrase], best: Vectors) -> tuple[Missing, ...]:
    """Return what the offer asks for and nothing answers, essential first."""
    roles = np.array([phrase.role for phrase in offer], np.uint8)
    return missing_of(offer, gaps_of(fixed(roles), fixed(best)).tolist())


def missing_of(offer: Sequence[Phrase], gaps: Sequence[int]) -> tuple[Missing, ...]:
    """Return some phrases of an offer as what is missing."""
    return tuple(Missing(opening(offer[gap].shown), _importance(offer[gap])) for gap in gaps)


def _told(phrases: Sequence[Phrase]) -> Told:
    roles = np.array([phrase.role for phrase in phrases], np.uint8)
    weights = np.array([phrase.weight for phrase in phrases], np.float32)
    return fixed(roles), fixed(weights), spell([phrase.text for phrase in phrases]), 0


def pair_of(
    phrases: tuple[Phrase, Phrase],
    vectors: tuple[Vectors, Vectors],
    amounts: tuple[float, float],
    clauses: Clauses,
) -> PhrasePair:
    """Return one named pair as it is told.

    Parameters
    ----------
    phrases, vectors
        Of the offer and of the profile; vectors are float32, shape (d,).
    amounts
        How well one answers the other, and what that adds to the score.
    clauses
        Picks the carrying part of long sentences.
    """
    asked, held = phrases
    strength, contribution = amounts
    return PhrasePair(
        clauses.carrying(asked.shown, TextRole.PASSAGE, vectors[1]),
        clauses.carrying(held.shown, TextRole.QUERY, vectors[0]),
        _importance(asked),
        strength,
        contribution,
        _PARTS[asked.role],
        PersonPart.WANTS if held.role is PhraseRole.WANTED else PersonPart.HAS,
    )


def _importance(phrase: Phrase) -> Importance:
    optional = phrase.role is PhraseRole.OPTIONAL
    return Importance.OPTIONAL if optional else Importance.ESSENTIAL
