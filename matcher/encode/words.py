"""The words of many records, as columns: all of them that has to be known to encode them.

To find and count words takes most of the time of encoding with a small model, and needs no
model: it can be done elsewhere, and columns are sent to another process at little cost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import Rows
from matcher.encode.lexical import count_rows
from matcher.encode.text import RecordText


@dataclass(frozen=True, slots=True)
class RecordWords:
    """The words of any number of records of one kind; row i of every column is record i.

    Parameters
    ----------
    ids, hashes, offsets, roles, weights, lexical, openness
        As in `matcher.encode.batch.EncodedBatch`.
    phrases
        The text of every phrase, record after record, p of them.
    """

    ids: tuple[str, ...]
    hashes: tuple[str, ...]
    phrases: tuple[str, ...]
    offsets: Rows
    roles: NDArray[np.uint8]
    weights: NDArray[np.float32]
    lexical: csr_matrix
    openness: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, texts: Sequence[RecordText]) -> RecordWords:
        """Return the words of records as columns, their n-grams counted."""
        phrases = [phrase for text in texts for phrase in text.phrases]
        return cls(
            ids=tuple(text.id for text in texts),
            hashes=tuple(text_digest(text) for text in texts),
            phrases=tuple(phrase.text for phrase in phrases),
            offsets=np.cumsum([0, *(len(text.phrases) for text in texts)]).astype(np.int64),
            roles=np.array([phrase.role for phrase in phrases], np.uint8),
            weights=np.array([phrase.weight for phrase in phrases], np.float32),
            lexical=count_rows([text.full for text in texts]),
            openness=np.array([text.openness for text in texts], np.float32),
        )


def text_digest(text: RecordText) -> str:
    """Return a short fingerprint of all that is encoded of a record."""
    lines = [f"{phrase.role}\t{phrase.weight:.4f}\t{phrase.text}" for phrase in text.phrases]
    lines.append(f"{text.openness:.4f}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
