"""The train-ups that the night makes: one a profile, made with one snapshot, erased with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

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
    """

    profile_id: str
    snapshot: str
    ranker: str
    made_at: datetime
    trainings: tuple[BriefTrainUp, ...]


class TrainUpLists:
    """The newest train-up of each person of whom there is one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_many(self, made: Sequence[StoredTrainUps]) -> None:
        """Store train-ups in the place of those before; who was erased meanwhile is left out."""
        by_profile = {one.profile_id: one for one in made}
        with self._database.write() as connection:
            for part in parts(sorted(by_profile)):
                rows = [_row(by_profile[id]) for id in sorted(hold_people(connection, part))]
                connection.execute(delete(train_ups).where(train_ups.c.profile_id.in_(part)))
                if rows:
                    connection.execute(insert(train_ups), rows)

    def find(self, profile_id: str) -> StoredTrainUps | None:
        """Return what was last advised to a person; None if nothing is stored."""
        query = select(train_ups).where(train_ups.c.profile_id == profile_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return StoredTrainUps(
            row.profile_id,
            row.snapshot,
            row.ranker,
            row.made_at,
            codec.load(Trainings, row.payload).trainings,
        )

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

    def keep(self, snapshot: str, held: Collection[str] = ()) -> int:
        """Erase what was made with other snapshots, but for held people; return how many."""
        others = train_ups.c.snapshot != snapshot
        with self._database.write() as connection:
            kept = train_ups.c.profile_id.not_in(sorted(held))
            return connection.execute(delete(train_ups).where(others, kept)).rowcount


@dataclass(frozen=True, slots=True)
class Trainings:
    """What the payload of a row holds."""

    trainings: tuple[BriefTrainUp, ...]


def forget_train_ups(connection: Connection, profile_id: str) -> None:
    """Erase what was advised to a person."""
    connection.execute(delete(train_ups).where(train_ups.c.profile_id == profile_id))


def _row(one: StoredTrainUps) -> dict[str, object]:
    return {
        "profile_id": one.profile_id,
        "snapshot": one.snapshot,
        "ranker": one.ranker,
        "made_at": one.made_at,
        "payload": codec.dump(Trainings(one.trainings)),
    }
