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
from matcher.store.lists import Carrying, ListEntry, StoredList
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile


def entry(offer_id: str, rank: int = 1, kind: OfferKind = OfferKind.VACANCY) -> ListEntry:
    return ListEntry(kind, offer_id, rank, 0.75, "good", True, f'{{"offer_id":"{offer_id}"}}')


def stored(profile_id: str, run_id: str, *offer_ids: str, at: datetime = NOON) -> StoredList:
    """A list of run-N, which was made with snapshot-N."""
    entries = tuple(entry(id, rank) for rank, id in enumerate(offer_ids, 1))
    return StoredList(profile_id, run_id, run_id.replace("run", "snapshot"), at, entries)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Those whose lists the tests store."""
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_a_list_comes_back_as_it_was(store: Store) -> None:
    entries = (entry("a"), entry("t", 2, OfferKind.TRAINING))
    made = StoredList("p1", "run-1", "snapshot-1", NOON, entries, "prior-1")
    store.lists.replace_many([made])
    assert store.lists.served("p1", "snapshot-1") == made


def test_the_orders_of_a_run_come_in_batches_by_profile_and_may_be_changed(store: Store) -> None:
    store.profiles.upsert([profile("p3")], NOON)
    old = [stored(id, "run-1", "a", "b") for id in ("p1", "p2", "p3")]
    store.lists.replace_many([*reversed(old[:2]), replace(old[2], run_id="run-0")])
    seen = []
    for batch in store.lists.orders_of("run-1", 1):
        seen += batch
        first, second = batch[0].places
        turned = (second._replace(rank=1, rank_by_fit=2), first._replace(rank=2, rank_by_fit=1))
        store.lists.reorder("run-1", [replace(batch[0], places=turned)])
    assert [(one.profile_id, [each.offer_id for each in one.places]) for one in seen] == [
        ("p1", ["a", "b"]),
        ("p2", ["a", "b"]),
    ]
    assert store.lists.served("p2", "snapshot-1").entries == (
        entry("b", 1)._replace(rank_by_fit=2),
        entry("a", 2)._replace(rank_by_fit=1),
    )
    assert store.lists.served("p3", "snapshot-1").entries == (entry("a"), entry("b", 2))


def test_the_order_of_somebody_erased_meanwhile_is_no_list(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "a")])
    [orders] = store.lists.orders_of("run-1", 10)
    store.erase_profile("p1", LATER)
    store.lists.reorder("run-1", orders)
    assert store.lists.people_of("run-1") == ["p2"]


def test_a_list_of_the_same_origin_is_taken_over_and_nothing_in_it_is_new(store: Store) -> None:
    made = replace(stored("p1", "run-1", "a", "b"), origin="same")
    other = replace(stored("p2", "run-1", "a"), origin="before")
    store.lists.replace_many([made, other])
    same = store.lists.of_origin("snapshot-1", {"p1": "same", "p2": "now", "p3": "same"})
    assert list(same) == ["p1"]
    carried = store.lists.carry_over(Carrying("run-2", LATER, "snapshot-2"), same.values())
    assert [(one.profile_id, [each.is_new for each in one.places]) for one in carried] == [
        ("p1", [False, False])
    ]
    expected = replace(
        made,
        run_id="run-2",
        snapshot="snapshot-2",
        created_at=LATER,
        entries=tuple(each._replace(is_new=False) for each in made.entries),
    )
    assert store.lists.served("p1", "snapshot-2") == expected
    assert store.lists.served("p1", "snapshot-1") == made
    again = store.lists.carry_over(Carrying("run-2", LATER, "snapshot-2"), same.values())
    assert again == carried
    assert store.lists.people_of("run-2") == ["p1"]


def test_lists_of_unknown_origin_or_of_somebody_erased_are_not_taken_over(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a")])
    assert store.lists.of_origin("snapshot-1", {"p1": "any"}) == {}
    store.lists.replace_many([replace(stored("p1", "run-1", "a"), origin="any")])
    numbers = store.lists.of_origin("snapshot-1", {"p1": "any"}).values()
    store.erase_profile("p1", LATER)
    assert store.lists.carry_over(Carrying("run-2", LATER, "snapshot-2"), numbers) == []
    assert store.lists.people_of("run-2") == []


def test_of_lists_with_the_same_snapshot_only_the_newest_is_taken_over(store: Store) -> None:
    store.lists.replace_many([replace(stored("p1", "run-1", "a"), origin="old")])
    later = replace(stored("p1", "run-2", "b"), snapshot="snapshot-1", origin="new")
    store.lists.replace_many([later])
    assert store.lists.of_origin("snapshot-1", {"p1": "old"}) == {}


def test_a_profile_without_a_list_is_told_how_to_get_one(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no list of profile 'p1'"):
        store.lists.served("p1", "snapshot-1")


def test_lists_of_several_snapshots_stand_beside_each_other(store: Store) -> None:
    for run, offer in enumerate("abc"):
        store.lists.replace_many([stored("p1", f"run-{run}", offer)])
    served = [store.lists.served("p1", f"snapshot-{n}") for n in range(3)]
    assert served == [stored("p1", f"run-{n}", offer) for n, offer in enumerate("abc")]
    with pytest.raises(NotFoundError, match="list of profile 'p1'"):
        store.lists.served("p1", "snapshot-3")


def test_of_two_runs_with_the_same_snapshot_the_later_one_is_served(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a")])
    later = replace(stored("p1", "run-2", "b"), snapshot="snapshot-1")
    store.lists.replace_many([later])
    assert store.lists.served("p1", "snapshot-1") == later
    assert store.lists.of_snapshot(["p1", "p2"], "snapshot-1") == {"p1": later}


def test_offer_ids_are_those_of_the_lists_of_a_snapshot(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a", "b"), stored("p2", "run-1")])
    store.lists.replace_many([stored("p1", "run-2", "b", "c")])
    vacancy = OfferKind.VACANCY
    assert store.lists.offer_ids(["p1", "p2", "p3"], "snapshot-1") == {
        "p1": {(vacancy, "a"), (vacancy, "b")},
        "p2": set(),
    }
    assert store.lists.offer_ids(["p1", "p2"], "snapshot-2") == {
        "p1": {(vacancy, "b"), (vacancy, "c")}
    }


def offers_of_run(store: Store, run_id: str) -> dict[str, list[str]]:
    found = store.lists.places_of_run(["p1", "p2"], run_id)
    return {id: [place.offer_id for place in places] for id, places in found.items()}


def test_a_run_that_makes_a_list_again_replaces_its_own(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "z")])
    store.lists.replace_many([stored("p1", "run-2", "b")])
    store.lists.replace_many([stored("p1", "run-2", "c")])
    assert offers_of_run(store, "run-1") == {"p1": ["a"], "p2": ["z"]}
    assert offers_of_run(store, "run-2") == {"p1": ["c"]}


def test_it_is_known_for_whom_a_run_has_made_lists(store: Store) -> None:
    store.lists.replace_many([stored("p2", "run-1"), stored("p1", "run-1", "a")])
    store.lists.replace_many([stored("p1", "run-2", "a")])
    assert store.lists.people_of("run-1") == ["p1", "p2"]
    assert store.lists.made(["p1", "p2", "p3"], "run-2") == {"p1"}


def test_only_lists_of_the_snapshots_to_go_back_to_are_kept(store: Store) -> None:
    for run in range(4):
        store.lists.replace_many([stored("p1", f"run-{run}", "a"), stored("p2", f"run-{run}")])
    assert store.lists.keep(["snapshot-2", "snapshot-3"]) == 4
    assert [store.lists.people_of(f"run-{run}") for run in range(4)] == [
        *([], []),
        *(["p1", "p2"], ["p1", "p2"]),
    ]


def test_what_was_never_published_can_be_dropped(store: Store) -> None:
    states = ("published", "refused", "running", "abandoned")
    ids = [store.runs.start("nightly", NOON) for _ in states]
    for id, state in zip(ids, states, strict=True):
        store.lists.replace_many([replace(stored("p1", id, "a"), snapshot=f"of {state}")])
        store.runs.finish(id, state, {}, LATER)
    store.lists.drop_unpublished("published", served="of abandoned")
    left = [id for id in ids if store.lists.people_of(id)]
    assert left == [ids[0], ids[3]]
    store.lists.drop_unpublished("published", served=None)
    assert [id for id in ids if store.lists.people_of(id)] == [ids[0]]


def test_many_lists_are_more_than_one_statement(store: Store) -> None:
    many = [stored(f"p{n:04d}", "run-1", "a") for n in range(1_000)]
    store.profiles.upsert([profile(one.profile_id) for one in many], NOON)
    store.lists.replace_many(many)
    store.lists.replace_many([stored(one.profile_id, "run-2", "b") for one in many])
    ids = store.lists.offer_ids([one.profile_id for one in many], "snapshot-2")
    assert ids == {one.profile_id: {(OfferKind.VACANCY, "b")} for one in many}


def test_an_erased_profile_has_no_lists(store: Store) -> None:
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "a")])
    store.lists.replace_many([stored("p1", "run-2", "a")])
    store.erase_profile("p1", LATER)
    assert store.lists.people_of("run-1") == ["p2"]
    assert store.lists.people_of("run-2") == []
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
    assert store.lists.people_of("run-1") == ["p2"]
    assert store.lists.people_of("run-2") == []


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
    assert store.lists.people_of("run-1") == []


def test_lists_older_than_the_retention_are_purged(store: Store) -> None:
    early = NOON - timedelta(days=1)
    store.lists.replace_many([stored("p1", "run-1", "a"), stored("p2", "run-1", "a", at=early)])
    store.lists.replace_many([stored("p1", "run-2", "b", at=LATER)])
    assert store.lists.purge(LATER) == 2
    assert store.lists.people_of("run-1") == []
    assert store.lists.people_of("run-2") == ["p1"]
