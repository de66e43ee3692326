from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.nightly import unchanged
from matcher.store.store import Store
from tests.unit.nightly import samples


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as store:
        samples.fill(store)
        yield store


@pytest.fixture
def all_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nights make every list, as if an offer had changed in the meantime."""
    monkeypatch.setattr(unchanged, "offers_changed", lambda *_: True)
