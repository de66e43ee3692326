"""The match lists that the night makes.

A list belongs to the snapshot that it was made from, and is served with that one: as soon as
another snapshot is published, its lists are those that readers find, and nothing has to be
done here. What a night has made of a snapshot that is not published yet nobody sees.

A row holds the order of a list, which is small and is read and written again when lists are
spread, apart from its matches, which are large and are written once.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)

from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.schema import lists, profiles, runs


class ListEntry(NamedTuple):
    """One match in a list.

    A tuple, like `Place`: a night makes millions of them.

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


class Place(NamedTuple):
    """Where a match stands in a list; what explains it is left where it is stored.

    A tuple: a night reads and writes millions of them, and makes one in a fifth of the time.

    Parameters
    ----------
    kind, offer_id, rank, score, band, is_new, rank_by_fit
        As in `ListEntry`.
    number
        Which of the stored matches it is, from 0.
    """

    kind: OfferKind
    offer_id: str
    rank: int
    score: float
    band: str
    is_new: bool
    rank_by_fit: int | None
    number: int


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What stands where in a profile's list.

    Parameters
    ----------
    profile_id
        Whose.
    places
        Best first within each kind of offer.
    """

    profile_id: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class StoredList:
    """A profile's list.

    Parameters
    ----------
    profile_id
        Whose.
    run_id, created_at
        The run that made it, and when that began.
    snapshot
        What it was made from.
    entries
        Best first within each kind of offer.
    ranker
        Revision of the weights that made it; None if it is older than such revisions.
    origin
        Fingerprint of all that it was made from: another list of the same origin is the same,
        but for what is new. None if that is not known.
    """

    profile_id: str
    run_id: str
    snapshot: str
    created_at: datetime
    entries: tuple[ListEntry, ...]
    ranker: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Carrying:
    """A run that takes lists over.

    Parameters
    ----------
    run_id, created_at
        The run, and when it began.
    snapshot
        With which they are served from then on.
    """

    run_id: str
    created_at: datetime
    snapshot: str


#: By name: to look one up takes a fraction of making it.
_KINDS: Final = {kind.value: kind for kind in OfferKind}
#: The fields of a place behind its kind.
_placed: Final = itemgetter(*Place._fields[1:])
#: Matches repeat each other so much that the fastest level leaves an eighth of them.
_LEVEL: Final = 1
#: As it stands in a row that a match is new, and is not; texts have their quotes escaped.
_NEW_AND_AGED: Final = ('"is_new":true', '"is_new":false')
#: Stands between matches, and never within one: compact JSON has no line breaks.
_BETWEEN: Final = ",\n"


class Lists:
    """The match lists of all profiles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_many(self, new: Sequence[StoredList]) -> None:
        """Store lists of many profiles, all or nothing, beside those of other runs.

        What the same run has made for a profile before is replaced. Lists of profiles that
        have been erased since they were made are left out.
        """
        by_profile = {one.profile_id: one for one in new}
        with self._database.write() as connection:
            for part in parts(sorted(by_profile)):
                there = [by_profile[id] for id in _still_there(connection, part)]
                if there:
                    _make_room(connection, there)
                    connection.execute(insert(lists), [_row(one) for one in there])

    def of_origin(self, snapshot: str, origins: Mapping[str, str]) -> dict[str, int]:
        """Return the lists of a snapshot that were made from the same as others would be.

        Parameters
        ----------
        snapshot
            With which they are served.
        origins
            Of those others, by profile.

        Returns
        -------
        dict
            Their numbers, by profile.
        """
        columns = select(lists.c.number, lists.c.profile_id, lists.c.origin)
        query = columns.where(lists.c.snapshot == snapshot).order_by(lists.c.number)
        with self._database.read() as connection:
            rows = [
                row
                for part in parts(sorted(origins))
                for row in connection.execute(query.where(lists.c.profile_id.in_(part)))
            ]
        newest = {row.profile_id: row for row in rows}
        return {id: row.number for id, row in newest.items() if row.origin == origins[id]}

    def carry_over(self, run: Carrying, numbers: Collection[int]) -> list[ListOrder]:
        """Copy lists for a run, all or nothing; nothing in the copies is new.

        What the run has made for the same profiles before is replaced. The matches never leave
        the database. Lists that have been erased meanwhile are left out.

        Parameters
        ----------
        run
            Takes them over.
        numbers
            Of the lists.

        Returns
        -------
        list of ListOrder
            What the copies hold, by profile.
        """
        copied: list[ListOrder] = []
        with self._database.write() as connection:
            for part in parts(sorted(numbers)):
                query = select(lists.c.profile_id, lists.c.entries).where(lists.c.number.in_(part))
                rows = connection.execute(query.order_by(lists.c.profile_id)).all()
                ids = [row.profile_id for row in rows]
                _still_there(connection, ids)
                of_run = lists.c.run_id == run.run_id, lists.c.profile_id.in_(ids)
                connection.execute(delete(lists).where(*of_run))
                connection.execute(_copy(run, part))
                copied += [
                    ListOrder(row.profile_id, read_places(_aged(row.entries))) for row in rows
                ]
        return sorted(copied, key=lambda one: one.profile_id)

    def served(self, profile_id: str, snapshot: str) -> StoredList:
        """Return a profile's list that is served with a snapshot.

        Raises
        ------
        NotFoundError
            If no night has made one with it, or it is no longer kept.
        """
        query = select(lists).where(lists.c.profile_id == profile_id, lists.c.snapshot == snapshot)
        with self._database.read() as connection:
            newest = query.order_by(lists.c.number.desc()).limit(1)
            row = connection.execute(newest).one_or_none()
        if row is None:
            raise NotFoundError("list of profile", profile_id, remedy="Run matcher nightly.")
        return _stored(row)

    def people_of(self, run_id: str) -> list[str]:
        """Return the ids of the profiles for which a run has made a list, sorted."""
        query = select(lists.c.profile_id).where(lists.c.run_id == run_id)
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(lists.c.profile_id)))

    def made(self, profile_ids: Collection[str], run_id: str) -> set[str]:
        """Return for which of some profiles a run has made a list."""
        query = select(lists.c.profile_id).where(lists.c.run_id == run_id)
        with self._database.read() as connection:
            return {
                id
                for part in parts(sorted(set(profile_ids)))
                for id in connection.scalars(query.where(lists.c.profile_id.in_(part)))
            }

    def of_snapshot(self, profile_ids: Collection[str], snapshot: str) -> dict[str, StoredList]:
        """Return the lists of some profiles that are served with a snapshot, by profile."""
        query = select(lists).where(lists.c.snapshot == snapshot).order_by(lists.c.number)
        with self._database.read() as connection:
            return {
                row.profile_id: _stored(row)
                for part in parts(sorted(set(profile_ids)))
                for row in connection.execute(query.where(lists.c.profile_id.in_(part)))
            }

    def places_of_run(
        self, profile_ids: Collection[str], run_id: str
    ) -> dict[str, tuple[Place, ...]]:
        """Return what stands where in the lists that a run has made for some profiles."""
        return self._places(profile_ids, lists.c.run_id == run_id)

    def places_of_snapshot(
        self, profile_ids: Collection[str], snapshot: str
    ) -> dict[str, tuple[Place, ...]]:
        """Return what stands where in the lists of some profiles, served with a snapshot."""
        return self._places(profile_ids, lists.c.snapshot == snapshot)

    def orders_of(self, run_id: str, size: int) -> Iterator[list[ListOrder]]:
        """Yield the orders of the lists that a run has made, by profile; each may change then."""
        made = select(lists.c.profile_id, lists.c.entries).where(lists.c.run_id == run_id)
        query = made.order_by(lists.c.profile_id)
        after = ""
        while True:
            with self._database.read() as connection:
                later = query.where(lists.c.profile_id > after).limit(size)
                rows = connection.execute(later).all()
            if not rows:
                return
            after = rows[-1].profile_id
            yield [ListOrder(row.profile_id, read_places(row.entries)) for row in rows]

    def reorder(self, run_id: str, orders: Sequence[ListOrder]) -> None:
        """Give lists that a run has made another order, all or nothing.

        A profile that has been erased since has no list that could be changed.
        """
        if orders:
            written = [
                {"profile": one.profile_id, "run": run_id, "order": _written(one.places)}
                for one in orders
            ]
            with self._database.write() as connection:
                connection.execute(_REORDER, written)

    def offer_ids(
        self, profile_ids: Collection[str], snapshot: str
    ) -> dict[str, set[tuple[OfferKind, str]]]:
        """Return the offers in the lists of a snapshot, to tell what is new in other ones.

        Parameters
        ----------
        profile_ids
            Whose lists; profiles without one are absent from the result.
        snapshot
            Name of the snapshot that they were made from.
        """
        return {
            id: {(place.kind, place.offer_id) for place in places}
            for id, places in self.places_of_snapshot(profile_ids, snapshot).items()
        }

    def keep(self, snapshots: Collection[str], held: Collection[str] = ()) -> int:
        """Erase the lists of all snapshots but some, but for held people; return how many."""
        others = lists.c.snapshot.not_in(sorted(snapshots))
        with self._database.write() as connection:
            kept = lists.c.profile_id.not_in(sorted(held))
            return connection.execute(delete(lists).where(others, kept)).rowcount

    def drop_unpublished(self, published: str, served: str | None) -> None:
        """Erase what runs made that never published it.

        Parameters
        ----------
        published
            The state of runs that did.
        served
            Snapshot whose lists stay all the same: a run that was killed right after
            publishing is not known to have done so.
        """
        unpublished = select(runs.c.id).where(runs.c.state != published)
        theirs = delete(lists).where(lists.c.run_id.in_(unpublished))
        if served is not None:
            theirs = theirs.where(lists.c.snapshot != served)
        with self._database.write() as connection:
            connection.execute(theirs)

    def purge(self, before: datetime, held: Collection[str] = ()) -> int:
        """Erase lists made before a moment, but for people who are held; return how many."""
        old = delete(lists).where(lists.c.created_at < before)
        with self._database.write() as connection:
            kept = lists.c.profile_id.not_in(sorted(held))
            return connection.execute(old.where(kept)).rowcount

    def _places(
        self, profile_ids: Collection[str], condition: ColumnElement[bool]
    ) -> dict[str, tuple[Place, ...]]:
        made = select(lists.c.profile_id, lists.c.entries).where(condition)
        query = made.order_by(lists.c.number)
        with self._database.read() as connection:
            return {
                row.profile_id: read_places(row.entries)
                for part in parts(sorted(set(profile_ids)))
                for row in connection.execute(query.where(lists.c.profile_id.in_(part)))
            }


def read_places(written: str) -> tuple[Place, ...]:
    """Return what stands where in a list, in its order."""
    make = tuple.__new__  # to call the class takes a quarter more of all this
    return tuple(
        [make(Place, (_KINDS[one["kind"]], *_placed(one))) for one in orjson.loads(written)]
    )


def read_entries(written: str, payload: bytes) -> tuple[ListEntry, ...]:
    """Return the entries of a list as they were handed in.

    Parameters
    ----------
    written, payload
        Its order and its matches, as they are stored.
    """
    matches = zlib.decompress(payload).decode()[1:-1].split(_BETWEEN)
    return tuple(
        ListEntry(
            place.kind,
            place.offer_id,
            place.rank,
            place.score,
            place.band,
            place.is_new,
            matches[place.number],
            place.rank_by_fit,
        )
        for place in read_places(written)
    )


def forget(connection: Connection, profile_id: str) -> None:
    """Erase a profile's lists."""
    connection.execute(delete(lists).where(lists.c.profile_id == profile_id))


def _still_there(connection: Connection, ids: Sequence[str]) -> list[str]:
    # Locks the rows: whoever erases one of the profiles waits, and then finds its list.
    query = select(profiles.c.id).where(profiles.c.id.in_(ids)).order_by(profiles.c.id)
    return list(connection.scalars(query.with_for_update(read=True, key_share=True)))


def _make_room(connection: Connection, new: Sequence[StoredList]) -> None:
    """Delete what the runs of these lists have made for the same profiles before."""
    by_run: dict[str, list[str]] = {}
    for one in new:
        by_run.setdefault(one.run_id, []).append(one.profile_id)
    for run_id, ids in by_run.items():
        same = (lists.c.run_id == run_id, lists.c.profile_id.in_(ids))
        connection.execute(delete(lists).where(*same))


def _stored(row: Row[Any]) -> StoredList:
    return StoredList(
        row.profile_id,
        row.run_id,
        row.snapshot,
        row.created_at,
        read_entries(row.entries, row.payload),
        row.ranker,
        row.origin,
    )


def _row(one: StoredList) -> dict[str, object]:
    places = [
        Place(
            entry.kind,
            entry.offer_id,
            entry.rank,
            entry.score,
            entry.band,
            entry.is_new,
            entry.rank_by_fit,
            number,
        )
        for number, entry in enumerate(one.entries)
    ]
    matches = _BETWEEN.join(entry.payload for entry in one.entries)
    return {
        "profile_id": one.profile_id,
        "run_id": one.run_id,
        "snapshot": one.snapshot,
        "ranker": one.ranker,
        "origin": one.origin,
        "created_at": one.created_at,
        "entries": _written(places),
        "payload": zlib.compress(f"[{matches}]".encode(), _LEVEL),
    }


def _copy(run: Carrying, numbers: Sequence[int]) -> Insert:
    """Return what copies rows for another run, with nothing new in them."""
    columns = {
        "profile_id": lists.c.profile_id,
        "run_id": literal(run.run_id),
        "snapshot": literal(run.snapshot),
        "ranker": lists.c.ranker,
        "origin": lists.c.origin,
        "created_at": literal(run.created_at, lists.c.created_at.type),
        "entries": func.replace(lists.c.entries, *_NEW_AND_AGED),
        "payload": lists.c.payload,
    }
    copied = select(*columns.values()).where(lists.c.number.in_(numbers))
    return insert(lists).from_select(list(columns), copied)


def _aged(written: str) -> str:
    return written.replace(*_NEW_AND_AGED)


def _written(places: Sequence[Place]) -> str:
    return orjson.dumps([place._asdict() for place in places]).decode()


_REORDER: Final = (
    update(lists)
    .where(lists.c.run_id == bindparam("run"), lists.c.profile_id == bindparam("profile"))
    .values(entries=bindparam("order"))
)
