from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import LocalCluster

from matcher.errors import InputError, NotFoundError, NotReadyError
from matcher.nightly import crew, lists
from matcher.nightly.cluster import match_on_cluster
from matcher.nightly.crew import Processes
from matcher.nightly.lists import ListTotals
from matcher.nightly.matching import match_in_workers
from matcher.nightly.pipeline import run_night
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from tests.unit.nightly import samples
from tests.unit.nightly.workers import Doomed, FakeMatcher, Lost, MortalMatcher

#: What one night has made another takes over: here both are to make it.
pytestmark = pytest.mark.usefixtures("all_anew")


def test_lists_are_the_same_however_many_processes_make_them(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PROFILES_AT_ONCE", 2)
    alone = samples.tools(tmp_path, store)
    first = run_night(alone)
    expected = samples.lists(tmp_path, store)
    many = replace(alone, match=match_in_workers(FakeMatcher(tmp_path), Processes(2)))
    second = run_night(many)
    assert samples.lists(tmp_path, store) == expected
    assert second.lists == first.lists
    assert isinstance(second.lists, ListTotals)
    assert second.lists.profiles == 6


@pytest.fixture
def expected(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> dict[str, tuple[ListEntry, ...]]:
    """The lists that one process makes, in small shards."""
    monkeypatch.setattr(lists, "PROFILES_AT_ONCE", 2)
    run_night(samples.tools(tmp_path, store))
    return samples.lists(tmp_path, store)


def test_a_worker_that_is_killed_changes_nothing(
    tmp_path: Path, store: Store, expected: dict[str, tuple[ListEntry, ...]]
) -> None:
    match = match_in_workers(MortalMatcher(tmp_path), Processes(2))
    report = run_night(replace(samples.tools(tmp_path, store), match=match))
    assert samples.lists(tmp_path, store) == expected
    assert report.lists is not None
    assert report.lists.profiles == 6


def test_workers_that_die_again_and_again_end_the_night_with_a_remedy(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "LOSSES", 1)
    tools = replace(samples.tools(tmp_path, store), match=match_in_workers(Doomed(), Processes(2)))
    with pytest.raises(NotReadyError, match=r"died 2 times.*--resume with fewer --workers"):
        run_night(tools)


def test_what_a_worker_says_of_its_trouble_arrives_whole(tmp_path: Path, store: Store) -> None:
    tools = replace(samples.tools(tmp_path, store), match=match_in_workers(Lost(), Processes(1)))
    with pytest.raises(NotFoundError, match="There is no snapshot") as raised:
        run_night(tools)
    assert raised.value.kind == "snapshot"


@pytest.fixture
def scheduler() -> Iterator[LocalCluster]:
    """A scheduler with two workers, each a process with a keeper that starts it again."""
    with LocalCluster(  # type: ignore[no-untyped-call]  # Dask's own signature has no types
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


# Dask warns of what a killed process leaves behind.
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_makes_the_same_lists_also_when_a_worker_is_killed(
    tmp_path: Path,
    store: Store,
    expected: dict[str, tuple[ListEntry, ...]],
    scheduler: LocalCluster,
) -> None:
    match = match_on_cluster(MortalMatcher(tmp_path), scheduler.scheduler_address)
    report = run_night(replace(samples.tools(tmp_path, store), match=match))
    assert (tmp_path / "killed").exists()
    assert samples.lists(tmp_path, store) == expected
    assert report.lists is not None
    assert report.lists.profiles == 6


def test_an_address_where_nobody_answers_is_told(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matcher.nightly.cluster._ANSWERS_WITHIN", 0.2)
    match = match_on_cluster(MortalMatcher(tmp_path), "tcp://127.0.0.1:9")
    with pytest.raises(InputError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9\."):
        run_night(replace(samples.tools(tmp_path, store), match=match))
