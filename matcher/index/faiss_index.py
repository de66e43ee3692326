"""The FAISS index: flat inner product, written to and mapped from one file."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from matcher.encode.protocol import Vectors
from matcher.errors import SnapshotError
from matcher.index.ordering import MARGIN, settle
from matcher.index.protocol import Hits, check_search

_SLACK = 32


class FaissIndex:
    """Searches with FAISS, and orders what it returns as the exact index does.

    Parameters
    ----------
    index
        A flat inner product index; `FaissIndex.of` builds one, `FaissIndex.read` maps one.
    """

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        self._index = index
        # A view of FAISS's own memory, which lives as long as the index does.
        flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
        self._vectors: Vectors = flat.reshape(index.ntotal, index.d)
        self._vectors.flags.writeable = False

    @classmethod
    def of(cls, vectors: Vectors) -> FaissIndex:
        """Build an index over a copy of the vectors: float32, shape (n, d), unit rows."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> FaissIndex:
        """Map an index file read-only.

        Raises
        ------
        SnapshotError
            If the file is missing or holds no flat inner product index.
        """
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise SnapshotError(
                f"{path} cannot be read as a FAISS index.",
                remedy="Go back with `matcher snapshots use NAME`, or run `matcher nightly`.",
                path=str(path),
            ) from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise SnapshotError(
                f"{path} holds a {type(index).__name__}, not a flat inner product index.",
                remedy="Run `matcher nightly` to build a snapshot with this version.",
                path=str(path),
                expected="IndexFlatIP",
                found=type(index).__name__,
            )
        return cls(index)

    def write(self, path: Path) -> None:
        """Write the index to a file.

        Raises
        ------
        OSError
            If the system refuses.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(None, str(error), str(path)) from error

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    @property
    def vectors(self) -> Vectors:
        """float32, shape (size, dimension), read-only: what it searches."""
        return self._vectors

    def search(self, queries: Vectors, k: int) -> Hits:
        """Find the best rows for a batch of queries; see `Index.search`."""
        check_search(queries, k, self.dimension)
        k = min(k, self.size)
        if not k or not len(queries):
            return Hits.empty(len(queries), k)
        return self._search(np.ascontiguousarray(queries, np.float32), k, k + _SLACK)

    def _search(self, queries: Vectors, k: int, wanted: int) -> Hits:
        wanted = min(wanted, self.size)
        scores, candidates = self._index.search(queries, wanted)
        hits = settle(self._vectors, queries, candidates, k)
        if wanted == self.size:
            return hits
        # Where the last candidate is as good as the cut, others like it may be left out.
        open_ended = scores[:, -1] >= scores[:, k - 1] - MARGIN
        if open_ended.any():
            wider = self._search(queries[open_ended], k, 4 * wanted)
            hits.rows[open_ended], hits.scores[open_ended] = wider.rows, wider.scores
        return hits
