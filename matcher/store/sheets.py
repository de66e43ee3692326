"""All that the answer with a client's stored list rests on, in one round trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Select, bindparam, func, select

from matcher.domain.situation import Situation
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.database import Database
from matcher.store.lists import ListEntry, read_entries
from matcher.store.records import RowInfo, State
from matcher.store.schema import feedback, lists, profiles, situations

_INFO = tuple(RowInfo.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class MadeList:
    """A stored list whose entries have not been read yet.

    Parameters
    ----------
    run_id, snapshot, ranker, created_at
        As in `StoredList`.
    written, payload
        The order and the matches as they are stored.
    """

    run_id: str
    snapshot: str
    ranker: str | None
    created_at: datetime
    written: str
    payload: bytes

    def entries(self) -> tuple[ListEntry, ...]:
        """Read the entries."""
        return read_entries(self.written, self.payload)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is stored of a client that a list's answer shows or depends on.

    Equal sheets give equal answers, as long as the offers are the same.

    Parameters
    ----------
    info
        Of the profile; its revision grows with every change.
    said
        Number of the last thing that was said of an offer; 0 if nothing was.
    told
        The situation as it is stored; empty if none is.
    made
        The list; None if no night has made one with the snapshot.
    """

    info: RowInfo
    said: int
    told: str
    made: MadeList | None

    @property
    def situation(self) -> Situation:
        """What is known of the person; everything is unknown if nothing is stored."""
        return codec.load(Situation, self.told) if self.told else Situation()


class Sheets:
    """Reads sheets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, profile_id: str, snapshot: str) -> Sheet:
        """Return the sheet of a profile in whatever state, with the list served with a snapshot.

        Raises
        ------
        NotFoundError
            If there is no such profile.
        """
        with self._database.ask() as connection:
            row = connection.execute(_QUERY, {"id": profile_id, "snapshot": snapshot}).one_or_none()
        if row is None:
            raise NotFoundError("profile", profile_id)
        made = None
        if row.entries is not None:
            made = MadeList(
                row.run_id,
                row.snapshot,
                row.ranker,
                row.made_at,
                row.entries,
                row.matches,
            )
        known = {name: getattr(row, name) for name in _INFO}
        info = RowInfo(**{**known, "state": State(row.state)})
        return Sheet(info, row.said or 0, row.told or "", made)


def _query() -> Select[tuple[object, ...]]:
    id: BindParameter[str] = bindparam("id")
    served = lists.c.profile_id == id, lists.c.snapshot == bindparam("snapshot")
    newest = select(func.max(lists.c.number)).where(*served)
    said = select(func.max(feedback.c.number)).where(feedback.c.profile_id == id)
    return (
        select(
            *(profiles.c[name] for name in _INFO),
            said.scalar_subquery().label("said"),
            situations.c.payload.label("told"),
            lists.c.run_id,
            lists.c.snapshot,
            lists.c.ranker,
            lists.c.created_at.label("made_at"),
            lists.c.entries,
            lists.c.payload.label("matches"),
        )
        .outerjoin_from(profiles, situations, situations.c.profile_id == profiles.c.id)
        .outerjoin(lists, lists.c.number == newest.scalar_subquery())
        .where(profiles.c.id == id)
    )


_QUERY = _query()
