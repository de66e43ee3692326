"""Whom somebody comes across: by home, by coach, and of protected persons by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, false, func, or_, select

from matcher.domain.casework.placements import Assignment
from matcher.store.caserows import TOPICS
from matcher.store.schema import case_entries, named_staff, profiles, standings


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom somebody comes across in lists.

    Parameters
    ----------
    municipalities
        Homes; None means all, nowhere included.
    coach
        Only clients of this coach and those who have none; None means all.
    staff
        Under which name protected persons may have been opened to them.
    on
        The day.
    """

    municipalities: tuple[str, ...] | None
    coach: str | None
    staff: str
    on: date


def within(reach: Reach) -> ColumnElement[bool]:
    """Return the condition that a row of `profiles` is within reach."""
    conditions = [or_(func.coalesce(protection(), false()).is_(false()), naming(reach.staff))]
    if reach.municipalities is not None:
        conditions.append(profiles.c.municipality.in_(reach.municipalities))
    if reach.coach is not None:
        # Under another name, since the query around it may be one of case files too.
        entries = case_entries.alias()
        of_another = and_(
            assigned_then(reach.on, entries),
            entries.c.profile_id == profiles.c.id,
            entries.c.holder != reach.coach,
        )
        found = select(entries.c.number).where(of_another)
        conditions.append(~found.correlate(profiles).exists())
    return and_(*conditions)


def assigned_on(
    on: date | BindParameter[date], entries: FromClause = case_entries
) -> ColumnElement[bool]:
    """Return the condition that an entry of case files names who is responsible on a day."""
    columns = entries.c
    now = and_(columns.since <= on, or_(columns.until.is_(None), columns.until >= on))
    return and_(columns.topic == TOPICS[Assignment], columns.current, now)


def assigned_then(
    on: date | BindParameter[date], entries: FromClause = case_entries
) -> ColumnElement[bool]:
    """Return the condition of `assigned_on` for queries that go from person to person.

    SQLite without statistics would read the assignments of everybody for each person: the
    class of an entry is written so that no index over it is used, and that over persons is.
    """
    columns = entries.c
    now = and_(columns.since <= on, or_(columns.until.is_(None), columns.until >= on))
    return and_(columns.topic.concat("") == TOPICS[Assignment], columns.current, now)


def protection() -> ColumnElement[bool | None]:
    """Return what was last known of the protection of a row of `profiles`; null if nothing."""
    known = and_(standings.c.profile_id == profiles.c.id, standings.c.protected.is_not(None))
    query = select(standings.c.protected).where(known).order_by(standings.c.number.desc())
    return query.limit(1).correlate(profiles).scalar_subquery()


def naming(staff: str | BindParameter[str]) -> ColumnElement[bool]:
    """Return the condition that a member of staff is named for a row of `profiles`."""
    mine = and_(named_staff.c.profile_id == profiles.c.id, named_staff.c.name == staff)
    return select(named_staff.c.name).where(mine).correlate(profiles).exists()
