"""The columns of one kind of record as plain files: numpy arrays and one FAISS index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.lexical import FEATURES, LexicalModel
from matcher.errors import SnapshotError
from matcher.index.faiss_index import FaissIndex
from matcher.index.letters import Letters

POOLED = "pooled.faiss"
ATTACHED = "attached"
IDF = "lexical_idf.npy"
#: The largest columns, which may be there before the others (`matcher.index.growing`).
PHRASES = "phrases.npy"
GRAM_COUNTS = "lexical_data.npy"
GRAMS = "lexical_indices.npy"
_LETTERS: Final = tuple(each.name for each in fields(Letters))


def write_columns(folder: Path, batch: EncodedBatch, lexical: LexicalModel) -> None:
    """Write a batch, and its n-grams in lists, into a folder of a snapshot that is being built.

    Columns that have been written there as records came are left as they are.
    """
    folder.mkdir(exist_ok=True)
    FaissIndex.of(batch.pooled).write(folder / POOLED)
    letters = Letters.of(batch.lexical, lexical.idf)
    arrays = {
        "ids": np.array(batch.ids, np.str_),
        "hashes": np.array(batch.hashes, np.str_),
        "phrases": batch.phrases,
        "phrase_offsets": batch.offsets,
        "roles": batch.roles,
        "weights": batch.weights,
        "lexical_data": batch.lexical.data,
        "lexical_indices": batch.lexical.indices,
        "lexical_indptr": batch.lexical.indptr,
        "group_ids": batch.groups.ids,
        "group_shares": batch.groups.shares,
        "openness": batch.openness,
        **{f"letters_{part}": getattr(letters, part) for part in _LETTERS},
    }
    for name, array in arrays.items():
        if not (path := folder / f"{name}.npy").exists():
            np.save(path, array, allow_pickle=False)


def read_columns(folder: Path) -> tuple[EncodedBatch, FaissIndex, Letters | None]:
    """Map the files of a folder, read-only.

    Returns
    -------
    batch, index, letters
        The batch's pooled vectors are the index's own memory; a snapshot of the format before
        has no lists of n-grams.

    Raises
    ------
    SnapshotError
        If a file is missing or is no array.
    """
    index = FaissIndex.read(folder / POOLED)
    ids = read_array(folder / "ids.npy").tolist()
    lexical = tuple(
        read_array(folder / f"lexical_{part}.npy") for part in ("data", "indices", "indptr")
    )
    batch = EncodedBatch(
        ids=tuple(ids),
        hashes=tuple(read_array(folder / "hashes.npy").tolist()),
        pooled=index.vectors,
        phrases=read_array(folder / "phrases.npy"),
        offsets=read_array(folder / "phrase_offsets.npy"),
        roles=read_array(folder / "roles.npy"),
        weights=read_array(folder / "weights.npy"),
        lexical=csr_matrix(lexical, shape=(len(ids), FEATURES), copy=False),
        groups=Groups(
            read_array(folder / "group_ids.npy"), read_array(folder / "group_shares.npy")
        ),
        openness=read_array(folder / "openness.npy"),
    )
    return batch, index, _read_letters(folder)


def _read_letters(folder: Path) -> Letters | None:
    paths = [folder / f"letters_{part}.npy" for part in _LETTERS]
    return Letters(*map(read_array, paths)) if paths[0].is_file() else None


def write_attached(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write what other rooms keep of the records of a folder."""
    if arrays:
        (folder / ATTACHED).mkdir()
    for name, array in arrays.items():
        np.save(folder / ATTACHED / f"{name}.npy", array, allow_pickle=False)


def read_attached(folder: Path) -> dict[str, NDArray[Any]]:
    """Map what other rooms keep of the records of a folder; nothing if they keep nothing.

    Raises
    ------
    SnapshotError
        If a file is no array.
    """
    return {path.stem: read_array(path) for path in sorted((folder / ATTACHED).glob("*.npy"))}


def read_array(path: Path) -> NDArray[Any]:
    """Map one array file, read-only.

    Raises
    ------
    SnapshotError
        If it is missing or is no array.
    """
    try:
        # A plain view: numpy's memmap class would spread to everything computed from it.
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError) as error:
        raise SnapshotError(
            f"{path} cannot be read as an array: {error}.",
            remedy="Go back with `matcher snapshots use NAME`, or run `matcher nightly`.",
            path=str(path),
        ) from error
