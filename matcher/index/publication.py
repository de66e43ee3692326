"""Which snapshot is served: publish one, go back to another, remove the old ones."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.errors import SnapshotError
from matcher.index.folders import HIDDEN, flush, snapshot_folder, snapshot_names, writing
from matcher.index.manifest import Manifest, read_manifest, verify_files

CURRENT = "current"


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One line of a listing; `manifest` is None if it cannot be read."""

    name: str
    is_current: bool
    manifest: Manifest | None


def publish(root: Path, name: str) -> None:
    """Make a snapshot the one that is served, in one step.

    Raises
    ------
    NotFoundError
        If there is no such snapshot.
    SnapshotError
        If the folder cannot be written.
    """
    snapshot_folder(root, name)
    temporary = root / f"{HIDDEN}{CURRENT}-{os.getpid()}"
    with writing(root):
        temporary.write_text(f"{name}\n", "utf-8")
        flush(temporary)
        temporary.replace(root / CURRENT)
        flush(root)


def published(root: Path) -> str | None:
    """Return what `current` says, whether or not there is such a snapshot."""
    path = root / CURRENT
    return path.read_text("utf-8", "replace").strip() if path.is_file() else None


def current(root: Path) -> str | None:
    """Return the name of the published snapshot, or None if none was ever published.

    Raises
    ------
    SnapshotError
        If it names a snapshot that is not there.
    """
    name = published(root)
    if name is not None and name not in snapshot_names(root):
        path = root / CURRENT
        raise SnapshotError(
            f"{path} names the snapshot {name!r}, which is not there.",
            remedy="Choose one of `matcher snapshots list` with `matcher snapshots use NAME`, "
            "or run `matcher nightly`.",
            path=str(path),
            found=name,
        )
    return name


def list_snapshots(root: Path) -> list[SnapshotInfo]:
    """Return all snapshots, oldest first, also when `current` or a manifest is damaged."""
    chosen = published(root)
    return [
        SnapshotInfo(name, name == chosen, _readable_manifest(root / name))
        for name in snapshot_names(root)
    ]


def verify(root: Path, name: str) -> Manifest:
    """Compare every file of a snapshot with its manifest, and return that.

    Raises
    ------
    NotFoundError
        If there is no such snapshot.
    SnapshotError
        Naming the first file that is missing or damaged.
    """
    folder = snapshot_folder(root, name)
    manifest = read_manifest(folder)
    verify_files(folder, manifest)
    return manifest


def remove_superseded(root: Path, before: datetime) -> list[str]:
    """Remove snapshots built before a time, never the published one; return their names.

    What a killed writer left is removed too: only the holder of the night's lock may call
    this, since nobody else builds snapshots.
    """
    old = [
        info.name
        for info in list_snapshots(root)
        if not info.is_current and info.manifest and info.manifest.created < before
    ]
    with writing(root):
        for name in old:
            # Renamed first, so that a reader never meets half a snapshot.
            (root / name).rename(root / f"{HIDDEN}{name}")
        for left in root.glob(f"{HIDDEN}*"):
            _remove(left)
    return old


def _readable_manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except SnapshotError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
