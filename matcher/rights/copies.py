"""Where the copies lie that people were given of their data: named so that they can be found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from matcher.config import Settings
from matcher.errors import StoreError

_TIME: Final = "%Y%m%dT%H%M%SZ"
_FILE_MODE: Final = 0o600
_FOLDER_MODE: Final = 0o700


def copies_folder(settings: Settings) -> Path:
    """Return the folder of the copies that are not written elsewhere."""
    return settings.home / "exports"


def write_copy(folder: Path, profile_id: str, texts: dict[str, str], now: datetime) -> list[Path]:
    """Write a copy, readable by its owner alone.

    Parameters
    ----------
    folder
        Made if need be.
    profile_id
        Whose data; the names of the files do not show it.
    texts
        What to write, by the ending of the file.
    now
        Moment of the copy.

    Returns
    -------
    list of Path
        In the order of `texts`.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    name = f"{_whose(profile_id)}-{now.astimezone(UTC):{_TIME}}"
    paths = []
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        for ending, text in texts.items():
            path = folder / f"{name}.{ending}"
            path.touch(mode=_FILE_MODE)
            path.write_text(text, "utf-8")
            paths.append(path)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be written: {error.strerror}.",
            remedy="Name another folder with --out.",
        ) from error
    return paths


def remove_copies(folder: Path, profile_id: str) -> int:
    """Remove all copies of a person's data; return how many files went."""
    found = list(folder.glob(f"{_whose(profile_id)}-*"))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def remove_old_copies(folder: Path, before: datetime, held: Collection[str] = ()) -> int:
    """Remove copies made before a moment, but for people who are held; return how many went.

    Their age is read from their names, since a copied folder has new file times.
    """
    kept = {_whose(profile_id) for profile_id in held}
    old = [
        path
        for path in folder.glob("*-*.*")
        if _made(path) < before and path.stem.partition("-")[0] not in kept
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _whose(profile_id: str) -> str:
    return sha256(profile_id.encode()).hexdigest()[:20]


def _made(path: Path) -> datetime:
    return datetime.strptime(path.stem.rpartition("-")[2], _TIME).replace(tzinfo=UTC)
