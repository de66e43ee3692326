from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.encode.records import RecordEncoder
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import Region


@pytest.fixture
def region(store_file: Path, tmp_path: Path) -> Iterator[Region]:
    """An empty region."""
    with Store.open(f"sqlite:///{store_file}") as store:
        yield Region(store, RecordEncoder(FakeEncoder(256)), tmp_path / "snapshots")
