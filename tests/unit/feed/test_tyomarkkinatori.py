"""Everything once, then what changed; the cursor moves only when both passes are stored."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from matcher.domain.offer import OfferKind
from matcher.errors import FeedError, InputError, StoreError
from matcher.feed.endpoint import TRIES, Caller
from matcher.feed.tyomarkkinatori import Fetch
from matcher.ingest.importer import Missing
from matcher.ingest.tyomarkkinatori import SOURCE
from matcher.store.records import State
from matcher.store.store import Store
from tests.unit.feed.board import Board, Fault, posting
from tests.unit.feed.conftest import NOW

HOUR = timedelta(hours=1)
BEFORE, DURING = "2026-08-20T10:00:00", "2026-09-01T03:20:00"


@pytest.fixture
def fetched(board: Board, fetch: Fetch) -> Fetch:
    """A feed of which everything was fetched at `NOW`."""
    board.rows = [posting(f"a-{i}", BEFORE) for i in range(4)]
    fetch.changes(NOW)
    board.asked.clear()
    return fetch


def open_ids(store: Store) -> list[str]:
    return store.offers(OfferKind.VACANCY).ids(SOURCE)


def title(store: Store, id: str) -> str | None:
    return store.offers(OfferKind.VACANCY).get(f"{SOURCE}:{id}").title.fi


def fetched_to(store: Store) -> object:
    cursor = store.feeds.get(SOURCE)
    return cursor and cursor.fetched_to


def test_the_first_fetch_asks_for_everything(board: Board, fetch: Fetch, store: Store) -> None:
    board.rows = [posting("a-1", BEFORE), posting("a-2", BEFORE, archived=BEFORE)]
    report = fetch.changes(NOW)
    assert board.asked == [{"onlyStatus": "PUBLISHED"}]
    assert open_ids(store) == [f"{SOURCE}:a-1"]
    assert (report.since, report.open, report.passes["snapshot"].new) == (None, 1, 1)
    assert fetched_to(store) == NOW


def test_a_later_fetch_asks_for_changes_then_for_what_was_archived(
    board: Board, fetched: Fetch, store: Store
) -> None:
    board.rows[0] = posting("a-0", DURING, title="Keittiömestari")
    board.rows[1] = posting("a-1", DURING, archived=DURING)
    board.rows.append(posting("a-9", DURING))
    report = fetched.changes(NOW + HOUR)
    window = {"from": "2026-09-01T02:50:00", "to": "2026-09-01T04:00:00"}
    assert board.asked == [
        {"modified": window},
        {"onlyStatus": "ARCHIVED", "archived": window},
    ]
    assert open_ids(store) == [f"{SOURCE}:a-{i}" for i in (0, 2, 3, 9)]
    assert title(store, "a-0") == "Keittiömestari"
    assert report.passes["modified"].new == 1
    assert fetched_to(store) == NOW + HOUR


def test_what_is_archived_is_closed_even_if_its_own_fields_do_not_say_so(
    board: Board, fetched: Fetch, store: Store
) -> None:
    board.faults.extend(
        [Fault(), Fault(body=lambda _: b'{"metadata":{"externalId":"a-2"},"position":{}}\n')]
    )
    fetched.changes(NOW + HOUR)
    state = store.offers(OfferKind.VACANCY).info(f"{SOURCE}:a-2").state
    assert state is State.CLOSED


@pytest.mark.parametrize("broken", [0, 1], ids=["changes", "archived"])
def test_the_cursor_stays_when_a_pass_fails(
    broken: int, board: Board, fetched: Fetch, store: Store
) -> None:
    board.rows[0] = posting("a-0", DURING, title="Keittiömestari")
    board.rows[1] = posting("a-1", DURING, archived=DURING)
    board.faults.extend([Fault()] * broken + [Fault(500)] * TRIES)
    with pytest.raises(FeedError):
        fetched.changes(NOW + HOUR)
    assert fetched_to(store) == NOW
    fetched.changes(NOW + 2 * HOUR)
    assert title(store, "a-0") == "Keittiömestari"
    assert open_ids(store) == [f"{SOURCE}:a-{i}" for i in (0, 2, 3)]


def test_windows_follow_each_other_without_a_gap(board: Board, fetched: Fetch) -> None:
    for hours in (1, 2, 5):
        fetched.changes(NOW + hours * HOUR)
    windows = [asked["modified"] for asked in board.asked if "modified" in asked]
    for earlier, later in pairwise(windows):
        assert later["from"] < earlier["to"]


def test_a_clock_that_was_ahead_hides_no_change(board: Board, fetched: Fetch, store: Store) -> None:
    fetched.changes(NOW + 48 * HOUR)  # by the wrong clock
    board.rows[0] = posting("a-0", DURING, title="Keittiömestari")
    del board.rows[1]
    board.asked.clear()
    fetched.changes(NOW + HOUR)
    fetched.changes(NOW + 2 * HOUR)
    window = {"from": "2026-09-01T03:50:00", "to": "2026-09-01T05:00:00"}
    assert [*board.asked[0]] == ["onlyStatus"]
    assert board.asked[1:] == [
        {"modified": window},
        {"onlyStatus": "ARCHIVED", "archived": window},
    ]
    assert title(store, "a-0") == "Keittiömestari"
    assert open_ids(store) == [f"{SOURCE}:a-{i}" for i in (0, 2, 3)]


def test_clocks_that_differ_by_minutes_still_ask_for_changes(board: Board, fetched: Fetch) -> None:
    fetched.changes(NOW - HOUR / 12)
    window = {"from": "2026-09-01T02:50:00", "to": "2026-09-01T02:55:00"}
    assert board.asked[0] == {"modified": window}


def test_nothing_changed_is_no_fault(board: Board, fetched: Fetch, store: Store) -> None:
    report = fetched.changes(NOW + HOUR)
    assert (report.passes, report.open) == ({}, 4)
    assert fetched_to(store) == NOW + HOUR


def test_a_snapshot_closes_what_is_no_longer_published(
    board: Board, fetched: Fetch, store: Store
) -> None:
    del board.rows[0]
    report = fetched.snapshot(NOW + HOUR, Missing.CLOSE)
    assert report.passes["snapshot"].closed == 1
    assert open_ids(store) == [f"{SOURCE}:a-{i}" for i in (1, 2, 3)]


@pytest.mark.parametrize("left", [0, 1])
def test_a_snapshot_that_lost_most_closes_nothing(
    left: int, board: Board, fetched: Fetch, store: Store
) -> None:
    board.rows = board.rows[:left]
    with pytest.raises(InputError, match=r"[Nn]othing was closed"):
        fetched.snapshot(NOW + HOUR, Missing.CLOSE)
    assert len(open_ids(store)) == 4
    assert fetched_to(store) == NOW


@pytest.mark.usefixtures("fetched")
def test_other_regions_are_another_feed(
    board: Board, store: Store, caller: Caller, tmp_path: Path
) -> None:
    northern = Fetch(store, caller, regions=("17",), folder=tmp_path / "feeds")
    northern.changes(NOW + HOUR)
    assert board.asked == [{"regionIn": ["17"], "onlyStatus": "PUBLISHED"}]


def test_a_row_that_cannot_be_used_is_kept_and_the_rest_stored(
    board: Board, fetched: Fetch, store: Store
) -> None:
    board.rows += [posting("", DURING), posting("a-9", DURING)]
    report = fetched.changes(NOW + HOUR)
    assert report.passes["modified"].quarantined == 1
    [row] = store.quarantine.all("ads")
    assert row.field == "metadata.externalId"
    assert "Mallikas" not in row.raw
    assert f"{SOURCE}:a-9" in open_ids(store)


def test_two_fetches_exclude_each_other(fetched: Fetch, store: Store) -> None:
    store.runs.acquire(f"fetch {SOURCE}", "another", NOW, HOUR)
    with pytest.raises(StoreError, match="held by another"):
        fetched.changes(NOW)


def test_no_answer_stays_on_the_disk(
    board: Board, fetched: Fetch, store: Store, tmp_path: Path
) -> None:
    board.faults.extend([Fault(), *[Fault(500)] * TRIES])
    board.rows.append(posting("a-9", DURING))
    with pytest.raises(FeedError):
        fetched.changes(NOW + HOUR)
    assert list((tmp_path / "feeds").iterdir()) == []
