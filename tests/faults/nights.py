"""Nights over a small grown region, each in a process of its own, and what they leave."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import sleep
from typing import Any, Final

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from matcher.config import Settings
from matcher.domain.offer import OFFER_TYPES, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.errors import MatcherError
from matcher.index import publication
from matcher.index.snapshot import open_snapshot
from matcher.ingest.ids import OWN
from matcher.ingest.own import OFFER_KINDS, thing_from
from matcher.ingest.rows import ImportKind
from matcher.nightly import advising, lists, spread
from matcher.nightly.advising import advise_here
from matcher.nightly.golden import GoldenSet
from matcher.nightly.journal import KIND, NightState, Start
from matcher.nightly.matching import match_here
from matcher.nightly.pipeline import run_night
from matcher.nightly.reading import read_here
from matcher.nightly.tools import Tools
from matcher.region.generate import Sizes, region_stream
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.faults.breaking import Breaking, at_call, calls_of

YESTERDAY: Final = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
TODAY: Final = YESTERDAY + timedelta(days=1)
TOMORROW: Final = TODAY + timedelta(days=1)
SIZES: Final = Sizes(profiles=12, offers=24)
#: Trainings and services of a grown region are many even if it is small.
MOST: Final = 20
#: Numbers that differ by no more are the same.
SAME_WITHIN: Final = 1e-4
#: A few, so that there are several shards.
AT_ONCE: Final = 5
_NEW, _GONE = 4, 3
#: So many people are the golden set.
GOLDEN: Final = 4

#: Forked from one process that has loaded everything, also what is loaded late, so that a
#: night begins at once.
_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(
    [
        *(__name__, "numba", "scipy.optimize", "sklearn.feature_extraction.text"),
        *("sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg"),
    ]
)


class End(IntEnum):
    """How a night's process ended; a crash of any other kind has another exit code."""

    PUBLISHED = 0
    TOLD = 3


@dataclass(frozen=True, slots=True)
class Home:
    """Where an installation lies: a folder, and the URL of its store; and when its night begins."""

    folder: Path
    url: str
    now: datetime = TODAY

    @classmethod
    def embedded(cls, folder: Path) -> Home:
        return cls(folder, f"sqlite:///{folder / 'store.sqlite'}")

    @property
    def settings(self) -> Settings:
        return Settings(home=self.folder, database_url=self.url)

    @property
    def snapshots(self) -> Path:
        return self.settings.snapshots


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers are served: a snapshot, and for everybody the entries of the list."""

    snapshot: str | None
    lists: Mapping[str, list[Any]]


def settle(home: Home) -> None:
    """Fill a store with the region, run yesterday's night, and let some offers come and go."""
    with Store.open(home.url) as store:
        later = []
        for kind, rows in region_stream(SIZES, np.random.default_rng(7)):
            things = [thing_from(ImportKind(kind), row, OWN) for row in islice(rows, MOST)]
            if kind == ImportKind.PROFILES.value:
                store.profiles.upsert(
                    [one for one in things if isinstance(one, Profile)], YESTERDAY
                )
                continue
            offer_kind = OFFER_KINDS[ImportKind(kind)]
            offers = [one for one in things if isinstance(one, OFFER_TYPES[offer_kind])]
            if offer_kind is OfferKind.VACANCY:
                later, offers = offers[:_NEW], offers[_NEW:]
            store.offers(offer_kind).upsert(offers, YESTERDAY)
        _night(home, store, YESTERDAY, Start.FRESH)
        vacancies = store.offers(OfferKind.VACANCY)
        vacancies.close(vacancies.ids()[-_GONE:], TODAY)
        vacancies.upsert(later, TODAY)


def meet_people(home: Home) -> None:
    """Let one person say something else and one come: all other lists can be taken over."""
    with Store.open(home.url) as store:
        # Not of the first ones, who are the golden set.
        *_, first, second = store.profiles.page(limit=2 * GOLDEN)
        said = replace(first, competences=second.competences)
        store.profiles.upsert([said, replace(second, id=f"{second.id}-too")], home.now)


def run(home: Home, start: Start, at: int = 0, breaking: Breaking | None = None) -> int:
    """Run tonight's night in a process of its own; return its exit code.

    Parameters
    ----------
    home
        Of the installation.
    start
        Whether it is taken up.
    at, breaking
        At which call what happens to it; nothing does if it is left out.
    """
    process = _FORKED.Process(target=_tonight, args=(home, start, at, breaking))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def take_up(home: Home) -> int:
    """Take up tonight's night unless it had ended before it was disturbed; return how it ends."""
    with Store.open(home.url) as store:
        night = store.runs.latest(KIND)
        assert night is not None
        if night.state == NightState.PUBLISHED and night.started_at == home.now:
            return End.PUBLISHED
    return run(home, Start.RESUME)


def run_and_kill(home: Home, start: Start, after: float) -> None:
    """Run tonight's night and kill it from outside after some seconds."""
    process = _FORKED.Process(target=_tonight, args=(home, start, 0, None))
    process.start()
    sleep(after)
    process.kill()
    process.join()


def count_calls(home: Home) -> int:
    """Run tonight's night in a process of its own; return how many calls it makes."""
    here, there = _FORKED.Pipe(duplex=False)
    process = _FORKED.Process(target=_counted, args=(home, there))
    process.start()
    calls = here.recv()
    process.join()
    assert isinstance(calls, int)
    return calls


def standing(home: Home) -> Standing:
    """Read what is served, checking all that a reader would."""
    snapshot = publication.current(home.snapshots)
    if snapshot is None:
        return Standing(None, {})
    open_snapshot(home.snapshots, snapshot, FakeEncoder())
    with Store.open(home.url) as store:
        found = store.lists.of_snapshot(store.profiles.ids(), snapshot)
    entries = {id: [_plain(entry) for entry in one.entries] for id, one in sorted(found.items())}
    return Standing(snapshot, entries)


def advice(home: Home) -> list[Any]:
    """Read which trainings are advised to everybody, with what is served."""
    snapshot = publication.current(home.snapshots)
    with Store.open(home.url) as store:
        found = store.train_ups.find_many(store.profiles.ids(), snapshot or "")
    return [[one.profile_id, [asdict(each) for each in one.trainings]] for one in found]


def unlike(one: list[Any], other: list[Any]) -> list[str]:
    """Return where two pieces of advice differ."""
    return _differences("advice", one, other)


def differences(one: Standing, other: Standing) -> list[str]:
    """Return where two standings differ, numbers by more than scores may."""
    if one.snapshot != other.snapshot:
        return [f"{one.snapshot} != {other.snapshot}"]
    return _differences("lists", one.lists, other.lists)


def _differences(where: str, one: Any, other: Any) -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [
            text for key in one for text in _differences(f"{where}.{key}", one[key], other[key])
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [text for place, pair in pairs for text in _differences(f"{where}[{place}]", *pair)]
    numbers = isinstance(one, float) and isinstance(other, float)
    same = abs(one - other) <= SAME_WITHIN if numbers else one == other
    return [] if same else [f"{where}: {one!r} != {other!r}"]


def damages(home: Home) -> list[str]:
    """Return what is wrong with an embedded store; its files are read as they lie."""
    with sqlite3.connect(home.folder / "store.sqlite") as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        broken = [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    connection.close()
    return [text for text in found if text != "ok"] + broken


def litter(home: Home) -> list[str]:
    """Return what a night that ended well must not leave: half-written files, lists of nobody."""
    parts = [path for pattern in ("*.part", ".building-*") for path in home.folder.rglob(pattern)]
    with Store.open(home.url) as store:
        night = store.runs.latest(KIND)
        assert night is not None
        states = [] if night.state == NightState.PUBLISHED else [f"the night is {night.state}"]
    kept = {info.name for info in publication.list_snapshots(home.snapshots)}
    return [str(path) for path in parts] + states + _other_lists(home, kept)


def _other_lists(home: Home, snapshots: Iterable[str]) -> list[str]:
    with Store.open(home.url) as store:
        return [f"{store.lists.keep(list(snapshots))} lists"] * bool(
            store.lists.keep(list(snapshots))
        )


def _tonight(home: Home, start: Start, at: int, breaking: Breaking | None) -> None:
    """The whole of a night's process."""
    with threadpool_limits(1):
        if breaking is not None:
            at_call(at, breaking)
        try:
            with Store.open(home.url) as store:
                _night(home, store, home.now, start)
        except MatcherError as error:
            sys.setprofile(None)
            os.write(2, f"{error}\n".encode())
            sys.exit(End.TOLD)


def _counted(home: Home, there: Any) -> None:
    there.send(calls_of(lambda: _tonight(home, Start.FRESH, 0, None)))


def _night(home: Home, store: Store, now: datetime, start: Start) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "PROFILES_AT_ONCE", AT_ONCE)
        patch.setattr(spread, "PROFILES_AT_ONCE", AT_ONCE)
        patch.setattr(advising, "PEOPLE_AT_ONCE", AT_ONCE)
        run_night(_tools(home, store, now), start)


def _tools(home: Home, store: Store, now: datetime) -> Tools:
    encoder, settings = FakeEncoder(), home.settings

    def clock() -> datetime:
        return now

    people = store.profiles.page(limit=GOLDEN)
    ads = store.offers(OfferKind.VACANCY).page(limit=8)
    golden = GoldenSet(tuple(people), tuple(ads), {one.id: {ads[0].id: 3} for one in people})
    match = match_here(settings, store, RecordEncoder(encoder), clock)
    advise = advise_here(settings, store, RecordEncoder(encoder), clock)
    rng = np.random.default_rng(0)
    read, told = read_here(store), lambda *_: None
    return Tools(settings, store, encoder, golden, (), read, match, advise, clock, rng, told)


def _plain(entry: ListEntry) -> dict[str, Any]:
    return entry._asdict() | {"payload": json.loads(entry.payload)}
