"""Folders of snapshots: which there are, and writing that survives a killed process."""

from __future__ import annotations

import ctypes
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.errors import NotFoundError, SnapshotError

HIDDEN = ".building-"
#: AT_FDCWD and RENAME_EXCHANGE of Linux.
_HERE, _EXCHANGE = -100, 2


def snapshot_names(root: Path) -> list[str]:
    """Return the names of all snapshots in a folder, oldest first."""
    if not root.is_dir():
        return []
    return sorted(path.name for path in root.iterdir() if path.is_dir() and path.name[0] != ".")


def snapshot_folder(root: Path, name: str) -> Path:
    """Return the folder of a snapshot.

    Raises
    ------
    NotFoundError
        If there is no such snapshot.
    """
    if name not in snapshot_names(root):
        raise NotFoundError("snapshot", name, remedy="`matcher snapshots list` shows all.")
    return root / name


@contextmanager
def hidden_folder(root: Path) -> Iterator[Path]:
    """Make a folder that no reader sees, to be renamed when it is complete, else removed.

    It is for its owner alone, also afterwards: vectors of profiles are about people.

    Raises
    ------
    SnapshotError
        If it cannot be made.
    """
    with writing(root):
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=HIDDEN, dir=root))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Turn the system's refusals to write below a folder into a `SnapshotError`."""
    try:
        yield
    except OSError as error:
        raise SnapshotError(
            f"{error.filename or root} cannot be written: {error.strerror or error}.",
            remedy="Check the rights of the folder and the free space of its disk.",
            path=str(error.filename or root),
        ) from error


def exchange(folder: Path, other: Path) -> None:
    """Let two folders change names: in one step on Linux, else in the wink of two.

    The step is the system call renameat2, which Python has no name for.
    """
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    names = (os.fsencode(folder), os.fsencode(other))
    if renameat2 is None or renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) != 0:
        aside = folder.with_name(f"{HIDDEN}aside-{folder.name}")
        folder.rename(aside)
        other.rename(folder)
        aside.rename(other)


def flush_folder(folder: Path) -> None:
    """Flush everything below a folder, and the folder itself, to the disk."""
    for path in folder.rglob("*"):
        flush(path)
    flush(folder)


def flush(path: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
