"""The store can be read as it was, for as long as versions are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store.schema import record_contents, record_versions
from matcher.store.store import Store
from matcher.store.versions import purge_versions
from tests.contract.store.records import LATER, NOON, TODAY, profile, vacancy


def counts(store: Store) -> tuple[int, int]:
    with store._database.read() as connection:
        tables = (record_versions, record_contents)
        first, second = (connection.scalar(select(func.count()).select_from(t)) for t in tables)
    return first or 0, second or 0


def test_a_record_is_read_as_it_was_before_it_changed(store: Store) -> None:
    store.profiles.upsert([profile("p1", text="Osaan hitsata.")], NOON)
    then = store.moment()
    store.profiles.upsert([profile("p1", text="Osaan koodata.")], LATER)
    between = store.moment()
    store.profiles.upsert([profile("p1", text="Osaan laulaa.")], LATER)
    said = [store.at(moment).profiles.get("p1").text for moment in (then, between, store.moment())]
    assert said == ["Osaan hitsata.", "Osaan koodata.", "Osaan laulaa."]


def test_what_came_later_was_not_there_then(store: Store) -> None:
    then = store.moment()
    store.profiles.upsert([profile("p1")], NOON)
    assert store.at(then).profiles.ids() == []
    with pytest.raises(NotFoundError):
        store.at(then).profiles.get("p1")


def test_what_has_closed_since_was_open_then(store: Store) -> None:
    ads = store.offers(OfferKind.VACANCY)
    ads.upsert([vacancy("v1"), vacancy("v2")], NOON)
    then = store.moment()
    ads.close(["v1"], LATER)
    ads.upsert([vacancy("v1", title="Levyseppä")], LATER)
    past = store.at(then).offers(OfferKind.VACANCY)
    assert past.ids() == ["v1", "v2"]
    assert past.get("v1") == vacancy("v1")
    assert past.count(TODAY) == 2


def test_closing_keeps_no_second_copy_of_the_content(store: Store) -> None:
    ads = store.offers(OfferKind.VACANCY)
    ads.upsert([vacancy("v1")], NOON)
    ads.close(["v1"], LATER)
    assert counts(store) == (1, 0)
    ads.upsert([vacancy("v1")], LATER)
    ads.upsert([vacancy("v1", title="Levyseppä")], LATER)
    ads.upsert([vacancy("v1")], LATER)
    ads.upsert([vacancy("v1", title="Levyseppä")], LATER)
    assert counts(store) == (5, 2)


def test_changes_are_told_as_they_were_known_then(store: Store) -> None:
    ads = store.offers(OfferKind.VACANCY)
    ads.upsert([vacancy("v1"), vacancy("v2")], NOON)
    start = store.revision()
    ads.upsert([vacancy("v3")], NOON)
    ads.close(["v2"], NOON)
    then = store.moment()
    ads.close(["v3"], LATER)
    ads.upsert([vacancy("v4")], LATER)
    past = store.at(then)
    changes = past.offers(OfferKind.VACANCY).changed_since(start, TODAY)
    assert [one.id for one in changes.upserted] == ["v3"]
    assert changes.removed == ["v2"]
    assert past.revision() == then.revision


def test_a_wish_of_later_did_not_hold_then(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    wish = Feedback(
        id="f1",
        profile_id="p1",
        offer_id="v1",
        kind=OfferKind.VACANCY,
        action=Action.WISH,
        reason=Reason.EMPLOYER,
        value="Telakka Oy",
        at=NOON,
        by="coach",
    )
    before = store.moment()
    store.feedback.add(wish)
    held = store.moment()
    store.feedback.withdraw("p1", "f1", "f2", LATER, "coach")
    assert store.at(before).feedback.wishes(["p1"]) == {}
    assert [one.id for one in store.at(held).feedback.wishes(["p1"])["p1"]] == ["f1"]
    assert store.at(store.moment()).feedback.wishes(["p1"]) == {}


def test_an_erasure_takes_all_that_a_person_ever_was(store: Store) -> None:
    store.profiles.upsert([profile("p1", text="Osaan hitsata.")], NOON)
    then = store.moment()
    store.profiles.upsert([profile("p1", text="Osaan koodata.")], LATER)
    store.erase_profile("p1", LATER)
    assert counts(store) == (0, 0)
    assert store.at(then).profiles.ids() == []


def test_a_purge_takes_versions_and_the_contents_that_only_they_had(store: Store) -> None:
    store.profiles.upsert([profile("p1", text="Osaan hitsata.")], NOON)
    store.profiles.upsert([profile("p1", text="Osaan koodata.")], NOON)
    store.profiles.upsert([profile("p1", text="Osaan laulaa.")], LATER)
    with store._database.write() as connection:
        assert purge_versions(connection, LATER) == 1
    assert counts(store) == (1, 1)
    with store._database.write() as connection:
        assert purge_versions(connection, LATER + timedelta(seconds=1)) == 1
    assert counts(store) == (0, 0)


def test_a_record_of_the_same_content_leaves_no_version(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.profiles.upsert([replace(profile("p1"))], LATER)
    assert counts(store) == (0, 0)
