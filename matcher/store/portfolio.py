"""The clients of a coach or of a whole region, a page at a time: who they are, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.store import codec
from matcher.store.database import Database, parts
from matcher.store.lists import read_places
from matcher.store.reach import Reach, assigned_on, assigned_then, within
from matcher.store.records import State
from matcher.store.schema import case_entries, decisions, lists, next_duties, profiles
from matcher.store.searched import is_said

#: After every day on which something is due: where clients stand of whom nothing is.
NEVER: Final = date.max


class Narrowed(StrEnum):
    """Which of the clients within reach are looked at."""

    ALL = "all"
    MINE = "mine"
    OVERDUE = "overdue"
    SOON = "soon"
    UNASSIGNED = "unassigned"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands: what is due first comes first, then the first id.

    Parameters
    ----------
    id
        Whose place it is.
    due
        The first day on which something agreed or asked by the rules is due; `NEVER` if nothing is.
    """

    id: str = ""
    due: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Which clients are asked for.

    Parameters
    ----------
    reach
        Only people within it.
    soon
        Last day of what is due soon.
    snapshot
        Of the lists that are served; None before the first night.
    narrowed
        Which of them.
    municipality
        Only of this home; empty means all.
    words
        Only those who told these letters, in one place and any case; empty means all.
    """

    reach: Reach
    soon: date
    snapshot: str | None = None
    narrowed: Narrowed = Narrowed.ALL
    municipality: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One client in a portfolio.

    Parameters
    ----------
    profile
        Who.
    coach
        Who is responsible today; None if nobody is.
    place
        Where in the order of the portfolio the client stands.
    """

    profile: Profile
    coach: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """Something in a case file that has to be attended to.

    Parameters
    ----------
    topic
        Class of the entry, as in ``"Task"``.
    due
        By which day.
    """

    topic: str
    due: date


class Portfolios:
    """Reads clients in bulk: each page takes as many questions as any other, however long it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, ask: Ask, *, after: Place | None = None, limit: int = 50) -> list[PortfolioRow]:
        """Return clients who are not closed, in order.

        Parameters
        ----------
        ask
            Which clients.
        after
            Where the page before ended; None for the first one.
        limit
            At most so many.
        """
        query = _page(ask, after or Place()).limit(limit)
        with self._database.read() as connection:
            # Sorted without what is known of everybody, which is read of this page's people only.
            places = [Place(id=row.id, due=row.due) for row in connection.execute(query)]
            known = _known(connection, [place.id for place in places], ask.reach.on)
        return [PortfolioRow(*known[place.id], place) for place in places]

    def open_entries(self, profile_ids: Sequence[str]) -> dict[str, list[OpenEntry]]:
        """Return what is open of some clients, first things first; who has nothing is absent."""
        columns = (case_entries.c.profile_id, case_entries.c.topic, case_entries.c.due)
        query = select(*columns).where(case_entries.c.current, case_entries.c.due.is_not(None))
        ordered = query.order_by(case_entries.c.due, case_entries.c.number)
        found: dict[str, list[OpenEntry]] = {}
        with self._database.read() as connection:
            for part in parts(profile_ids):
                for row in connection.execute(ordered.where(case_entries.c.profile_id.in_(part))):
                    found.setdefault(row.profile_id, []).append(OpenEntry(row.topic, row.due))
        return found

    def new_offers(
        self, profile_ids: Sequence[str], snapshot: str
    ) -> dict[str, list[tuple[OfferKind, str]]]:
        """Return what stands in the lists of some clients and not in the last that was opened.

        Parameters
        ----------
        profile_ids
            Whose lists.
        snapshot
            Of the lists that are served; who has none with it is absent from the result.

        Returns
        -------
        dict
            Kinds and ids of offers by client, in the order of the list.
        """
        opened_before = _is_opened().label("opened")
        columns = (lists.c.profile_id, lists.c.snapshot, lists.c.entries, opened_before)
        told = or_(lists.c.snapshot == snapshot, _is_opened())
        query = select(*columns).where(told).order_by(lists.c.number)
        served: dict[str, list[tuple[OfferKind, str]]] = {}
        opened: dict[str, set[tuple[OfferKind, str]]] = {}
        with self._database.read() as connection:
            for part in parts(profile_ids):
                for row in connection.execute(query.where(lists.c.profile_id.in_(part))):
                    offers = [(one.kind, one.offer_id) for one in read_places(row.entries)]
                    if row.snapshot == snapshot:
                        served[row.profile_id] = offers
                    if row.opened:
                        opened[row.profile_id] = set(offers)
        seen: set[tuple[OfferKind, str]] = set()
        return {
            id: [offer for offer in offers if offer not in opened.get(id, seen)]
            for id, offers in served.items()
        }


def _page(ask: Ask, after: Place) -> Select[Any]:
    agreed = _first_due()
    when = _earlier(agreed.c.due, next_duties.c.due)
    people = profiles.outerjoin(agreed, agreed.c.profile_id == profiles.c.id)
    query = (
        select(profiles.c.id, when.label("due"))
        .select_from(people.outerjoin(next_duties, next_duties.c.profile_id == profiles.c.id))
        .where(*_conditions(ask), within(ask.reach))
    )
    later = or_(when > after.due, and_(when == after.due, profiles.c.id > after.id))
    return query.where(later).order_by(when, profiles.c.id)


def _earlier(
    one: ColumnElement[date | None], other: ColumnElement[date | None]
) -> ColumnElement[date]:
    """Return the earlier of two days, either of which may be missing."""
    first, second = func.coalesce(one, NEVER), func.coalesce(other, NEVER)
    return case((first <= second, first), else_=second)


def _conditions(ask: Ask) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [profiles.c.state != State.CLOSED]
    if ask.municipality:
        found.append(profiles.c.municipality == ask.municipality)
    if ask.words:
        found.append(is_said(ask.words))
    match ask.narrowed:
        case Narrowed.ALL:
            pass
        case Narrowed.MINE:
            mine = select(case_entries.c.profile_id).where(
                assigned_on(ask.reach.on), case_entries.c.holder == ask.reach.staff
            )
            found.append(profiles.c.id.in_(mine))
        case Narrowed.OVERDUE:
            duties = next_duties.c.late_from <= ask.reach.on
            found.append(_is_due(case_entries.c.due < ask.reach.on, duties))
        case Narrowed.SOON:
            found.append(_is_due(case_entries.c.due <= ask.soon, next_duties.c.due <= ask.soon))
        case Narrowed.UNASSIGNED:
            found.append(_is_alone(ask.reach.on))
        case Narrowed.UNOPENED:
            served = and_(lists.c.profile_id == profiles.c.id, lists.c.snapshot == ask.snapshot)
            found.append(exists().where(served, ~_is_opened()).correlate(profiles))
    return found


def _is_due(agreed: ColumnElement[bool], asked: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that of a row of `profiles` such an entry or duty is open.

    Found by indexes over days: whose nothing is due is not looked at.
    """
    open_ones = select(case_entries.c.profile_id).where(case_entries.c.current, agreed)
    owed = select(next_duties.c.profile_id).where(asked)
    return profiles.c.id.in_(open_ones.union(owed))


def _first_due() -> Any:  # noqa: ANN401 - a subquery with its own columns
    """Return the first day on which something that was agreed with each client is due."""
    first = func.min(case_entries.c.due).label("due")
    query = select(case_entries.c.profile_id, first)
    query = query.where(case_entries.c.current, case_entries.c.due.is_not(None))
    return query.group_by(case_entries.c.profile_id).subquery()


def _is_alone(on: date) -> ColumnElement[bool]:
    """Return the condition that nobody is responsible for a row of `profiles`."""
    entries = case_entries.alias()
    assigned = select(entries.c.number).where(
        assigned_then(on, entries), entries.c.profile_id == profiles.c.id
    )
    return ~assigned.correlate(profiles).exists()


def _is_opened() -> ColumnElement[bool]:
    """Return the condition that somebody has been shown a row of `lists`."""
    shown = and_(
        decisions.c.profile_id == lists.c.profile_id,
        decisions.c.run_id == lists.c.run_id,
        decisions.c.placed.is_not(None),
    )
    return exists().where(shown).correlate(lists)


def _known(
    connection: Connection, ids: Sequence[str], on: date
) -> dict[str, tuple[Profile, str | None]]:
    """Return profile and coach of some people, who are there: a transaction sees one state."""
    coach = select(case_entries.c.holder).where(
        assigned_then(on), case_entries.c.profile_id == profiles.c.id
    )
    first = coach.limit(1).correlate(profiles).scalar_subquery().label("coach")
    query = select(profiles.c.id, profiles.c.payload, first)
    return {
        row.id: (codec.load(Profile, row.payload), row.coach)
        for part in parts(ids)
        for row in connection.execute(query.where(profiles.c.id.in_(part)))
    }
