"""One person's profile out of a file that a coach uploads."""

from __future__ import annotations

from pathlib import Path

from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.files import open_file
from matcher.ingest.formats import detect, rows_of
from matcher.ingest.rows import ImportKind, Notes, Problem


def read_profile(path: Path) -> Profile:
    """Return the one profile in a file: Työmarkkinatori's P60, the own format or a template.

    Raises
    ------
    InputError
        If the file cannot be used, or holds nobody or several people; what is wrong is named.
    """
    file = open_file(path)
    entry = detect(file, ImportKind.PROFILES)
    rows = list(rows_of(file, entry))
    if len(rows) != 1:
        raise InputError(
            f"The file holds {len(rows)} profiles, and one is filled in here.",
            remedy="Take a file with one person, or import many with `matcher import profiles`.",
        )
    [row] = rows
    if isinstance(row, Problem):
        raise InputError(f"{row.row}: {row.reason}", remedy=row.remedy, field=row.field)
    profile = entry.parse(row.value, None, Notes())
    if not isinstance(profile, Profile):
        raise InputError("The file holds no profile.", remedy="Take a file of a jobseeker.")
    return profile
