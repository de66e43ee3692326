"""Who may see one person, and who is named for those whose address is protected."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Date, Select, bindparam, delete, insert, select

from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.reach import Reach, assigned_on, naming, protection, within
from matcher.store.records import RowInfo, State
from matcher.store.schema import case_entries, named_staff, profiles
from matcher.store.writes import check_people


@dataclass(frozen=True, slots=True)
class Sight:
    """What decides whether somebody may see one person.

    Parameters
    ----------
    info
        The profile beside its content.
    coach
        Who is responsible today; None if nobody is.
    protected
        Whether the address is protected. A protection ends only when somebody writes down
        that there is none: that it is unknown lifts nothing.
    named
        Whether the one who asks is named for this person.
    """

    info: RowInfo
    coach: str | None
    protected: bool
    named: bool


class People:
    """Tells who may see whom, and keeps who is named for protected persons."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sight(self, id: str, staff: str, on: date) -> Sight:
        """Return what decides whether a member of staff may see a person.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        asked = {"id": id, "staff": staff, "on": on}
        with self._database.ask() as connection:
            row = connection.execute(_SIGHT, asked).one_or_none()
        if row is None:
            raise NotFoundError("profile", id)
        known = {name: row._mapping[name] for name in RowInfo.__dataclass_fields__}
        return Sight(
            info=RowInfo(**{**known, "state": State(row.state)}),
            coach=row.coach,
            protected=bool(row.protected),
            named=bool(row.named),
        )

    def among(self, ids: Sequence[str], reach: Reach) -> set[str]:
        """Return those of some people whom somebody comes across."""
        query = select(profiles.c.id).where(within(reach))
        with self._database.read() as connection:
            return {
                id
                for part in parts(ids)
                for id in connection.scalars(query.where(profiles.c.id.in_(part)))
            }

    def staff_of(self, profile_id: str) -> list[str]:
        """Return who is named for a person, sorted."""
        query = select(named_staff.c.name).where(named_staff.c.profile_id == profile_id)
        with self._database.read() as connection:
            return sorted(connection.scalars(query))

    def name_staff(self, profile_id: str, names: Collection[str], now: datetime, by: str) -> None:
        """Let exactly these members of staff see a person whose address is protected.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        here = named_staff.c.profile_id == profile_id
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            known = set(connection.scalars(select(named_staff.c.name).where(here)))
            gone = sorted(known - set(names))
            connection.execute(delete(named_staff).where(here, named_staff.c.name.in_(gone)))
            for name in sorted(set(names) - known):
                connection.execute(
                    insert(named_staff).values(profile_id=profile_id, name=name, at=now, by=by)
                )

    def add_staff(self, profile_id: str, name: str, now: datetime, by: str) -> None:
        """Name one more member of staff for a person; whoever is named already stays.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        this = select(named_staff.c.name).where(
            named_staff.c.profile_id == profile_id, named_staff.c.name == name
        )
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            if connection.scalar(this) is None:
                connection.execute(
                    insert(named_staff).values(profile_id=profile_id, name=name, at=now, by=by)
                )


def forget_staff(connection: Connection, profile_id: str) -> None:
    """Erase who was named for a person."""
    connection.execute(delete(named_staff).where(named_staff.c.profile_id == profile_id))


def _sight() -> Select[Any]:
    coach = select(case_entries.c.holder).where(assigned_on(bindparam("on", type_=Date)))
    mine = coach.where(case_entries.c.profile_id == profiles.c.id).limit(1)
    return select(
        *(profiles.c[name] for name in RowInfo.__dataclass_fields__),
        mine.scalar_subquery().label("coach"),
        protection().label("protected"),
        naming(bindparam("staff")).label("named"),
    ).where(profiles.c.id == bindparam("id"))


#: Built once: to build it takes longer than to run it.
_SIGHT: Final = _sight()
