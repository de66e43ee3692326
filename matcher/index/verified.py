"""Verification shared by the processes of a service or a night: what one has hashed, all have."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from matcher.errors import InputError
from matcher.index.manifest import Manifest, verify_files

#: Compares the files of a snapshot's folder with its manifest, and raises if they differ.
Verify = Callable[[Path, Manifest], None]


def verify_noting_in(folder: Path | None) -> Verify:
    """Return what verifies a snapshot once for all that note it in a folder, or each time."""
    return verify_files if folder is None else Verified(folder).verify


class Verified:
    """Lets one process of several verify a snapshot while the others wait for it.

    To hash a country's snapshot takes seconds of all cores, at a start and whenever another
    one is published. Who finds it wrong notes nothing, so that the next one looks itself.

    Parameters
    ----------
    folder
        Of these processes alone, and gone with them: what stands there is believed.

    Raises
    ------
    InputError
        If it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder {folder} cannot be made: {error.strerror}.",
                remedy="Set MATCHER_VERIFIED to a folder that can be written to, or unset it.",
            ) from error

    def verify(self, path: Path, manifest: Manifest) -> None:
        """Verify the files of a snapshot unless that was done.

        Raises
        ------
        SnapshotError
            Naming the first file that is missing or damaged.
        """
        told = str(path.resolve()).encode() + b"\0" + manifest.to_json()
        note = self._folder / sha256(told).hexdigest()
        with FileLock(note.with_suffix(".lock")):
            if not note.exists():
                verify_files(path, manifest)
                note.touch()
