"""What the re-ranker sees of an offer and many people: `matcher.match.features`, by columns.

Both ways have to give the same table: one person's list and one offer's people are two
readings of the same scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.match.features import ASKED, CAN, SAID, shares
from matcher.match.likeness import Likeness


@dataclass(frozen=True, slots=True)
class PeopleInteraction:
    """Many profiles held against the phrases of one offer.

    Parameters
    ----------
    table
        float32, shape (people, features): columns as in `matcher.match.features.Feature`.
    best
        float32, shape (people, phrases): how well each phrase of the offer is answered,
        times how far the answer is believed.
    """

    table: Vectors
    best: Vectors


def interact_people(
    people: EncodedBatch, offer: EncodedBatch, lexical: Vectors, likeness: Likeness
) -> PeopleInteraction:
    """Hold many profiles against one offer.

    Parameters
    ----------
    people
        Any number of profiles.
    offer
        A batch of one.
    lexical
        float32, shape (people,): cosine of the weighed n-grams.
    likeness
        Scale of the encoder.
    """
    alike = likeness.of_phrases(people.phrases @ offer.phrases.T)
    best = _best(alike, people)
    taken_up = _taken_up(alike, people)
    table = np.stack(
        [
            likeness.of_records(people.pooled @ offer.pooled[0]),
            np.clip(lexical, 0, 1),
            best[:, offer.roles == PhraseRole.TITLE].max(axis=1, initial=0),
            _coverage(best, offer),
            taken_up,
            people.groups.likeness(offer.groups),
            taken_up * offer.openness,
        ],
        axis=1,
    ).astype(np.float32)
    return PeopleInteraction(table, best)


def _best(alike: Vectors, people: EncodedBatch) -> Vectors:
    """Return the best answer of each person to each phrase; 0 for who says nothing."""
    best = np.zeros((len(people), alike.shape[1]), np.float32)
    telling = np.flatnonzero(np.diff(people.offsets))
    if alike.size:
        believed = people.weights * shares(people.roles, CAN)
        answers = alike * believed[:, None]
        best[telling] = np.maximum.reduceat(answers, people.offsets[telling], axis=0)
    return best


def _coverage(best: Vectors, offer: EncodedBatch) -> Vectors:
    weight = offer.weights * shares(offer.roles, ASKED)
    covered: Vectors = best @ (weight / max(float(weight.sum()), 1e-12)).astype(np.float32)
    return covered


def _taken_up(alike: Vectors, people: EncodedBatch) -> Vectors:
    """Return the weighted mean, over each person's phrases, of the best one of the offer."""
    weight = people.weights * shares(people.roles, SAID)
    taken = weight * alike.max(axis=1, initial=0)
    person = np.repeat(np.arange(len(people)), np.diff(people.offsets))
    total = np.bincount(person, weight, len(people))
    share = np.bincount(person, taken, len(people)) / np.maximum(total, 1e-12)
    return share.astype(np.float32)
