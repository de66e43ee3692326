"""While snapshots are swapped, every answer is wholly of one of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from matcher.config import Settings
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Band, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.encode.records import RecordEncoder
from matcher.index.publication import current, publish
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store
from tests.api.conftest import COACHING, ENCODER, NEED, NOW, PROFILES, TRAINING, VACANCY
from tests.api.service import ApiUnderTest
from tests.snapshots import write_snapshot

READERS = 3
REQUESTS: tuple[tuple[str, str, object], ...] = (
    ("GET", "/v1/profiles/p-oulu/list?lang=en", None),
    ("POST", "/v1/matches", {"profile_id": "p-oulu"}),
    ("GET", "/v1/profiles/p-oulu-2/list", None),
    ("GET", "/health/ready", None),
)


@dataclass(frozen=True, slots=True)
class Swapped:
    """The application, and what it answers with each of two snapshots."""

    api: ApiUnderTest
    answers: dict[str, list[dict[str, Any]]]

    def use(self, snapshot: str) -> None:
        publish(self.api.settings.snapshots, snapshot)


@pytest.fixture
def swapped(region_home: Path, tmp_path: Path) -> Iterator[Swapped]:
    """Two snapshots that hold other offers of every kind, each with its lists."""
    home = tmp_path / "home"
    shutil.copytree(region_home, home)
    settings = Settings(home=home, requests_per_minute=10_000_000)
    first = current(settings.snapshots)
    assert first is not None
    with Store.open(settings.url) as store:
        second = _another(store, settings)
        _list(store, "run-1", first, {OfferKind.VACANCY: "v-welder", OfferKind.NEED: "n-survey"})
        _list(store, "run-2", second, {OfferKind.VACANCY: "v-other", OfferKind.NEED: "n-own"})
    app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    with TestClient(app) as client:
        api = ApiUnderTest(app, client, settings)
        answers = {}
        for snapshot in (first, second):
            publish(settings.snapshots, snapshot)
            answers[snapshot] = [_asked(api, number) for number in range(len(REQUESTS))]
        yield Swapped(api, answers)


@pytest.mark.parametrize("swaps", [10, pytest.param(100, marks=pytest.mark.soak)])
def test_no_answer_is_made_from_two_snapshots(swapped: Swapped, swaps: int) -> None:
    first, second = swapped.answers
    assert all(a != b for a, b in zip(*swapped.answers.values(), strict=True))
    done = Event()
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(_read, swapped.api, done, start) for start in range(READERS)]
        for swap in range(swaps):
            swapped.use(second if swap % 2 else first)
            # Not faster than readers can follow: each snapshot has to be met.
            _asked(swapped.api, swap % len(REQUESTS))
        done.set()
        seen = [answer for reader in readers for answer in reader.result()]
    strange = [
        number
        for number, answer in seen
        if answer not in (swapped.answers[first][number], swapped.answers[second][number])
    ]
    assert strange == []
    met = {
        snapshot
        for number, answer in seen
        for snapshot, answers in swapped.answers.items()
        if answer == answers[number]
    }
    assert met == {first, second}


def test_going_back_brings_the_lists_of_that_snapshot_back(swapped: Swapped) -> None:
    first, second = swapped.answers
    for snapshot in (first, second, first):
        swapped.use(snapshot)
        assert _asked(swapped.api, 0) == swapped.answers[snapshot][0]


def _read(api: ApiUnderTest, done: Event, start: int) -> list[tuple[int, dict[str, Any]]]:
    seen: list[tuple[int, dict[str, Any]]] = []
    number = start
    while not done.is_set():
        number = (number + 1) % len(REQUESTS)
        seen.append((number, _asked(api, number)))
    return seen


def _asked(api: ApiUnderTest, number: int) -> dict[str, Any]:
    """Return an answer without the id that every fresh list has of its own."""
    answer: dict[str, Any] = api.json("coach", *REQUESTS[number])
    return {key: value for key, value in answer.items() if key != "list_id"}


def _another(store: Store, settings: Settings) -> str:
    """Write a snapshot of other offers; the store has those of both from the beginning."""
    other = replace(VACANCY, id="v-other", organisation="Telakka Oy")
    store.offers(OfferKind.VACANCY).upsert([other], NOW)
    records = RecordEncoder(ENCODER)
    offers: dict[OfferKind, list[Offer]] = {
        OfferKind.VACANCY: [other],
        OfferKind.NEED: [replace(NEED, id="n-own")],
        OfferKind.TRAINING: [replace(TRAINING, id="t-other")],
        OfferKind.SERVICE: [replace(COACHING, id="s-other")],
    }
    batches = {
        RecordKind.of_offer(kind): records.encode_offers(found) for kind, found in offers.items()
    }
    batches[RecordKind.PROFILE] = records.encode_profiles(PROFILES[:6])
    return write_snapshot(
        settings.snapshots,
        batches,
        encoder=ENCODER,
        revision=store.revision(),
        now=NOW + timedelta(hours=1),
    )


def _list(store: Store, run: str, snapshot: str, offers: dict[OfferKind, str]) -> None:
    for person in ("p-oulu", "p-oulu-2"):
        entries = tuple(
            ListEntry(kind, id, 1, 0.7, "good", False, codec.dump(_match(person, kind, id)))
            for kind, id in offers.items()
        )
        store.lists.replace_many([StoredList(person, run, snapshot, NOW, entries)])


def _match(person: str, kind: OfferKind, id: str) -> Match:
    return Match(person, id, kind, 1, 0.7, Band.GOOD, (), (), ())
