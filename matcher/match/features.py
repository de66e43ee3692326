"""What the re-ranker sees of a profile and its candidates: late interaction over phrases.

Both sides are asked: how much of what an offer asks for the person answers, and how much
of what the person says the offer takes up.

Only words, vectors and levels of competence enter; no constraint, place, age or any other
fact of the person does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import fixed
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.interaction import (
    Measure,
    Pairs,
    hold,
    hold_wholes,
    pairs_of,
    side_of,
    whole_of,
)
from matcher.match.likeness import SAME, Likeness

#: Phrases of a profile that say what the person can do, and how far each is believed.
CAN: Final = {
    PhraseRole.COMPETENCE: 1.0,
    PhraseRole.DONE: 1.0,
    PhraseRole.EDUCATION: 0.7,
    PhraseRole.SENTENCE: 0.7,
}
#: How much each phrase of a profile counts in what an offer takes up.
SAID: Final = {**CAN, PhraseRole.WANTED: 0.5}
#: Phrases of an offer that ask for something, and how much each counts.
ASKED: Final = {
    PhraseRole.ESSENTIAL: 1.0,
    PhraseRole.TASK: 0.8,
    PhraseRole.OPTIONAL: 0.5,
}


class Feature(IntEnum):
    """Columns of a feature table; all 0 to 1, more is better."""

    DENSE = 0
    LEXICAL = 1
    TITLE = 2
    COVERAGE = 3
    TAKEN_UP = 4
    OCCUPATION = 5
    WITHIN_REACH = 6


def _by_role(shares: dict[PhraseRole, float]) -> Vectors:
    """Return the share of every role, 0 where none is given: float32, shape (roles,)."""
    return fixed(np.array([shares.get(role, 0.0) for role in PhraseRole], np.float32))


_SHARES: Final[tuple[Vectors, Vectors, Vectors]] = (_by_role(CAN), _by_role(SAID), _by_role(ASKED))

#: No room for who answers what.
_NOT_KEPT: Final = np.zeros(0, np.float32), np.zeros(0, np.int64)


def measure_of(likeness: Likeness) -> Measure:
    """Return how compiled loops read the cosines of an encoder, as `Likeness.of_phrases` does."""
    span = SAME * (1 - likeness.noise)
    return (*_SHARES, np.float32(likeness.noise), np.float32(span))


@dataclass(frozen=True, slots=True)
class Interaction:
    """Profiles held against the phrases of candidates.

    Parameters
    ----------
    table
        float32, shape (candidates, features): columns as in `Feature`.
    best
        float32, shape (phrases,): for each phrase of the candidates, the likeness of the
        phrase of the profile that answers it best, times how far that one is believed.
    answer
        int64, shape (phrases,): which phrase of the profile that is.
    """

    table: Vectors
    best: Vectors
    answer: Rows


def interact(
    profile: EncodedBatch, offers: EncodedBatch, lexical: Vectors, likeness: Likeness
) -> Interaction:
    """Hold one profile against candidates.

    Parameters
    ----------
    profile
        A batch of one.
    offers
        The candidates, any number of them.
    lexical
        float32, shape (candidates,): cosine of the weighed n-grams.
    likeness
        Scale of the encoder.

    References
    ----------
    Khattab, O. & Zaharia, M. (2020). ColBERT: efficient and effective passage search via
    contextualized late interaction over BERT. SIGIR.
    """
    pairs = pairs_of(np.zeros(len(offers), np.int64), np.arange(len(offers)))
    return interact_pairs(profile, offers, pairs, lexical, likeness)


def interact_pairs(
    profiles: EncodedBatch, offers: EncodedBatch, pairs: Pairs, lexical: Vectors, likeness: Likeness
) -> Interaction:
    """Hold profiles against offers as `feature_table` does, and keep who answers what.

    Returns
    -------
    Interaction
        Over the phrases of the offers of all pairs, one pair after the other.
    """
    phrases = int(np.diff(offers.offsets)[pairs[1]].sum())
    best, answer = np.zeros(phrases, np.float32), np.zeros(phrases, np.int64)
    columns = _columns(profiles, offers, pairs, likeness, (best, answer))
    return Interaction(_table(columns, lexical, offers.openness[pairs[1]]), best, answer)


def feature_table(
    profiles: EncodedBatch, offers: EncodedBatch, pairs: Pairs, lexical: Vectors, likeness: Likeness
) -> Vectors:
    """Hold profiles against offers, pair by pair.

    Parameters
    ----------
    profiles, offers
        Any number of both.
    pairs
        Which profile with which offer; those of one profile are best neighbours.
    lexical
        float32, shape (pairs,): cosine of the weighed n-grams.
    likeness
        Scale of the encoder.

    Returns
    -------
    ndarray of float32, shape (pairs, features)
        Columns as in `Feature`; a row is the same whatever other pairs there are.
    """
    columns = _columns(profiles, offers, pairs, likeness, _NOT_KEPT)
    return _table(columns, lexical, offers.openness[pairs[1]])


def _columns(
    profiles: EncodedBatch,
    offers: EncodedBatch,
    pairs: Pairs,
    likeness: Likeness,
    kept: tuple[Vectors, Rows],
) -> Vectors:
    """Return dense, occupation, title, coverage and taken up: float32, shape (5, pairs)."""
    columns = np.zeros((5, len(pairs[0])), np.float32)
    hold_wholes(whole_of(profiles), whole_of(offers), pairs, columns[:2])
    hold(side_of(profiles), side_of(offers), pairs, measure_of(likeness), (columns[2:], *kept))
    columns[0] = likeness.of_records(columns[0])
    np.clip(columns[1], 0, 1, out=columns[1])
    return columns


def _table(columns: Vectors, lexical: Vectors, openness: Vectors) -> Vectors:
    dense, occupation, title, coverage, taken_up = columns
    by_feature = {
        Feature.DENSE: dense,
        Feature.LEXICAL: np.clip(lexical, 0, 1),
        Feature.TITLE: title,
        Feature.COVERAGE: coverage,
        Feature.TAKEN_UP: taken_up,
        Feature.OCCUPATION: occupation,
        Feature.WITHIN_REACH: taken_up * openness,
    }
    return np.stack([by_feature[feature] for feature in Feature], axis=1).astype(np.float32)
