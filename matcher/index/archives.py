"""Taking people who were erased out of the snapshots that still hold their vectors.

A snapshot is never changed in place: it is written anew without them beside the old one, and
the two change names in one step. It keeps its name, since lists are found by it. Files of
which nothing changes are shared between the two, so that only what is about people is written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.encode.lexical import LexicalModel
from matcher.index.columns import (
    IDF,
    read_array,
    read_attached,
    read_columns,
    write_attached,
    write_columns,
)
from matcher.index.folders import HIDDEN, exchange, flush, flush_folder, hidden_folder, writing
from matcher.index.manifest import MANIFEST, Manifest, hashes
from matcher.index.publication import list_snapshots

_PEOPLE = RecordKind.PROFILE.plural


@dataclass(frozen=True, slots=True)
class ClearedArchives:
    """What became of the snapshots in which erased people were, by name.

    Parameters
    ----------
    rewritten
        Written anew without them.
    removed
        Cannot be read, so that nobody knows who is in them.
    """

    rewritten: tuple[str, ...]
    removed: tuple[str, ...]


def clear_archives(root: Path, erased: Mapping[str, int]) -> ClearedArchives:
    """Take people out of every snapshot that was built before they were erased.

    Readers see whole snapshots only. Doing it again after having been killed comes to the
    same. Only the holder of the night's lock may call this.

    Parameters
    ----------
    root
        Folder of the snapshots.
    erased
        Ids of profiles, each with the store's revision at which it was erased. Who came
        back later is left in the snapshots of that time.

    Returns
    -------
    ClearedArchives
    """
    rewritten, removed = [], []
    for info in list_snapshots(root) if erased else ():
        folder = root / info.name
        if info.manifest is None:
            # The published one is kept, though damaged: the next night supersedes it.
            if not info.is_current:
                _discard(folder)
                removed.append(info.name)
        elif gone := _present(folder, info.manifest, erased):
            _rewrite(root, info.name, info.manifest, gone)
            rewritten.append(info.name)
    return ClearedArchives(tuple(rewritten), tuple(removed))


def _present(folder: Path, manifest: Manifest, erased: Mapping[str, int]) -> set[str]:
    ids = read_array(folder / _PEOPLE / "ids.npy")
    later = [id for id, revision in erased.items() if revision > manifest.store_revision]
    return set(ids[np.isin(ids, later)].tolist()) if later else set()


def _rewrite(root: Path, name: str, manifest: Manifest, gone: set[str]) -> None:
    old = root / name
    with writing(root), hidden_folder(root) as folder:
        shutil.copytree(
            old,
            folder,
            ignore=shutil.ignore_patterns(_PEOPLE, MANIFEST),
            copy_function=_share,
            dirs_exist_ok=True,
        )
        columns = read_columns(old / _PEOPLE)  # the index is the memory of the batch's vectors
        batch = columns[0]
        kept = np.flatnonzero([id not in gone for id in batch.ids])
        write_columns(folder / _PEOPLE, batch.take(kept), LexicalModel(read_array(old / IDF)))
        attached = read_attached(old / _PEOPLE)
        write_attached(folder / _PEOPLE, {name: rows[kept] for name, rows in attached.items()})
        shared = {k: v for k, v in manifest.files.items() if not k.startswith(f"{_PEOPLE}/")}
        fresh = {f"{_PEOPLE}/{file}": found for file, found in hashes(folder / _PEOPLE).items()}
        sizes = {**manifest.sizes, RecordKind.PROFILE: len(kept)}
        anew = manifest.rewritten(sizes, {**shared, **fresh})
        (folder / MANIFEST).write_bytes(anew.to_json())
        flush_folder(folder)
        exchange(old, folder)
        flush(root)


def _share(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)


def _discard(folder: Path) -> None:
    with writing(folder.parent):
        # Renamed first, so that a reader never meets half a snapshot.
        shutil.rmtree(folder.rename(folder.with_name(f"{HIDDEN}{folder.name}")))
