"""An encoder that remembers: a text is encoded once per encoder revision.

The cache of a revision is one array file whose name is its own hash. It is replaced in
one step, and a file that does not match its name is ignored and replaced at the next
save: at worst, texts are encoded again. Texts are never kept, only their hashes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.encode.groups import GroupHead
from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.errors import StoreError

_KEY = "S32"
Keys = NDArray[np.bytes_]


class CachedEncoder:
    """An `Encoder` around another one, with its vectors kept in a folder.

    Nothing is written before `save`. It is not meant to be shared by threads.

    Parameters
    ----------
    encoder
        Encodes what is not known yet.
    folder
        Where caches are kept; each revision has a folder of its own in it.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._folder = folder / encoder.revision
        table = _read(self._folder, encoder.dimension)
        self._keys: Keys = table["key"]
        self._vectors: Vectors = table["vector"]
        self._used = np.zeros(len(table), np.bool_)
        self._fresh: dict[bytes, Vectors] = {}
        self._dirty = False

    @property
    def revision(self) -> str:
        """Fingerprint of the model."""
        return self._encoder.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._encoder.dimension

    @property
    def occupations(self) -> GroupHead | None:
        """Head of the model, if it brings one."""
        return self._encoder.occupations

    @property
    def new_texts(self) -> int:
        """How many texts were not known and had to be encoded."""
        return len(self._fresh)

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        """Encode a batch, asking the encoder only for texts that are new; see `Encoder`."""
        keys = [_key(text, role) for text in texts]
        rows, known = self._find(keys)
        missing = {
            key: text
            for key, text, found in zip(keys, texts, known.tolist(), strict=True)
            if not found and key not in self._fresh
        }
        if missing:
            vectors = self._encoder.encode(list(missing.values()), role)
            self._fresh.update(zip(missing, vectors, strict=True))
            self._dirty = True
        self._used[rows[known]] = True
        answer = np.empty((len(texts), self.dimension), np.float32)
        answer[known] = self._vectors[rows[known]]
        for place in np.flatnonzero(~known).tolist():
            answer[place] = self._fresh[keys[place]]
        return answer

    def prune_unused(self) -> None:
        """Forget what nobody asked for since this encoder was made.

        After a whole night this drops the words of people and offers that are gone.
        """
        if not self._used.all():
            self._keys, self._vectors = self._keys[self._used], self._vectors[self._used]
            self._used = np.ones(len(self._keys), np.bool_)
            self._dirty = True

    def drop_other_revisions(self) -> None:
        """Remove the caches of other encoders, which nobody prunes any more."""
        for folder in self._folder.parent.glob("*"):
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)

    def save(self) -> None:
        """Write the cache in one step, if anything changed.

        Raises
        ------
        StoreError
            If the folder cannot be written.
        """
        if not self._dirty:
            return
        known = len(self._keys)
        table = np.empty(known + len(self._fresh), _table_type(self.dimension))
        table["key"][:known], table["vector"][:known] = self._keys, self._vectors
        for row, (key, vector) in enumerate(self._fresh.items(), known):
            table[row] = key, vector
        try:
            _write(self._folder, table[np.argsort(table["key"])])
        except OSError as error:
            raise StoreError(
                f"The vector cache {self._folder} cannot be written: {error.strerror}.",
                remedy="Check the rights of the folder and the free space of its disk.",
            ) from error
        self._dirty = False

    def _find(self, keys: Sequence[bytes]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return for each key its row, and whether it has one."""
        wanted = np.array(keys, _KEY)
        if not len(self._keys):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
        rows = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return rows, self._keys[rows] == wanted


def _key(text: str, role: TextRole) -> bytes:
    return hashlib.sha256(f"{role}\0{text}".encode()).digest()


def _table_type(dimension: int) -> np.dtype[np.void]:
    return np.dtype([("key", _KEY), ("vector", "<f4", (dimension,))])


def _read(folder: Path, dimension: int) -> NDArray[np.void]:
    """Map the first file that is what its name says, else begin anew."""
    for path in sorted(folder.glob("*.npy")):
        if _file_hash(path) == path.stem:
            table: NDArray[np.void] = np.load(path, mmap_mode="r", allow_pickle=False)
            if table.dtype == _table_type(dimension):
                return table
    return np.empty(0, _table_type(dimension))


def _write(folder: Path, table: NDArray[np.void]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    temporary = folder / f"{os.getpid()}.part"
    with temporary.open("wb") as file:
        np.save(file, table, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    target = folder / f"{_file_hash(temporary)}.npy"
    temporary.replace(target)
    for path in before - {target}:
        path.unlink(missing_ok=True)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
