"""What the rules ask to be done first for each client, kept so that portfolios are ordered by it.

The store knows no rules. Whatever they read of a client (profile, situation, meetings) raises the
client's doubts in the transaction that changes it; who knows the rules settles them, and only
those that it has seen: what changed meanwhile stays in doubt. Who has no situation has no row:
of them the rules can ask nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from matcher.store.database import INSERTS, Database, parts
from matcher.store.schema import next_duties

_IN_DOUBT: Final = next_duties.c.doubts != next_duties.c.settled
_SETTLED: Final = next_duties.c.doubts == next_duties.c.settled


@dataclass(frozen=True, slots=True)
class NextDuty:
    """What has to be done first for a client, as the rules ask it.

    Parameters
    ----------
    kind
        What; empty if nothing has to be done.
    due
        By which day; None if nothing has to be done.
    late_from
        First day on which something is overdue if nothing happens; None if no day makes it so.
    """

    kind: str = ""
    due: date | None = None
    late_from: date | None = None


@dataclass(frozen=True, slots=True)
class StoredDuty:
    """A client's next duty as it is stored.

    Parameters
    ----------
    profile_id
        Whose.
    next
        What is due, as it was when the rules were last asked.
    rules
        Fingerprint of the rules that were asked; empty if none were.
    doubts
        How often something changed that the rules read.
    is_settled
        Whether the rules were asked after the last change.
    """

    profile_id: str
    next: NextDuty
    rules: str
    doubts: int
    is_settled: bool


class Duties:
    """The next duty of each client."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting(self, limit: int) -> list[StoredDuty]:
        """Return clients whose rules have to be asked, at most so many."""
        return self._read(select(next_duties).where(_IN_DOUBT).limit(limit))

    def page(self, *, after: str = "", limit: int = 500) -> list[StoredDuty]:
        """Return clients with a situation, settled or not, ordered by id."""
        return self._read(select(next_duties).where(next_duties.c.profile_id > after).limit(limit))

    def settle(self, found: Sequence[StoredDuty]) -> None:
        """Store what the rules ask, but for clients of whom something has changed meanwhile.

        Parameters
        ----------
        found
            What was read, with what is due now and by which rules.
        """
        if not found:
            return
        seen = (
            next_duties.c.profile_id == bindparam("of"),
            next_duties.c.doubts == bindparam("seen"),
        )
        rows = [
            {
                "of": one.profile_id,
                "seen": one.doubts,
                "kind": one.next.kind,
                "due": one.next.due,
                "late_from": one.next.late_from,
                "rules": one.rules,
                "settled": one.doubts,
            }
            for one in sorted(found, key=lambda one: one.profile_id)
        ]
        with self._database.write() as connection:
            connection.execute(update(next_duties).where(*seen), rows)

    def doubt_rules(self, rules: str) -> int:
        """Have everybody asked anew whose duty other rules told; return how many they are."""
        others = update(next_duties).where(next_duties.c.rules != rules, _SETTLED)
        with self._database.read() as connection:
            known = select(next_duties.c.profile_id).where(next_duties.c.rules != rules, _SETTLED)
            if connection.scalar(known.limit(1)) is None:
                return 0
        with self._database.write() as connection:
            return connection.execute(others.values(doubts=next_duties.c.doubts + 1)).rowcount

    def _read(self, query: Select[Any]) -> list[StoredDuty]:
        with self._database.read() as connection:
            return [_stored(row) for row in connection.execute(query.order_by("profile_id"))]


def doubt(connection: Connection, profile_ids: Collection[str]) -> None:
    """Note that something has changed which the rules read of some clients."""
    for part in parts(sorted(profile_ids)):
        theirs = update(next_duties).where(next_duties.c.profile_id.in_(part))
        connection.execute(theirs.values(doubts=next_duties.c.doubts + 1))


def expect(connection: Connection, profile_ids: Collection[str]) -> None:
    """Note that a situation was stored: from now on the rules can ask something of its owner."""
    adding = INSERTS[connection.dialect.name](next_duties)
    again = adding.on_conflict_do_update(
        index_elements=["profile_id"], set_={"doubts": next_duties.c.doubts + 1}
    )
    rows = [
        {"profile_id": id, "kind": "", "rules": "", "doubts": 1, "settled": 0}
        for id in sorted(profile_ids)
    ]
    if rows:
        connection.execute(again, rows)


def forget_duty(connection: Connection, profile_id: str) -> None:
    """Erase what is due of a client."""
    connection.execute(delete(next_duties).where(next_duties.c.profile_id == profile_id))


def _stored(row: Row[Any]) -> StoredDuty:
    due = NextDuty(row.kind, row.due, row.late_from)
    return StoredDuty(row.profile_id, due, row.rules, row.doubts, row.doubts == row.settled)
