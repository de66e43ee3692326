from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Feedback
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Situation
from matcher.errors import NotFoundError
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store
from tests.contract.store.records import NOON, profile

ENTRY = ListEntry(OfferKind.VACANCY, "v1", 1, 0.8, "good", True, '{"score": 0.8}')


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def _said(number: int) -> Feedback:
    return Feedback(
        id=f"f{number}",
        profile_id="p1",
        offer_id="v1",
        kind=OfferKind.VACANCY,
        action=Action.SAVED,
        at=NOON,
        by="key",
    )


def test_a_sheet_holds_all_that_is_stored_beside_the_profile(store: Store) -> None:
    made = StoredList("p1", "run-1", "snapshot-1", NOON, (ENTRY,))
    store.lists.replace_many([made, replace(made, profile_id="p2")])
    store.lists.replace_many([replace(made, run_id="run-2")])
    store.lists.replace_many([replace(made, run_id="run-3", snapshot="snapshot-2")])
    store.situations.put("p1", Situation(registrations=()), NOON)
    store.feedback.add(_said(1))
    said_once = store.sheets.of("p1", "snapshot-1").said
    store.feedback.add(_said(2))
    sheet = store.sheets.of("p1", "snapshot-1")
    assert sheet.info == store.profiles.info("p1")
    assert sheet.said > said_once > 0
    assert sheet.situation == Situation(registrations=())
    assert sheet.made is not None
    assert (sheet.made.run_id, sheet.made.snapshot, sheet.made.created_at) == (
        "run-2",
        "snapshot-1",
        NOON,
    )
    assert sheet.made.entries() == (ENTRY,)


def test_of_whom_nothing_is_stored_nothing_is_known(store: Store) -> None:
    sheet = store.sheets.of("p2", "snapshot-1")
    assert (sheet.said, sheet.situation, sheet.made) == (0, Situation(), None)


def test_there_is_no_sheet_of_who_is_erased(store: Store) -> None:
    store.erase_profile("p1", NOON)
    with pytest.raises(NotFoundError):
        store.sheets.of("p1", "snapshot-1")


def test_who_was_erased_after_a_revision_is_told(store: Store) -> None:
    store.erase_profile("p2", NOON)
    before = store.revision()
    store.erase_profile("p1", NOON)
    assert store.profiles.erased_since(before) == ["p1"]
    assert store.profiles.erased_since(0) == ["p1", "p2"]
