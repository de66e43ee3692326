"""Profiles as they were before they were rectified: how old versions are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from matcher.domain.profile import Profile
from matcher.domain.rights import Correction
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.database import Database
from matcher.store.revisions import numbering
from matcher.store.schema import corrections, profiles
from matcher.store.writes import row_of, upsert_rows

_COLUMNS: Final = tuple(Correction.__dataclass_fields__)


class Corrections:
    """The corrections of all profiles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def correct(
        self, profile: Profile, fields: tuple[str, ...], *, reason: str, by: str, now: datetime
    ) -> Correction:
        """Store the corrected version of a profile and keep the one before, in one step.

        Only the fields that are corrected are taken from it: what somebody else has changed
        since it was read stays.

        Parameters
        ----------
        profile
            As it is to be.
        fields
            What is corrected, by the names of the own format.
        reason, by, now
            Why, by whom and when.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        this = select(profiles.c.payload).where(profiles.c.id == profile.id).with_for_update()
        with self._database.write() as connection, numbering(connection) as numbers:
            before: str | None = connection.scalar(this)
            if before is None:
                raise NotFoundError("profile", profile.id)
            stored = codec.load(Profile, before)
            result = replace(stored, **{field: getattr(profile, field) for field in fields})
            upsert_rows(connection, profiles, [row_of(result)], numbers, now)
            correction = Correction(
                profile_id=profile.id, fields=fields, reason=reason, at=now, by=by, before=before
            )
            values = {name: getattr(correction, name) for name in _COLUMNS}
            connection.execute(insert(corrections).values(values | {"fields": list(fields)}))
        return correction

    def of_profile(self, profile_id: str) -> list[Correction]:
        """Return a person's corrections, oldest first."""
        query = select(corrections).where(corrections.c.profile_id == profile_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(corrections.c.number)).all()
        found = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
        return [Correction(**{**one, "fields": tuple(one["fields"])}) for one in found]

    def fields_since(self, profile_id: str, moment: datetime) -> tuple[str, ...]:
        """Return which fields were corrected after a moment, sorted: what was made then is old."""
        late = [one for one in self.of_profile(profile_id) if one.at > moment]
        return tuple(sorted({field for one in late for field in one.fields}))

    def purge(self, before: datetime, held: Collection[str] = ()) -> int:
        """Erase what was replaced before a moment, but for people who are held; return how many."""
        old = delete(corrections).where(corrections.c.at < before)
        with self._database.write() as connection:
            kept = corrections.c.profile_id.not_in(sorted(held))
            return connection.execute(old.where(kept)).rowcount


def version_before(correction: Correction) -> Profile:
    """Return the profile as it was."""
    return codec.load(Profile, correction.before)


def forget_corrections(connection: Connection, profile_id: str) -> None:
    """Erase a person's old versions."""
    connection.execute(delete(corrections).where(corrections.c.profile_id == profile_id))
