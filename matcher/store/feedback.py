"""What became of offers: a log of events that only grows, until the person is erased."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from matcher.domain.feedback import REASONED, Action, Feedback, Reason, Wish, wishes_of
from matcher.domain.offer import OfferKind
from matcher.errors import InputError, NotFoundError
from matcher.store.database import LATEST, Database, parts
from matcher.store.schema import feedback
from matcher.store.writes import check_people

_OF_WISHES: Final = (*sorted(REASONED), Action.WITHDRAWN)
_COLUMNS: Final = tuple(Feedback.__dataclass_fields__)
#: Built once: to build it takes longer than to run it.
_WISHES: Final = (
    select(feedback)
    .where(
        feedback.c.action.in_(_OF_WISHES),
        feedback.c.number <= bindparam("until"),
        feedback.c.profile_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(feedback.c.number)
)


class FeedbackLog:
    """The feedback on offers of all clients.

    Parameters
    ----------
    database
        Where it is.
    until
        Number of the last event whose wishes are heeded.
    """

    def __init__(self, database: Database, until: int = LATEST) -> None:
        self._database = database
        self._until = until

    def add(self, event: Feedback) -> None:
        """Write an event down.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        with self._database.write() as connection:
            check_people(connection, [event.profile_id])
            connection.execute(insert(feedback).values(_values(event)))

    def withdraw(self, profile_id: str, wish: str, id: str, now: datetime, by: str) -> None:
        """Take a wish back, by an event of its own.

        Parameters
        ----------
        profile_id, wish
            Whose wish, and its id.
        id, now, by
            Of the new event.

        Raises
        ------
        NotFoundError
            If the profile has no such wish.
        InputError
            If the wish is withdrawn already.
        """
        with self._database.write() as connection:
            check_people(connection, [profile_id])
            events = _read(connection, profile_id)
            event = next((e for e in events if e.id == wish and e.action in REASONED), None)
            if event is None:
                raise NotFoundError("wish", wish)
            if any(other.withdraws == wish for other in events):
                raise InputError(f"The wish {wish!r} is withdrawn already.")
            taken_back = Feedback(
                id=id,
                profile_id=profile_id,
                offer_id=event.offer_id,
                kind=event.kind,
                action=Action.WITHDRAWN,
                at=now,
                by=by,
                withdraws=wish,
            )
            connection.execute(insert(feedback).values(_values(taken_back)))

    def of_profile(self, profile_id: str) -> list[Feedback]:
        """Return a client's feedback, oldest first."""
        with self._database.read() as connection:
            return _read(connection, profile_id)

    def batches(self, size: int = 1000) -> Iterator[list[Feedback]]:
        """Yield all feedback in the order in which it came."""
        after = 0
        while True:
            newer = select(feedback).where(feedback.c.number > after)
            with self._database.read() as connection:
                rows = connection.execute(newer.order_by(feedback.c.number).limit(size)).all()
            if not rows:
                return
            after = rows[-1].number
            yield [_event(row) for row in rows]

    def wishes(self, profile_ids: Collection[str]) -> dict[str, tuple[Wish, ...]]:
        """Return the wishes that hold, by client; who has none is absent."""
        said: dict[str, list[Feedback]] = defaultdict(list)
        with self._database.read() as connection:
            for part in parts(sorted(set(profile_ids))):
                for row in connection.execute(_WISHES, {"ids": part, "until": self._until}):
                    said[row.profile_id].append(_event(row))
        held = {id: wishes_of(events) for id, events in said.items()}
        return {id: wishes for id, wishes in held.items() if wishes}


def forget_feedback(connection: Connection, profile_id: str) -> None:
    """Erase a client's feedback."""
    connection.execute(delete(feedback).where(feedback.c.profile_id == profile_id))


def _read(connection: Connection, profile_id: str) -> list[Feedback]:
    query = select(feedback).where(feedback.c.profile_id == profile_id)
    return [_event(row) for row in connection.execute(query.order_by(feedback.c.number))]


def _values(event: Feedback) -> dict[str, object]:
    return {name: getattr(event, name) for name in _COLUMNS}


def _event(row: Row[Any]) -> Feedback:
    values = {name: getattr(row, name) for name in _COLUMNS}
    coded = {
        "kind": OfferKind(row.kind),
        "action": Action(row.action),
        "reason": None if row.reason is None else Reason(row.reason),
    }
    return Feedback(**{**values, **coded})
