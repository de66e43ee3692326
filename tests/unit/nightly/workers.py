"""What worker processes open; here and not in a test, so that they load little else."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from matcher.config import Settings
from matcher.encode.records import RecordEncoder
from matcher.errors import NotFoundError
from matcher.index.live import Live
from matcher.match.matcher import Matcher
from matcher.nightly.shards import ShardMatcher
from matcher.store.store import Store
from matcher.store.versions import Moment
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples


@dataclass(frozen=True, slots=True)
class FakeMatcher:
    """What a worker process opens: the real matcher with the small encoder."""

    home: Path

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        settings = Settings(home=self.home)
        store = Store.open(settings.url).at(moment)
        records = RecordEncoder(FakeEncoder())
        live = Live(settings.snapshots, store, records, lambda: samples.NOW, snapshot)
        matcher = Matcher(live, store, records, settings.retrieve)
        return ShardMatcher(store, matcher)


@dataclass(frozen=True, slots=True)
class MortalMatcher:
    """Its process is killed the first time that it opens anything."""

    home: Path

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        try:
            (self.home / "killed").touch(exist_ok=False)
        except FileExistsError:
            return FakeMatcher(self.home)(snapshot, moment)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Doomed:
    """Its process is killed whenever it opens anything."""

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError(snapshot, moment)


@dataclass(frozen=True, slots=True)
class Lost:
    """Finds no snapshot."""

    def __call__(self, snapshot: str, moment: Moment) -> ShardMatcher:
        raise NotFoundError("snapshot", snapshot)
