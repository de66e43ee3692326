"""Encoded records made by hand, with phrases along axes, so that every cosine is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.lexical import count_rows
from matcher.encode.protocol import Vectors
from matcher.encode.text import Phrase, PhraseRole
from matcher.match.likeness import Likeness

DIMENSION = 4
#: Strangers have a cosine of 0, so that phrases of a cosine of .6 or more are fully alike.
SCALE = Likeness(noise=0.0)


def axis(number: int) -> Vectors:
    """A unit vector along one axis; different axes are strangers."""
    vector: Vectors = np.eye(DIMENSION, dtype=np.float32)[number]
    return vector


def leaning(first: int, second: int, cosine: float) -> Vectors:
    """A unit vector with this cosine to the first axis, the rest along the second."""
    vector: Vectors = cosine * axis(first) + np.sqrt(1 - cosine**2) * axis(second)
    return vector.astype(np.float32)


@dataclass(frozen=True)
class Said:
    """One phrase: its role, its vector and how much it counts."""

    role: PhraseRole
    vector: Vectors
    weight: float = 1.0


def batch(
    *records: Sequence[Said],
    pooled: Sequence[Vectors] | None = None,
    groups: Groups | None = None,
    openness: Sequence[float] | None = None,
) -> EncodedBatch:
    """Encoded records with the given phrases; without `pooled` they point along axis 0."""
    phrases = [said for record in records for said in record]
    vectors = [said.vector for said in phrases]
    return EncodedBatch(
        ids=tuple(f"r{row}" for row in range(len(records))),
        hashes=tuple(f"h{row}" for row in range(len(records))),
        pooled=np.array(pooled or [axis(0)] * len(records), np.float32).reshape(-1, DIMENSION),
        phrases=np.array(vectors, np.float32).reshape(-1, DIMENSION),
        offsets=np.cumsum([0, *map(len, records)]).astype(np.int64),
        roles=np.array([said.role for said in phrases], np.uint8),
        weights=np.array([said.weight for said in phrases], np.float32),
        lexical=count_rows([""] * len(records)),
        groups=groups or Groups.unknown(len(records)),
        openness=np.array(openness or [1.0] * len(records), np.float32),
    )


def words(role: PhraseRole, text: str, weight: float = 1.0) -> Phrase:
    """A phrase that is shown as it is encoded."""
    return Phrase(text, text, role, weight)
