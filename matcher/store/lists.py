"""The match lists that the night makes: the current one of each profile and the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, insert, select

from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.schema import lists, profiles


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One match in a list.

    Parameters
    ----------
    kind, offer_id
        Which offer.
    rank
        Position, from 1.
    score, band
        As in `Match`.
    is_new
        Whether the list before did not have it.
    payload
        The whole match as JSON, with its rank by fit.
    rank_by_fit
        Position before the list was spread; None if it was not.
    """

    kind: OfferKind
    offer_id: str
    rank: int
    score: float
    band: str
    is_new: bool
    payload: str
    rank_by_fit: int | None = None


@dataclass(frozen=True, slots=True)
class StoredList:
    """A profile's list, with the run that made it and the snapshot it was made from."""

    profile_id: str
    run_id: str
    snapshot: str
    created_at: datetime
    entries: tuple[ListEntry, ...]


_ENTRIES: Final = TypeAdapter(tuple[ListEntry, ...])


class Lists:
    """The match lists of all profiles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_many(self, new: Sequence[StoredList]) -> None:
        """Store the new lists of many profiles, all or nothing.

        The current list becomes the previous one, unless the same run made it: a run that
        is taken up again does not push yesterday's lists out. Lists of profiles that have
        been erased since they were made are left out.
        """
        by_profile = {one.profile_id: one for one in new}
        with self._database.write() as connection:
            for part in parts(sorted(by_profile)):
                there = [by_profile[id] for id in _still_there(connection, part)]
                if there:
                    _make_room(connection, there)
                    connection.execute(insert(lists), [_row(one) for one in there])

    def latest(self, profile_id: str) -> StoredList:
        """Return a profile's current list.

        Raises
        ------
        NotFoundError
            If no run has made one yet.
        """
        query = select(lists).where(lists.c.profile_id == profile_id)
        with self._database.read() as connection:
            newest = query.order_by(lists.c.number.desc()).limit(1)
            row = connection.execute(newest).one_or_none()
        if row is None:
            raise NotFoundError("list of profile", profile_id, remedy="Run matcher nightly.")
        return _stored(row)

    def batches_of(self, run_id: str, size: int) -> Iterator[list[StoredList]]:
        """Yield the lists that a run has made, ordered by profile; each may be replaced then."""
        query = select(lists).where(lists.c.run_id == run_id).order_by(lists.c.profile_id)
        after = ""
        while True:
            with self._database.read() as connection:
                later = query.where(lists.c.profile_id > after).limit(size)
                rows = connection.execute(later).all()
            if not rows:
                return
            after = rows[-1].profile_id
            yield [_stored(row) for row in rows]

    def offer_ids(
        self, profile_ids: Collection[str], *, before_run: str = ""
    ) -> dict[str, set[tuple[OfferKind, str]]]:
        """Return the offers in the latest lists, to tell what is new in the next ones.

        Parameters
        ----------
        profile_ids
            Whose lists; profiles without one are absent from the result.
        before_run
            Id of the run that asks: lists that it has already made itself are passed over.
        """
        others = lists.c.run_id != before_run
        query = select(lists.c.profile_id, lists.c.offers).where(others).order_by(lists.c.number)
        found: dict[str, set[tuple[OfferKind, str]]] = {}
        with self._database.read() as connection:
            for part in parts(sorted(set(profile_ids))):
                for row in connection.execute(query.where(lists.c.profile_id.in_(part))):
                    found[row.profile_id] = {(OfferKind(kind), id) for kind, id in row.offers}
        return found

    def purge(self, before: datetime) -> int:
        """Erase lists made before a moment; return how many."""
        with self._database.write() as connection:
            return connection.execute(delete(lists).where(lists.c.created_at < before)).rowcount


def forget(connection: Connection, profile_id: str) -> None:
    """Erase a profile's lists."""
    connection.execute(delete(lists).where(lists.c.profile_id == profile_id))


def _still_there(connection: Connection, ids: Sequence[str]) -> list[str]:
    # Locks the rows: whoever erases one of the profiles waits, and then finds its list.
    query = select(profiles.c.id).where(profiles.c.id.in_(ids)).order_by(profiles.c.id)
    return list(connection.scalars(query.with_for_update(read=True, key_share=True)))


def _make_room(connection: Connection, new: Sequence[StoredList]) -> None:
    """Delete what the runs of these lists made before, and all but the newest of the others."""
    runs = {one.profile_id: one.run_id for one in new}
    query = select(lists.c.number, lists.c.profile_id, lists.c.run_id)
    there = connection.execute(
        query.where(lists.c.profile_id.in_(runs)).order_by(lists.c.number.desc())
    )
    kept: set[str] = set()
    surplus: list[int] = []
    for number, profile_id, run_id in there:
        if run_id == runs[profile_id] or profile_id in kept:
            surplus.append(number)
        else:
            kept.add(profile_id)
    for part in parts(surplus):
        connection.execute(delete(lists).where(lists.c.number.in_(part)))


def _stored(row: Row[Any]) -> StoredList:
    return StoredList(
        row.profile_id,
        row.run_id,
        row.snapshot,
        row.created_at,
        _ENTRIES.validate_json(row.entries),
    )


def _row(one: StoredList) -> dict[str, object]:
    return {
        "profile_id": one.profile_id,
        "run_id": one.run_id,
        "snapshot": one.snapshot,
        "created_at": one.created_at,
        # The entries are large; to tell what is new, who they are is enough.
        "offers": [[entry.kind, entry.offer_id] for entry in one.entries],
        "entries": _ENTRIES.dump_json(one.entries).decode(),
    }
