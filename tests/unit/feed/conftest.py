"""A board, a store, and a fetch between them whose waits are written down, not waited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from matcher.feed.endpoint import Caller, Endpoint
from matcher.feed.tyomarkkinatori import Fetch
from matcher.store.store import Store
from tests.unit.feed.board import HEADER, KEY, Board, served

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def board() -> Iterator[Board]:
    with served() as one:
        yield one


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        yield opened


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the caller would have waited."""
    return []


@pytest.fixture
def caller(board: Board, waits: list[float]) -> Iterator[Caller]:
    with httpx2.Client(timeout=5, trust_env=False) as client:
        yield Caller(client, Endpoint(board.url, HEADER, KEY), lambda: NOW, waits.append)


@pytest.fixture
def fetch(store: Store, caller: Caller, tmp_path: Path) -> Fetch:
    return Fetch(store, caller, regions=(), folder=tmp_path / "feeds")
