"""The train-ups of the night: for whom, with what, and that they are those of the day."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.domain.offer import OfferKind, Training
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.encode.records import RecordEncoder
from matcher.errors import StoreError
from matcher.index.publication import current
from matcher.match.service import service_over
from matcher.nightly import advising
from matcher.nightly.advising import (
    Advice,
    AdviceShard,
    ShardAdviser,
    TrainUpTotals,
    advise_here,
    advise_in_workers,
)
from matcher.nightly.crew import Processes
from matcher.nightly.journal import Start
from matcher.nightly.pipeline import run_night
from matcher.store.store import Store
from matcher.store.versions import Moment
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples
from tests.unit.nightly.samples import NOW

#: Knows half of what a welder does; the training teaches the other half.
LEARNER = Profile(
    id="p8", competences=(Competence("kokoonpano"), Competence("metallityöt verstaassa"))
)
WELDING = Training(
    id="t2",
    title=LocalText(fi="Hitsaaja"),
    outcomes=("hitsaus", "kokoonpano", "hitsaaja"),
)


@pytest.fixture
def home(tmp_path: Path, store: Store) -> Path:
    store.profiles.upsert([LEARNER], NOW)
    store.offers(OfferKind.TRAINING).upsert([WELDING], NOW)
    return tmp_path


def test_the_night_stores_what_the_day_would_advise(home: Path, store: Store) -> None:
    report = run_night(samples.tools(home, store))
    service = service_over(store, RecordEncoder(FakeEncoder()), Settings(home=home), lambda: NOW)
    ids = ["p1", "p2", "p3", "p4", "p5", "p7", "p8"]
    stored = {id: store.train_ups.find(id, report.built.snapshot) for id in [*ids, "p6"]}
    assert stored.pop("p6") is None  # rests
    profiles = [store.profiles.get(id) for id in ids]
    advised = service.upskiller.advise(profiles, on=report.on)
    brief = service.upskiller.briefly(profiles, on=report.on)
    for id, ups, told in zip(ids, advised, brief, strict=True):
        one = stored[id]
        assert one is not None
        assert (one.snapshot, one.trainings) == (current(home / "snapshots"), told)
        assert [(up.steps[0].training_id, up.opens, up.rise) for up in ups.single] == [
            (up.training_id, up.opens, up.rise) for up in told
        ]
        assert [
            [(at.offer_id, at.before, at.after, at.score_after) for at in up.opened]
            for up in ups.single
        ] == [
            [(at.offer_id, at.band_before, at.band_after, at.score_after) for at in up.opened]
            for up in told
        ]
    helped = sum(bool(one and one.trainings) for one in stored.values())
    trainings = sum(len(one.trainings) for one in stored.values() if one)
    assert report.train_ups == TrainUpTotals(7, helped, trainings)
    assert helped > 0


def test_above_the_bound_nobody_is_advised(home: Path, store: Store) -> None:
    run_night(samples.tools(home, store))
    tools = samples.tools(home, store, NOW.replace(hour=3))
    bounded = replace(tools, settings=tools.settings.model_copy(update={"train_up_pairs": 11}))
    report = run_night(bounded)  # 2 trainings and 6 jobs
    assert report.train_ups == TrainUpTotals()
    assert store.train_ups.find("p8", report.built.snapshot) is None


@dataclass(frozen=True, slots=True)
class MortalAdviser:
    """Its process is killed the first time that it opens anything."""

    home: Path

    def __call__(self, snapshot: str, moment: Moment) -> ShardAdviser:
        try:
            (self.home / "killed").touch(exist_ok=False)
        except FileExistsError:
            settings = Settings(home=self.home)
            store, records = Store.open(settings.url).at(moment), RecordEncoder(FakeEncoder())
            service = service_over(store, records, settings, lambda: NOW, snapshot)
            return ShardAdviser(store, service.upskiller)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def advised(store: Store, snapshot: str) -> list[object]:
    found = (store.train_ups.find(id, snapshot) for id in store.profiles.ids())
    return [one and one.trainings for one in found]


@pytest.mark.usefixtures("all_anew")
def test_a_worker_that_is_killed_changes_no_advice(home: Path, store: Store) -> None:
    first = run_night(samples.tools(home, store))
    advise = advise_in_workers(MortalAdviser(home), Processes(2))
    second = run_night(replace(samples.tools(home, store, NOW.replace(hour=4)), advise=advise))
    assert (home / "killed").exists()
    assert advised(store, second.built.snapshot) == advised(store, first.built.snapshot)
    assert any(advised(store, second.built.snapshot))


def test_a_night_taken_up_advises_only_who_has_no_advice_yet(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advising, "PEOPLE_AT_ONCE", 2)
    tools = samples.tools(home, store)
    advise = advise_here(tools.settings, store, RecordEncoder(FakeEncoder()), lambda: NOW)
    asked: list[str] = []

    def broken(shards: Iterable[AdviceShard]) -> Iterator[Advice]:
        for number, advice in enumerate(advise(shards)):
            if number == 2:
                raise StoreError("The disk is full.", remedy="Make room.")
            yield advice

    def noting(shards: Iterable[AdviceShard]) -> Iterator[Advice]:
        def told() -> Iterator[AdviceShard]:
            for shard in shards:
                asked.extend(shard.profile_ids)
                yield shard

        yield from advise(told())

    with pytest.raises(StoreError):
        run_night(replace(tools, advise=broken))
    report = run_night(replace(samples.tools(home, store), advise=noting), Start.RESUME)
    assert asked == ["p5", "p7", "p8"]
    assert report.train_ups is not None
    assert report.train_ups.profiles == 3
    assert store.train_ups.find("p1", report.built.snapshot) is not None
