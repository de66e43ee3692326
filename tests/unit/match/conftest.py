from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.encode.records import RecordEncoder
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import Region


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to copy, which is quicker than to migrate anew for every test."""
    path = tmp_path_factory.mktemp("match") / "store.sqlite"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def region(empty_store: Path, tmp_path: Path) -> Iterator[Region]:
    """An empty region."""
    path = tmp_path / "store.sqlite"
    shutil.copy(empty_store, path)
    with Store.open(f"sqlite:///{path}") as store:
        yield Region(store, RecordEncoder(FakeEncoder(256)), tmp_path / "snapshots")
