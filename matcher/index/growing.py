"""Encoded records of one kind that are gathered part by part, the largest columns on the disk.

The phrases and n-grams of a country's clients and offers take eight gigabytes: they go to the files
of the snapshot that is being built as they come, and are never all of them in memory.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import FEATURES
from matcher.index.columns import GRAM_COUNTS, GRAMS, PHRASES, read_array
from matcher.index.folders import writing

#: So many n-grams at most have ends of 32 bits.
_NARROW: Final = np.iinfo(np.int32).max


class GrowingBatch:
    """Gathers encoded records of one kind.

    Parameters
    ----------
    folder
        Of their kind in a snapshot that is being built; made here.
    dimension
        Of their vectors.

    Raises
    ------
    SnapshotError
        If the folder cannot be written, here and whenever records are added.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        with writing(folder):
            folder.mkdir()
            self._phrases = _GrowingArray(folder / PHRASES, np.float32, (dimension,))
            self._counts = _GrowingArray(folder / GRAM_COUNTS, np.float32)
            self._grams = _GrowingArray(folder / GRAMS, np.int32)
        self._folder = folder
        self._none = EncodedBatch.empty(dimension)
        #: Without their phrases and n-grams.
        self._parts = [self._none]
        self._phrase_ends = [np.zeros(1, np.int64)]
        self._gram_ends = [np.zeros(1, np.int64)]

    def __len__(self) -> int:
        """Return how many records there are."""
        return sum(len(part) for part in self._parts)

    def add(self, batch: EncodedBatch) -> None:
        """Add the next records."""
        self._phrase_ends.append(self._phrases.length + batch.offsets[1:])
        self._gram_ends.append(self._grams.length + batch.lexical.indptr[1:].astype(np.int64))
        with writing(self._folder):
            self._phrases.append(batch.phrases)
            self._counts.append(batch.lexical.data)
            self._grams.append(batch.lexical.indices)
        self._parts.append(replace(batch, phrases=self._none.phrases, lexical=self._none.lexical))

    def whole(self) -> EncodedBatch:
        """Return all records, phrases and n-grams mapped from their files; add none after it."""
        with writing(self._folder):
            for column in (self._phrases, self._counts, self._grams):
                column.close()
        ends = np.concatenate(self._gram_ends)
        # As narrow as the library keeps them: it would copy n-grams whose ends are wider.
        small = ends[-1] <= _NARROW
        grams = (self._counts.read(), self._grams.read(), ends.astype(np.int32) if small else ends)
        return replace(
            EncodedBatch.concatenate(self._parts),
            phrases=self._phrases.read(),
            offsets=np.concatenate(self._phrase_ends),
            lexical=csr_matrix(grams, shape=(len(self), FEATURES), copy=False),
        )


class _GrowingArray:
    """An array file that rows are appended to; its head, of a fixed length, is written again."""

    def __init__(self, path: Path, dtype: DTypeLike, row: tuple[int, ...] = ()) -> None:
        self.length = 0
        self._path = path
        self._dtype = np.dtype(dtype)
        self._row = row
        with path.open("xb") as file:
            self._write_head(file)

    def append(self, rows: NDArray[Any]) -> None:
        with self._path.open("ab") as file:
            file.write(np.ascontiguousarray(rows, self._dtype).data)
        self.length += len(rows)

    def close(self) -> None:
        with self._path.open("r+b") as file:
            self._write_head(file)

    def read(self) -> NDArray[Any]:
        return read_array(self._path)

    def _write_head(self, file: BinaryIO) -> None:
        shape = (self.length, *self._row)
        descr = npy.dtype_to_descr(self._dtype)
        npy.write_array_header_1_0(file, {"descr": descr, "fortran_order": False, "shape": shape})
