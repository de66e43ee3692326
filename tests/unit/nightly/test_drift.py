from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.index.publication import current
from matcher.nightly import drift
from matcher.nightly.drift import Change, churn_gate, drift_gate
from matcher.nightly.gates import Gate
from matcher.nightly.journal import NightState, Start
from matcher.nightly.pipeline import run_night
from matcher.nightly.shards import Rows, Shard
from matcher.nightly.tools import Tools
from matcher.store.lists import ListEntry
from matcher.store.store import Store
from tests.unit.nightly import samples

TOMORROW = samples.NOW + timedelta(days=1)
KEPT = Change(OfferKind.VACANCY, 0.0)
MOVED = Change(OfferKind.VACANCY, 0.06)
GONE = Change(OfferKind.VACANCY, None)


def test_churn_is_the_share_of_matches_that_stay() -> None:
    (figure,) = churn_gate([KEPT, MOVED, *[GONE] * 2] * 25)
    assert (figure.gate, figure.kind) == (Gate.CHURN, RecordKind.VACANCY)
    assert (figure.value, figure.at_least, figure.passed) == (0.5, 0.5, True)
    assert figure.told == "50 of 100 matches that could stay"
    assert not churn_gate([KEPT, *[GONE] * 2] * 34)[0].passed


def test_drift_is_the_share_of_what_stays_with_nearly_the_same_score() -> None:
    (figure,) = drift_gate([*[KEPT] * 9, MOVED, GONE] * 10)
    assert (figure.gate, figure.value, figure.passed) == (Gate.DRIFT, 0.9, True)
    assert not drift_gate([*[KEPT] * 4, MOVED] * 20)[0].passed


def test_a_few_matches_are_told_but_not_judged() -> None:
    (figure,) = churn_gate([GONE] * 99)
    assert (figure.value, figure.passed) == (0.0, True)
    assert figure.told == "0 of 99 matches that could stay; fewer than 100 are not judged"


def test_each_kind_is_judged_by_itself() -> None:
    figures = churn_gate([*[GONE] * 100, *[Change(OfferKind.NEED, 0.0)] * 100])
    assert {figure.kind: figure.passed for figure in figures} == {
        RecordKind.VACANCY: False,
        RecordKind.NEED: True,
    }


def changed(tools: Tools, change: Callable[[ListEntry], ListEntry | None]) -> Tools:
    """Return tools whose lists have other entries than the matcher makes."""

    def match(shards: Iterable[Shard]) -> Iterator[Rows]:
        for rows in tools.match(shards):
            changes = {id: map(change, entries) for id, entries in rows.items()}
            yield {id: tuple(filter(None, entries)) for id, entries in changes.items()}

    return replace(tools, match=match)


def worse(entry: ListEntry) -> ListEntry:
    return entry._replace(score=entry.score - 0.1)


def without_vacancies(entry: ListEntry) -> ListEntry | None:
    return None if entry.kind is OfferKind.VACANCY else entry


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small region has few matches: here they are enough to be judged."""
    monkeypatch.setattr(drift, "FEW", 5)


@pytest.mark.usefixtures("judged", "all_anew")
@pytest.mark.parametrize(("change", "gate"), [(worse, Gate.DRIFT), (without_vacancies, Gate.CHURN)])
def test_lists_that_moved_far_are_refused_and_yesterdays_stay(
    tmp_path: Path, store: Store, change: Callable[[ListEntry], ListEntry | None], gate: Gate
) -> None:
    yesterday = run_night(samples.tools(tmp_path, store)).built.snapshot
    before = samples.lists(tmp_path, store)
    tools = changed(samples.tools(tmp_path, store, TOMORROW), change)
    refused = run_night(tools)
    assert refused.state is NightState.REFUSED
    assert {(one.gate, one.kind) for one in refused.judged.refused} == {(gate, RecordKind.VACANCY)}
    assert current(tmp_path / "snapshots") == yesterday
    assert samples.lists(tmp_path, store) == before
    assert (tmp_path / "reports" / f"{refused.run_id}.json").is_file()

    accepted = run_night(tools, Start.RESUME, [gate])
    assert (accepted.state, accepted.run_id) == (NightState.PUBLISHED, refused.run_id)
    assert current(tmp_path / "snapshots") == refused.built.snapshot
    entries = {id: list(filter(None, map(change, one))) for id, one in before.items()}
    after = samples.lists(tmp_path, store)
    assert {id: [one.score for one in found] for id, found in after.items()} == {
        id: [one.score for one in found] for id, found in entries.items()
    }


@pytest.mark.usefixtures("judged", "all_anew")
def test_what_is_no_longer_open_is_no_churn(tmp_path: Path, store: Store) -> None:
    run_night(samples.tools(tmp_path, store))
    store.offers(OfferKind.VACANCY).close(["v1"], TOMORROW)
    report = run_night(samples.tools(tmp_path, store, TOMORROW))
    churn = {one.kind: one for one in report.judged.figures if one.gate is Gate.CHURN}
    assert report.state is NightState.PUBLISHED
    assert churn[RecordKind.VACANCY].value == 1.0


@pytest.mark.usefixtures("judged", "all_anew")
def test_after_a_refusal_a_night_without_accepting_makes_everything_anew(
    tmp_path: Path, store: Store
) -> None:
    run_night(samples.tools(tmp_path, store))
    refused = run_night(changed(samples.tools(tmp_path, store, TOMORROW), worse))
    mended = samples.tools(tmp_path, store, TOMORROW + timedelta(minutes=5))
    report = run_night(mended, Start.RESUME)
    assert (report.state, report.run_id) == (NightState.PUBLISHED, refused.run_id)
    assert report.built.snapshot != refused.built.snapshot


@pytest.mark.usefixtures("judged", "all_anew")
def test_lists_that_were_refused_do_not_stay_for_ever(tmp_path: Path, store: Store) -> None:
    run_night(samples.tools(tmp_path, store))
    refused = run_night(changed(samples.tools(tmp_path, store, TOMORROW), worse))
    assert store.lists.people_of(refused.run_id) == [*samples.SKILLS, "p7"]
    run_night(samples.tools(tmp_path, store, TOMORROW + timedelta(hours=1)))
    assert store.lists.people_of(refused.run_id) == []
