"""Who may be shown to whom: requests for consent and what became of them, and standings.

Both are logs: every change is a row with who made it and when, until the person is erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from matcher.domain.calendar import finnish_day
from matcher.domain.consent import OPEN, Consent, ConsentEvent, Move, Standing
from matcher.errors import InputError, NotFoundError
from matcher.store.database import Database, parts
from matcher.store.reach import Reach, within
from matcher.store.records import State
from matcher.store.schema import consent_events, profiles, standings
from matcher.store.writes import check_people

_REQUEST: Final = ("profile_id", "need_id", "pseudonym", "deadline", "until")
_STANDING: Final = tuple(Standing.__dataclass_fields__)


class Consents:
    """The requests for consent and the standings of all people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, consent: Consent) -> None:
        """Store a new request.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        InputError
            If the same person has been asked for the same need, and the request is open.
        """
        asked = consent.events[0]
        here = _of(consent.profile_id, consent.need_id)
        with self._database.write() as connection:
            check_people(connection, [consent.profile_id])
            for other in _read(connection, here):
                state = other.state(finnish_day(asked.at))
                if state in OPEN:
                    raise InputError(
                        f"The request {other.id!r} for this person and need is {state}.",
                        remedy="Go on with it.",
                        field="need_id",
                    )
            connection.execute(insert(consent_events).values(_values(consent, asked)))

    def move(self, profile_id: str, id: str, move: Move, now: datetime, by: str) -> Consent:
        """Write a move down; return the request after it.

        Raises
        ------
        NotFoundError
            If the person has no such request.
        InputError
            If the request does not stand so that this can be done.
        """
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            found = _read(connection, consent_events.c.request == id)
            consent = next((one for one in found if one.profile_id == profile_id), None)
            if consent is None:
                raise NotFoundError("request for consent", id)
            moved = consent.moved(move, now, by)
            connection.execute(insert(consent_events).values(_values(moved, moved.events[-1])))
        return moved

    def lapse(self, need_id: str, now: datetime, by: str) -> int:
        """Let every open request for a need lapse, since the need becomes another one.

        Parameters
        ----------
        need_id
            Of the need.
        now, by
            When it is rewritten, and by whom.

        Returns
        -------
        int
            How many lapsed.
        """
        with self._database.write() as connection:
            return let_lapse(connection, need_id, now, by)

    def of_profile(self, profile_id: str) -> list[Consent]:
        """Return all requests for a person, oldest first."""
        with self._database.read() as connection:
            return _read(connection, consent_events.c.profile_id == profile_id)

    def of_need(self, need_id: str) -> list[Consent]:
        """Return all requests for a need, oldest first."""
        with self._database.read() as connection:
            return _read(connection, consent_events.c.need_id == need_id)

    def of_needs(self, need_ids: Collection[str]) -> list[Consent]:
        """Return all requests for some needs, oldest first by need."""
        with self._database.read() as connection:
            return [
                one
                for part in parts(sorted(set(need_ids)))
                for one in _read(connection, consent_events.c.need_id.in_(part))
            ]

    def given_since(self, moment: datetime) -> list[Consent]:
        """Return the requests that somebody has agreed to since a moment, oldest first."""
        columns = consent_events.c
        given = select(columns.request).where(columns.move == Move.YES, columns.at >= moment)
        with self._database.read() as connection:
            return _read(connection, columns.request.in_(given))

    def of_people(self, reach: Reach, limit: int) -> list[Consent]:
        """Return the requests for people within reach that were asked last, newest first.

        Parameters
        ----------
        reach
            Whom the reader comes across.
        limit
            At most so many.
        """
        columns = consent_events.c
        people = select(profiles.c.id).where(within(reach), profiles.c.state != State.CLOSED)
        asked = select(columns.request).where(
            columns.move == Move.ASK, columns.profile_id.in_(people)
        )
        newest = asked.order_by(columns.number.desc()).limit(limit)
        with self._database.read() as connection:
            ids = list(connection.scalars(newest))
            found = {
                one.id: one
                for part in parts(sorted(ids))
                for one in _read(connection, columns.request.in_(part))
            }
        return [found[id] for id in ids]

    def stand(self, standing: Standing) -> None:
        """Write a person's standing down; the newest one counts.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        with self._database.write() as connection:
            check_people(connection, [standing.profile_id])
            values = {name: getattr(standing, name) for name in _STANDING}
            connection.execute(insert(standings).values(values))

    def standings(self, profile_ids: Collection[str]) -> dict[str, Standing]:
        """Return the newest standings by person; who has none is absent."""
        columns = [standings.c[name] for name in _STANDING]
        query = select(*columns).order_by(standings.c.number)
        with self._database.read() as connection:
            return {
                row.profile_id: Standing(**row._mapping)
                for part in parts(sorted(set(profile_ids)))
                for row in connection.execute(query.where(standings.c.profile_id.in_(part)))
            }


def let_lapse(connection: Connection, need_id: str, now: datetime, by: str) -> int:
    """Let every open request for a need lapse; return how many did."""
    found = _read(connection, consent_events.c.need_id == need_id)
    on = finnish_day(now)
    lapsed = [one.moved(Move.LAPSE, now, by) for one in found if one.state(on) in OPEN]
    if lapsed:
        values = [_values(one, one.events[-1]) for one in lapsed]
        connection.execute(insert(consent_events), values)
    return len(lapsed)


def forget_consents(connection: Connection, profile_id: str) -> None:
    """Erase a person's requests and standings."""
    for table in (consent_events, standings):
        connection.execute(delete(table).where(table.c.profile_id == profile_id))


def _of(profile_id: str, need_id: str) -> ColumnElement[bool]:
    columns = consent_events.c
    return (columns.profile_id == profile_id) & (columns.need_id == need_id)


def _read(connection: Connection, condition: ColumnElement[bool]) -> list[Consent]:
    query = select(consent_events).where(condition).order_by(consent_events.c.number)
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        rows[row.request].append(row)
    return [_consent(id, events) for id, events in rows.items()]


def _consent(id: str, rows: Iterable[Row[Any]]) -> Consent:
    events = list(rows)
    request = {name: getattr(events[0], name) for name in _REQUEST}
    moves = tuple(ConsentEvent(Move(row.move), row.at, row.by) for row in events)
    return Consent(id=id, events=moves, **request)


def _values(consent: Consent, event: ConsentEvent) -> dict[str, object]:
    request = {name: getattr(consent, name) for name in _REQUEST}
    return {"request": consent.id, "move": event.move, "at": event.at, "by": event.by, **request}
