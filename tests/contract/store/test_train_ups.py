"""Train-ups of people, in every kind of store."""

from __future__ import annotations

from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp
from matcher.store.store import Store
from matcher.store.train_ups import StoredTrainUps
from tests.contract.store.records import LATER, NOON, profile

OPENED = BriefOpened(OfferKind.NEED, "n1", None, Band.GOOD, 0.25, 0.5)
TRAINING = BriefTrainUp("t1", 3, 0.75, (OPENED,))


def made(id: str, snapshot: str = "s1", *trainings: BriefTrainUp) -> StoredTrainUps:
    return StoredTrainUps(id, snapshot, "prior-1", NOON, trainings)


def test_what_was_advised_last_with_a_snapshot_is_what_is_found(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    store.train_ups.replace_many([made("p1", "s1", TRAINING), made("p2")])
    store.train_ups.replace_many([made("p2", "s2", TRAINING), made("p1")])
    assert store.train_ups.find("p1", "s1") == made("p1")
    assert store.train_ups.find("p1", "s2") is None
    assert store.train_ups.find("p2", "s1") == made("p2")
    assert store.train_ups.find("p2", "s2") == made("p2", "s2", TRAINING)
    assert store.train_ups.made(["p1", "p2", "p3"], "s2") == {"p2"}


def test_who_was_erased_meanwhile_gets_nothing(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.train_ups.replace_many([made("p1"), made("gone")])
    assert store.train_ups.find("gone", "s1") is None
    store.erase_profile("p1", LATER)
    assert store.train_ups.find("p1", "s1") is None


def test_old_train_ups_are_purged_but_for_held_people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    store.train_ups.replace_many([made("p1"), made("p2")])
    assert store.train_ups.purge(NOON, ["p2"]) == 0
    assert store.train_ups.purge(LATER, ["p2"]) == 1
    assert store.train_ups.made(["p1", "p2"], "s1") == {"p2"}


def test_only_what_was_made_with_kept_snapshots_stays_but_for_held_people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2"), profile("p3")], NOON)
    store.train_ups.replace_many([made("p1", "s1"), made("p2", "s2"), made("p3", "s1")])
    assert store.train_ups.keep(["s2"], ["p3"]) == 1
    assert store.train_ups.made(["p1", "p2", "p3"], "s1") == {"p3"}
    assert store.train_ups.made(["p1", "p2", "p3"], "s2") == {"p2"}
