"""The journal of nights and other runs, and the lock that keeps two from running at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from matcher.errors import NotFoundError
from matcher.store import locks
from matcher.store.database import Database
from matcher.store.revisions import numbering
from matcher.store.schema import run_steps, runs

#: How many runs one looks back.
_LAST: Final = 100

StepState: TypeAlias = Literal["started", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a run's journal."""

    name: str
    state: StepState
    detail: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its journal.

    Parameters
    ----------
    id, kind
        Which run of what, as in ``"nightly"``.
    state
        ``"running"`` until it is finished, then what it was finished with.
    started_at, finished_at
        From when till when, in UTC; None while it runs.
    report
        What it was finished with; empty before.
    steps
        The journal in its order: a step appears once when it starts and once when it ends.
    """

    id: str
    kind: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    report: dict[str, Any]
    steps: tuple[Step, ...]

    def done(self) -> frozenset[str]:
        """Return the names of the steps that are done."""
        return frozenset(step.name for step in self.steps if step.state == "done")


class Runs:
    """The runs, and their lock."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, kind: str, now: datetime) -> str:
        """Open a run; return its id, which starts with kind and time."""
        same = select(func.count()).select_from(runs)
        with self._database.write() as connection, numbering(connection):
            base = f"{kind}-{now:%Y%m%dT%H%M%S}"
            taken = connection.execute(same.where(runs.c.id.startswith(base))).scalar_one()
            id = f"{base}-{taken + 1}" if taken else base
            connection.execute(
                insert(runs).values(id=id, kind=kind, state="running", started_at=now, report={})
            )
        return id

    def step(
        self, run_id: str, name: str, state: StepState, detail: Mapping[str, Any], now: datetime
    ) -> None:
        """Write one line into a run's journal.

        Raises
        ------
        NotFoundError
            If there is no such run.
        """
        lines = select(func.count()).select_from(run_steps).where(run_steps.c.run_id == run_id)
        with self._database.write() as connection:
            _check(connection, run_id)
            connection.execute(
                insert(run_steps).values(
                    run_id=run_id,
                    position=connection.execute(lines).scalar_one(),
                    name=name,
                    state=state,
                    detail=dict(detail),
                    at=now,
                )
            )

    def finish(self, run_id: str, state: str, report: Mapping[str, Any], now: datetime) -> None:
        """Close a run.

        Raises
        ------
        NotFoundError
            If there is no such run.
        """
        this = update(runs).where(runs.c.id == run_id)
        with self._database.write() as connection:
            _check(connection, run_id)
            connection.execute(this.values(state=state, report=dict(report), finished_at=now))

    def get(self, run_id: str) -> Run:
        """Return a run with its journal.

        Raises
        ------
        NotFoundError
            If there is no such run.
        """
        with self._database.read() as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).one_or_none()
            if row is None:
                raise NotFoundError("run", run_id)
            return _run(connection, row)

    def latest(self, kind: str) -> Run | None:
        """Return the run of a kind that started last; None if there is none."""
        query = select(runs).where(runs.c.kind == kind)
        with self._database.read() as connection:
            row = connection.execute(
                query.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(1)
            ).one_or_none()
            return None if row is None else _run(connection, row)

    def reports(self, kind: str, state: str) -> list[dict[str, Any]]:
        """Return what the last runs of a kind and state were finished with, newest first."""
        query = select(runs.c.report).where(runs.c.kind == kind, runs.c.state == state)
        newest = query.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(_LAST)
        with self._database.read() as connection:
            return list(connection.scalars(newest))

    def purge(self, before: datetime) -> int:
        """Erase runs that began before a moment and have ended, with journals; return how many."""
        old = delete(runs).where(runs.c.started_at < before, runs.c.finished_at.is_not(None))
        with self._database.write() as connection:
            return connection.execute(old).rowcount

    def acquire(self, name: str, holder: str, now: datetime, stale_after: timedelta) -> None:
        """Take a lock that is free, stale or the holder's own.

        Raises
        ------
        StoreError
            If somebody else holds it: who, where and since when.
        """
        # Holding the numbers keeps a second process from finding the lock free as well.
        with self._database.write() as connection, numbering(connection):
            locks.acquire(connection, name, holder, now, stale_after)

    def heartbeat(self, name: str, holder: str, now: datetime) -> None:
        """Tell that the holder is alive.

        Raises
        ------
        StoreError
            If the lock is no longer the holder's.
        """
        with self._database.write() as connection:
            locks.heartbeat(connection, name, holder, now)

    def release(self, name: str, holder: str) -> None:
        """Give a lock back; one that is not the holder's stays as it is."""
        with self._database.write() as connection:
            locks.release(connection, name, holder)


def _check(connection: Connection, run_id: str) -> None:
    # Locks the row: the lines of one journal are written one after the other.
    query = select(runs.c.id).where(runs.c.id == run_id).with_for_update()
    if connection.scalar(query) is None:
        raise NotFoundError("run", run_id)


def _run(connection: Connection, row: Row[tuple[object, ...]]) -> Run:
    lines = select(run_steps).where(run_steps.c.run_id == row.id).order_by(run_steps.c.position)
    return Run(
        id=row.id,
        kind=row.kind,
        state=row.state,
        started_at=row.started_at,
        finished_at=row.finished_at,
        report=row.report,
        steps=tuple(
            Step(line.name, line.state, line.detail, line.at) for line in connection.execute(lines)
        ),
    )
