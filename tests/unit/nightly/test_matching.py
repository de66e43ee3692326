from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from matcher.config import Settings
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.matcher import Matcher
from matcher.nightly import lists
from matcher.nightly.lists import ListTotals
from matcher.nightly.matching import match_in_workers
from matcher.nightly.pipeline import run_night
from matcher.nightly.shards import ShardMatcher
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples


@dataclass(frozen=True, slots=True)
class FakeMatcher:
    """What a worker process opens: the real matcher with the small encoder."""

    home: Path

    def __call__(self, snapshot: str) -> ShardMatcher:
        settings = Settings(home=self.home)
        store = Store.open(settings.url)
        records = RecordEncoder(FakeEncoder())
        live = Live(settings.snapshots, store, records, lambda: samples.NOW, snapshot)
        matcher = Matcher(live, store, records, settings.retrieve)
        return ShardMatcher(store, matcher)


def test_lists_are_the_same_however_many_processes_make_them(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PROFILES_AT_ONCE", 2)
    alone = samples.tools(tmp_path, store)
    first = run_night(alone)
    expected = samples.lists(tmp_path, store)
    many = replace(alone, match=match_in_workers(FakeMatcher(tmp_path), workers=2))
    second = run_night(many)
    assert samples.lists(tmp_path, store) == expected
    assert second.lists == first.lists
    assert isinstance(second.lists, ListTotals)
    assert second.lists.profiles == 6
