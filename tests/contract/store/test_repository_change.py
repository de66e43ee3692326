from __future__ import annotations

import pytest

from matcher.errors import ConflictError, NotFoundError
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile


def test_a_change_names_the_revision_that_was_seen(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    seen = store.profiles.info("p1").revision
    store.profiles.change(profile("p1", text="Osaan leipoa."), seen, LATER)
    assert store.profiles.get("p1").text == "Osaan leipoa."
    with pytest.raises(ConflictError):
        store.profiles.change(profile("p1", text="Osaan sorvata."), seen, LATER)
    assert store.profiles.get("p1").text == "Osaan leipoa."


def test_who_is_not_there_is_not_made_by_a_change(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.profiles.change(profile("p1"), 1, NOON)
