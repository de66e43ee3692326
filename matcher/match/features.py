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
from numpy.typing import NDArray

from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.likeness import Likeness

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


@dataclass(frozen=True, slots=True)
class Interaction:
    """One profile held against the phrases of its candidates.

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
    answer: NDArray[np.int64]


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
    alike = likeness.of_phrases(profile.phrases @ offers.phrases.T)
    believed = profile.weights * shares(profile.roles, CAN)
    if alike.size == 0:
        best = np.zeros(len(offers.phrases), np.float32)
        answer = np.zeros(len(offers.phrases), np.int64)
    else:
        answers = alike * believed[:, None]
        answer = answers.argmax(axis=0)
        best = answers[answer, np.arange(alike.shape[1])]
    taken_up = _taken_up(alike, profile, offers)
    table = np.stack(
        [
            likeness.of_records(offers.pooled @ profile.pooled[0]),
            np.clip(lexical, 0, 1),
            _strongest(best, offers, PhraseRole.TITLE),
            _coverage(best, offers),
            taken_up,
            offers.groups.likeness(profile.groups),
            taken_up * offers.openness,
        ],
        axis=1,
    ).astype(np.float32)
    return Interaction(table, best, answer)


def shares(roles: NDArray[np.uint8], by_role: dict[PhraseRole, float]) -> Vectors:
    """Return the share of each phrase by its role: float32, as long as the roles."""
    table = np.array([by_role.get(role, 0.0) for role in PhraseRole], np.float32)
    return table[roles]


def _record_of(offers: EncodedBatch) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(offers)), np.diff(offers.offsets))


def _strongest(best: Vectors, offers: EncodedBatch, role: PhraseRole) -> Vectors:
    strongest = np.zeros(len(offers), np.float32)
    mask = offers.roles == role
    np.maximum.at(strongest, _record_of(offers)[mask], best[mask])
    return strongest


def _coverage(best: Vectors, offers: EncodedBatch) -> Vectors:
    """Return the weighted mean over the asked phrases; 0 where nothing is asked."""
    weight = offers.weights * shares(offers.roles, ASKED)
    record = _record_of(offers)
    total = np.bincount(record, weight, len(offers))
    covered = np.bincount(record, weight * best, len(offers))
    return np.divide(covered, total, out=np.zeros(len(offers)), where=total > 0).astype(np.float32)


def _taken_up(alike: Vectors, profile: EncodedBatch, offers: EncodedBatch) -> Vectors:
    """Return the weighted mean, over the person's phrases, of the best one in each offer."""
    weight = profile.weights * shares(profile.roles, SAID)
    taken = np.zeros(len(offers), np.float32)
    told = np.diff(offers.offsets) > 0
    if weight.any() and told.any():
        best = np.maximum.reduceat(alike, offers.offsets[:-1][told], axis=1)
        taken[told] = weight @ best / weight.sum()
    return taken
