"""What is read in one go is of one state, and what only reads does not write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile, vacancy


def test_within_the_block_nothing_changes_whoever_writes_meanwhile(store: Store) -> None:
    store.profiles.upsert([profile("p1", text="Osaan hitsata.")], NOON)
    with ThreadPoolExecutor(1) as others:
        with store.reading():
            before = store.moment()
            others.submit(store.profiles.upsert, [profile("p1", text="Muu.")], LATER).result()
            assert store.profiles.get("p1").text == "Osaan hitsata."
            assert (store.moment(), store.revision()) == (before, before.revision)
            assert others.submit(store.profiles.get, "p1").result().text == "Muu."
        assert store.profiles.get("p1").text == "Muu."


def test_a_block_within_a_block_goes_on_with_its_state(store: Store) -> None:
    with ThreadPoolExecutor(1) as others, store.reading():
        assert store.profiles.ids() == []
        with store.reading():
            others.submit(store.profiles.upsert, [profile("p1")], NOON).result()
            assert store.profiles.ids() == []
        assert store.profiles.ids() == []


def test_writing_in_the_block_is_refused_and_possible_behind_it(store: Store) -> None:
    vacancies = store.offers(OfferKind.VACANCY)
    with store.reading(), pytest.raises(RuntimeError, match="must not write"):
        vacancies.upsert([vacancy("v1")], NOON)
    vacancies.upsert([vacancy("v1")], NOON)
    assert vacancies.ids() == ["v1"]


def test_an_error_in_the_block_ends_it(store: Store) -> None:
    with pytest.raises(NotFoundError), store.reading():
        store.profiles.get("nobody")
    store.profiles.upsert([profile("p1")], NOON)
    assert store.profiles.get("p1").id == "p1"
