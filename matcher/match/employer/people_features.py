"""What the re-ranker sees of an offer and many people: the same table as of many offers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.match.features import interact_pairs
from matcher.match.interaction import pairs_of
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
    pairs = pairs_of(np.arange(len(people)), np.zeros(len(people), np.int64))
    held = interact_pairs(people, offer, pairs, lexical, likeness)
    return PeopleInteraction(held.table, held.best.reshape(len(people), len(offer.phrases)))
