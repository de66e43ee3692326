"""The train-ups that the night makes: one a profile and snapshot, served and erased with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from matcher.domain.decision import Basis, Inputs
from matcher.domain.upskill import BriefTrainUp
from matcher.store import codec
from matcher.store.database import Database, parts
from matcher.store.schema import train_ups
from matcher.store.writes import hold_people


@dataclass(frozen=True, slots=True)
class StoredTrainUps:
    """What was advised to one person.

    Parameters
    ----------
    profile_id
        Whose.
    snapshot, ranker
        What it was made with.
    made_at
        When it was begun, in UTC: what was stored of the person later it does not know.
    trainings
        What opens most, first.
    record
        What the record of it is made of once it is shown; None if a night made it before it
        kept that.
    origin
        Fingerprint of all that it was made from: another of the same origin is the same. None
        if that is not known.
    """

    profile_id: str
    snapshot: str
    ranker: str
    made_at: datetime
    trainings: tuple[BriefTrainUp, ...]
    record: Recorded | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Under which id, with what and from what a train-up was made."""

    list_id: str
    basis: Basis
    inputs: Inputs


class TrainUpLists:
    """The train-ups of each person, one with each snapshot that is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_many(self, made: Sequence[StoredTrainUps]) -> None:
        """Store train-ups beside those of other snapshots; who was erased is left out.

        What was made with the same snapshot for a person before is replaced.
        """
        by_profile = {(one.profile_id, one.snapshot): one for one in made}
        with self._database.write() as connection:
            there = hold_people(connection, {id for id, _ in by_profile})
            for snapshot in sorted({one.snapshot for one in made}):
                ids = sorted(id for id, of in by_profile if of == snapshot and id in there)
                for part in parts(ids):
                    same = (train_ups.c.snapshot == snapshot, train_ups.c.profile_id.in_(part))
                    connection.execute(delete(train_ups).where(*same))
                    rows = [_row(by_profile[id, snapshot]) for id in part]
                    connection.execute(insert(train_ups), rows)

    def find(self, profile_id: str, snapshot: str) -> StoredTrainUps | None:
        """Return what a night has advised to a person with a snapshot; None if nothing is."""
        mine = (train_ups.c.profile_id == profile_id, train_ups.c.snapshot == snapshot)
        with self._database.read() as connection:
            row = connection.execute(select(train_ups).where(*mine)).one_or_none()
        return None if row is None else _stored(row)

    def of_origin(self, snapshot: str, origins: Mapping[str, str]) -> set[str]:
        """Return whose train-ups of a snapshot were made from the same as others would be.

        Parameters
        ----------
        snapshot
            With which they are served.
        origins
            Of those others, by profile.
        """
        query = select(train_ups.c.profile_id, train_ups.c.origin)
        of_snapshot = query.where(train_ups.c.snapshot == snapshot)
        with self._database.read() as connection:
            return {
                row.profile_id
                for part in parts(sorted(origins))
                for row in connection.execute(of_snapshot.where(train_ups.c.profile_id.in_(part)))
                if row.origin == origins[row.profile_id]
            }

    def find_many(self, profile_ids: Sequence[str], snapshot: str) -> list[StoredTrainUps]:
        """Return what a night has advised to some people with a snapshot, by profile."""
        query = select(train_ups).where(train_ups.c.snapshot == snapshot)
        in_order = query.order_by(train_ups.c.profile_id)
        with self._database.read() as connection:
            return [
                _stored(row)
                for part in parts(sorted(profile_ids))
                for row in connection.execute(in_order.where(train_ups.c.profile_id.in_(part)))
            ]

    def made(self, profile_ids: Sequence[str], snapshot: str) -> set[str]:
        """Return whose train-ups were made with a snapshot."""
        query = select(train_ups.c.profile_id).where(train_ups.c.snapshot == snapshot)
        with self._database.read() as connection:
            return {
                id
                for part in parts(profile_ids)
                for id in connection.execute(
                    query.where(train_ups.c.profile_id.in_(part))
                ).scalars()
            }

    def keep(self, snapshots: Collection[str], held: Collection[str] = ()) -> int:
        """Erase those of all snapshots but some, but for held people; return how many."""
        others = train_ups.c.snapshot.not_in(sorted(snapshots))
        with self._database.write() as connection:
            kept = train_ups.c.profile_id.not_in(sorted(held))
            return connection.execute(delete(train_ups).where(others, kept)).rowcount

    def purge(self, before: datetime, held: Collection[str] = ()) -> int:
        """Erase those made before a moment, but for people who are held; return how many."""
        old = delete(train_ups).where(train_ups.c.made_at < before)
        with self._database.write() as connection:
            kept = train_ups.c.profile_id.not_in(sorted(held))
            return connection.execute(old.where(kept)).rowcount


@dataclass(frozen=True, slots=True)
class Trainings:
    """What the payload of a row holds."""

    trainings: tuple[BriefTrainUp, ...]
    record: Recorded | None = None


def forget_train_ups(connection: Connection, profile_id: str) -> None:
    """Erase what was advised to a person."""
    connection.execute(delete(train_ups).where(train_ups.c.profile_id == profile_id))


def _stored(row: Row[Any]) -> StoredTrainUps:
    held = codec.load(Trainings, row.payload)
    return StoredTrainUps(
        row.profile_id,
        row.snapshot,
        row.ranker,
        row.made_at,
        held.trainings,
        held.record,
        row.origin,
    )


def _row(one: StoredTrainUps) -> dict[str, object]:
    return {
        "profile_id": one.profile_id,
        "snapshot": one.snapshot,
        "ranker": one.ranker,
        "made_at": one.made_at,
        "payload": codec.dump(Trainings(one.trainings, one.record)),
        "origin": one.origin,
    }
