from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Feedback, Limit, Reason
from matcher.domain.offer import OfferKind
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile

SHOWN = Feedback(
    id="fb-1",
    profile_id="p1",
    offer_id="v1",
    kind=OfferKind.VACANCY,
    action=Action.PRESENTED,
    text="Näytetty tapaamisessa",
    position=3,
    shown="snapshot-1",
    at=NOON,
    by="key-1",
)
REFUSED = replace(
    SHOWN, id="fb-2", action=Action.NOT_SUITABLE, reason=Reason.SHIFTS, value="night,shift"
)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_feedback_comes_back_as_it_was_in_its_order(store: Store) -> None:
    other = replace(SHOWN, id="fb-0", profile_id="p2", at=LATER)
    for event in (SHOWN, other, REFUSED):
        store.feedback.add(event)
    assert store.feedback.of_profile("p1") == [SHOWN, REFUSED]
    assert list(store.feedback.batches(size=2)) == [[SHOWN, other], [REFUSED]]


def test_nothing_is_noted_of_somebody_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no profile 'p9'"):
        store.feedback.add(replace(SHOWN, profile_id="p9"))
    assert list(store.feedback.batches()) == []


def test_wishes_are_those_that_hold_by_client(store: Store) -> None:
    store.feedback.add(SHOWN)
    store.feedback.add(REFUSED)
    held = store.feedback.wishes(["p1", "p2"])
    assert {id: [(w.id, w.limit, w.value) for w in said] for id, said in held.items()} == {
        "p1": [("fb-2", Limit.TIMES, "night,shift")]
    }


def test_a_wish_is_withdrawn_by_an_event_and_only_once(store: Store) -> None:
    store.feedback.add(REFUSED)
    store.feedback.withdraw("p1", "fb-2", "fb-3", LATER, "key-2")
    assert store.feedback.wishes(["p1"]) == {}
    refused, withdrawn = store.feedback.of_profile("p1")
    assert refused == REFUSED
    assert (withdrawn.action, withdrawn.withdraws, withdrawn.at, withdrawn.by) == (
        Action.WITHDRAWN,
        "fb-2",
        LATER,
        "key-2",
    )
    with pytest.raises(InputError, match="'fb-2' is withdrawn already"):
        store.feedback.withdraw("p1", "fb-2", "fb-4", LATER, "key-2")


@pytest.mark.parametrize(("whose", "wish"), [("p2", "fb-2"), ("p1", "fb-1"), ("p1", "fb-9")])
def test_only_a_wish_of_this_client_can_be_withdrawn(store: Store, whose: str, wish: str) -> None:
    store.feedback.add(SHOWN)
    store.feedback.add(REFUSED)
    with pytest.raises(NotFoundError, match=f"There is no wish '{wish}'"):
        store.feedback.withdraw(whose, wish, "fb-3", LATER, "key-2")


def test_erasing_a_person_erases_what_was_said_for_them(store: Store) -> None:
    kept = replace(REFUSED, id="fb-5", profile_id="p2")
    for event in (SHOWN, REFUSED, kept):
        store.feedback.add(event)
    store.erase_profile("p1", LATER)
    assert list(store.feedback.batches()) == [[kept]]
    assert set(store.feedback.wishes(["p1", "p2"])) == {"p2"}
