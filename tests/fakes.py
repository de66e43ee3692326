"""Stand-ins for what is slow or large: deterministic, and small enough to read."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from matcher.encode.groups import GroupHead
from matcher.encode.protocol import TextRole, Vectors
from matcher.errors import InputError

_BUCKETS = 4_096


class FakeEncoder:
    """Sums random vectors of a text's character trigrams, so that like texts get like vectors.

    Parameters
    ----------
    dimension
        Length of a vector.
    seed
        Another seed is another model: other vectors, other revision.
    occupations
        Its head, if it is to have one.

    Attributes
    ----------
    asked
        Every text that was encoded so far, in order.
    """

    def __init__(
        self, dimension: int = 32, seed: int = 0, occupations: GroupHead | None = None
    ) -> None:
        self._table = np.random.default_rng(seed).standard_normal((_BUCKETS, dimension))
        self._seed = seed
        self._occupations = occupations
        self.asked: list[str] = []

    @property
    def revision(self) -> str:
        return f"fake-{self.dimension}-{self._seed}"

    @property
    def dimension(self) -> int:
        return int(self._table.shape[1])

    @property
    def occupations(self) -> GroupHead | None:
        return self._occupations

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        for text in texts:
            if not text.strip():
                raise InputError(f"{text!r} is empty.")
        self.asked += texts
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        sums = np.stack([self._table[_trigrams(text)].sum(axis=0) for text in texts])
        unit: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
        return unit


def _trigrams(text: str) -> list[int]:
    padded = f" {' '.join(text.casefold().split())} "
    return [crc32(padded[i : i + 3].encode()) % _BUCKETS for i in range(len(padded) - 2)]
