from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Connection

from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store import lists
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile


def entry(offer_id: str, rank: int = 1, kind: OfferKind = OfferKind.VACANCY) -> ListEntry:
    return ListEntry(kind, offer_id, rank, 0.75, "good", True, f'{{"offer_id":"{offer_id}"}}')


def stored(profile_id: str, run_id: str, *offer_ids: str, at: datetime = NOON) -> StoredList:
    entries = tuple(entry(id, rank) for rank, id in enumerate(offer_ids, 1))
    return StoredList(profile_id, run_id, "snapshot-1", at, entries)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Those whose lists the tests store."""
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_a_list_comes_back_as_it_was(store: Store) -> None:
    entries = (entry("a"), entry("t", 2, OfferKind.TRAINING))
    made = StoredList("p1", "run-1", "snapshot-1", NOON, entries)
    store.lists.replace_many([made])
    assert store.lists.latest("p1") == made


def test_the_lists_of_a_run_come_in_batches_by_profile_and_may_be_replaced(store: Store) -> None:
    store.profiles.upsert([profile("p3")], NOON)
    old = [stored(id, "run-1", "a") for id in ("p1", "p2", "p3")]
    store.lists.replace_many([*reversed(old[:2]), replace(old[2], run_id="run-0")])
    seen = []
    for batch in store.lists.batches_of("run-1", 1):
        seen.append(batch)
        moved = [replace(one.entries[0], rank_by_fit=4) for one in batch]
        store.lists.replace_many([replace(batch[0], entries=tuple(moved))])
    assert seen == [[old[0]], [old[1]]]
    assert store.lists.latest("p2").entries == (replace(entry("a"), rank_by_fit=4),)
    assert store.lists.latest("p3").entries == (entry("a"),)


def test_a_profile_without_a_list_is_told_how_to_get_one(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no list of profile 'p1'"):
        store.lists.latest("p1")


def test_the_newest_list_is_the_latest(store: Store) -> None:
    for run, offer in enumerate("abc"):
        store.lists.replace_many([stored("p1", f"run-{run}", offer), stored("p2", "run-0", "x")])
    assert store.lists.latest("p1") == stored("p1", "run-2", "c")
    assert store.lists.latest("p2") == stored("p2", "run-0", "x")


def test_offer_ids_are_those_of_the_latest_lists(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a", "b"), stored("p2", "run-1")])
    store.lists.replace_many([stored("p1", "run-2", "b", "c")])
    vacancy = OfferKind.VACANCY
    assert store.lists.offer_ids(["p1", "p2", "p3"]) == {
        "p1": {(vacancy, "b"), (vacancy, "c")},
        "p2": set(),
    }


def test_a_run_that_goes_on_is_compared_with_the_run_before_it(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "z")])
    store.lists.replace_many([stored("p1", "run-2", "b")])
    store.lists.replace_many([stored("p1", "run-2", "c")])
    assert store.lists.latest("p1") == stored("p1", "run-2", "c")
    assert store.lists.offer_ids(["p1", "p2"], before_run="run-2") == {
        "p1": {(OfferKind.VACANCY, "a")},
        "p2": {(OfferKind.VACANCY, "z")},
    }


def test_many_lists_are_more_than_one_statement(store: Store) -> None:
    many = [stored(f"p{n:04d}", "run-1", "a") for n in range(1_000)]
    store.profiles.upsert([profile(one.profile_id) for one in many], NOON)
    store.lists.replace_many(many)
    store.lists.replace_many([stored(one.profile_id, "run-2", "b") for one in many])
    ids = store.lists.offer_ids([one.profile_id for one in many])
    assert ids == {one.profile_id: {(OfferKind.VACANCY, "b")} for one in many}


def test_an_erased_profile_has_no_lists(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "a")])
    store.lists.replace_many([stored("p1", "run-2", "a")])
    store.erase_profile("p1", LATER)
    assert store.lists.offer_ids(["p1", "p2"]) == {"p2": {(OfferKind.VACANCY, "a")}}
    assert store.profiles.changed_since(0, TODAY).removed == ["p1"]


def test_a_closed_profile_can_be_erased_once(store: Store) -> None:
    store.profiles.close(["p1"], NOON)
    store.erase_profile("p1", LATER)
    with pytest.raises(NotFoundError, match="There is no profile 'p1'"):
        store.erase_profile("p1", LATER)


def test_a_night_under_way_brings_no_list_of_an_erased_profile_back(store: Store) -> None:
    made = [stored("p1", "run-1", "a"), stored("p2", "run-1", "b")]
    store.erase_profile("p1", LATER)
    store.lists.replace_many(made)
    store.lists.replace_many([stored("p1", "run-2", "a")])
    assert store.lists.offer_ids(["p1", "p2"]) == {"p2": {(OfferKind.VACANCY, "b")}}


def test_an_erasure_waits_for_the_lists_being_stored_and_takes_them_along(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = lists._make_room
    erasure = Thread(target=store.erase_profile, args=("p1", LATER))

    def slowly(connection: Connection, new: Sequence[StoredList]) -> None:
        erasure.start()
        erasure.join(0.2)
        real(connection, new)

    monkeypatch.setattr(lists, "_make_room", slowly)
    store.lists.replace_many([stored("p1", "run-1", "a")])
    erasure.join()
    assert store.lists.offer_ids(["p1"]) == {}


def test_lists_older_than_the_retention_are_purged(store: Store) -> None:
    early = NOON - timedelta(days=1)
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "a", at=early)])
    store.lists.replace_many([stored("p1", "run-2", "b", at=LATER)])
    assert store.lists.purge(LATER) == 2
    assert store.lists.latest("p1").run_id == "run-2"
    with pytest.raises(NotFoundError):
        store.lists.latest("p2")
