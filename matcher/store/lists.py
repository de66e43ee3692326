"""The match lists that the night makes: the current one of each profile and the one before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.schema import lists

_CURRENT: Final = "current"
_PREVIOUS: Final = "previous"


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
        The whole match as JSON.
    """

    kind: OfferKind
    offer_id: str
    rank: int
    score: float
    band: str
    is_new: bool
    payload: str


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

    def replace(
        self,
        profile_id: str,
        entries: Sequence[ListEntry],
        run_id: str,
        snapshot: str,
        created_at: datetime,
    ) -> None:
        """Store a profile's new list."""
        self.replace_many([StoredList(profile_id, run_id, snapshot, created_at, tuple(entries))])

    def replace_many(self, new: Sequence[StoredList]) -> None:
        """Store the new lists of many profiles, all or nothing.

        The current list becomes the previous one, unless the same run made it: a run that
        is taken up again does not push yesterday's lists out.
        """
        by_profile = {one.profile_id: one for one in new}
        with self._database.write() as connection:
            for part in parts(sorted(by_profile)):
                _make_room(connection, [by_profile[profile_id] for profile_id in part])
                connection.execute(insert(lists), [_row(by_profile[id]) for id in part])

    def latest(self, profile_id: str) -> StoredList:
        """Return a profile's current list.

        Raises
        ------
        NotFoundError
            If no run has made one yet.
        """
        query = select(lists).where(_is(_CURRENT), lists.c.profile_id == profile_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError("list of profile", profile_id, remedy="Run matcher nightly.")
        return StoredList(
            row.profile_id,
            row.run_id,
            row.snapshot,
            row.created_at,
            _ENTRIES.validate_json(row.entries),
        )

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
        query = (
            select(lists.c.profile_id, lists.c.entries)
            .where(lists.c.run_id != before_run)
            .order_by(lists.c.generation.desc())
        )
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for part in parts(sorted(set(profile_ids))):
                rows = connection.execute(query.where(lists.c.profile_id.in_(part)))
                found.update((row.profile_id, row.entries) for row in rows)
        return {
            profile_id: {(entry.kind, entry.offer_id) for entry in _ENTRIES.validate_json(text)}
            for profile_id, text in found.items()
        }

    def forget(self, profile_id: str) -> None:
        """Erase a profile's lists."""
        with self._database.write() as connection:
            connection.execute(delete(lists).where(lists.c.profile_id == profile_id))

    def purge(self, before: datetime) -> int:
        """Erase lists made before a moment; return how many."""
        with self._database.write() as connection:
            return connection.execute(delete(lists).where(lists.c.created_at < before)).rowcount


def _is(generation: str) -> ColumnElement[bool]:
    return lists.c.generation == generation


def _make_room(connection: Connection, new: Sequence[StoredList]) -> None:
    runs = {one.profile_id: one.run_id for one in new}
    query = select(lists.c.profile_id, lists.c.run_id)
    there = connection.execute(query.where(_is(_CURRENT), lists.c.profile_id.in_(runs))).all()
    again = [row.profile_id for row in there if row.run_id == runs[row.profile_id]]
    older = [row.profile_id for row in there if row.run_id != runs[row.profile_id]]
    connection.execute(delete(lists).where(_is(_CURRENT), lists.c.profile_id.in_(again)))
    connection.execute(delete(lists).where(_is(_PREVIOUS), lists.c.profile_id.in_(older)))
    aged = update(lists).where(_is(_CURRENT), lists.c.profile_id.in_(older))
    connection.execute(aged.values(generation=_PREVIOUS))


def _row(one: StoredList) -> dict[str, object]:
    return {
        "profile_id": one.profile_id,
        "generation": _CURRENT,
        "run_id": one.run_id,
        "snapshot": one.snapshot,
        "created_at": one.created_at,
        "entries": _ENTRIES.dump_json(one.entries).decode(),
    }
