from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from matcher.domain.decision import Basis, Decision, Inputs, Placed, Terms
from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import OfferKind
from matcher.domain.replies import Replies
from matcher.errors import NotFoundError
from matcher.store.decisions import add_decisions
from matcher.store.lists import StoredList
from matcher.store.schema import decision_bases
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

BASIS = Basis("20260301T000000Z-abc", "e1", "r1", "g1", "c1", "1.2", 400)
GATE = GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "022")
MATCH = Match("p1", "v1", OfferKind.VACANCY, 1, 0.5, Band.GOOD, (), (), (GATE,), 3.5)
FRESH = Decision(
    id="l-1",
    profile_id="p1",
    run_id="",
    made_at=NOON,
    basis=BASIS,
    terms=Terms((OfferKind.VACANCY,), 10, "hide", 0.5, 0.0, TODAY),
    inputs=Inputs(7, 3, 1, "hash-of-p1"),
    placed=(Placed(MATCH, 2, "hash-of-v1"),),
)
OF_NIGHT = replace(FRESH, id="l-2", run_id="night-1", placed=None)


@pytest.fixture
def people(store: Store) -> Store:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)
    return store


def test_a_record_comes_back_as_it_was_kept(people: Store) -> None:
    people.decisions.add([FRESH, OF_NIGHT])
    assert people.decisions.get("l-1") == FRESH
    assert people.decisions.of_night("p1", "night-1") == OF_NIGHT
    assert people.decisions.of_night("p2", "night-1") is None
    assert people.decisions.of_profile("p1") == [FRESH, OF_NIGHT]


def test_a_night_that_makes_a_list_again_has_one_record_of_it(people: Store) -> None:
    people.decisions.add([OF_NIGHT, replace(OF_NIGHT, id="l-p2", profile_id="p2")])
    people.decisions.add([replace(OF_NIGHT, id="l-3", placed=FRESH.placed)])
    assert [one.id for one in people.decisions.of_profile("p1")] == ["l-3"]
    assert [one.id for one in people.decisions.of_profile("p2")] == ["l-p2"]


def test_what_was_shown_once_is_not_recorded_otherwise_later(people: Store) -> None:
    people.decisions.add([OF_NIGHT])
    seen = replace(OF_NIGHT, placed=FRESH.placed)
    people.decisions.add([seen])
    people.decisions.add([replace(seen, placed=())])
    assert people.decisions.of_profile("p1") == [seen]


def test_of_a_list_that_two_processes_show_at_once_both_ids_lead_to_a_record(
    people: Store,
) -> None:
    both = [replace(OF_NIGHT, id=id, placed=FRESH.placed) for id in ("l-4", "l-5")]
    for one in both:
        people.decisions.add([one])
    assert [people.decisions.get(one.id) for one in both] == both


def test_there_is_no_record_of_a_list_that_never_was(people: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no list 'l-9'"):
        people.decisions.get("l-9")


def test_somebody_erased_meanwhile_gets_no_record(people: Store) -> None:
    people.erase_profile("p1", LATER)
    people.decisions.add([FRESH, replace(FRESH, id="l-p2", profile_id="p2")])
    assert people.decisions.of_profile("p1") == []
    assert [one.id for one in people.decisions.of_profile("p2")] == ["l-p2"]


def test_a_purge_leaves_what_a_record_is_being_made_from(people: Store) -> None:
    people.decisions.add([FRESH])
    people.erase_profile("p1", LATER)
    purging = Thread(target=people.decisions.purge, args=(NOON,))
    with people._database.write() as connection:
        add_decisions(connection, [replace(FRESH, id="l-p2", profile_id="p2")])
        purging.start()
        # It comes to its end only if nothing holds it up.
        purging.join(0.3)
    purging.join()
    assert people.decisions.get("l-p2").basis == BASIS


def test_a_purge_takes_what_no_record_is_made_from(people: Store) -> None:
    people.decisions.add([FRESH])
    people.erase_profile("p1", LATER)
    people.decisions.purge(NOON)
    with people._database.read() as connection:
        assert connection.execute(select(decision_bases)).all() == []


def test_a_purge_takes_old_records_and_those_of_lists_that_went_unseen(people: Store) -> None:
    still = StoredList("p2", "night-1", BASIS.snapshot, LATER, ())
    people.lists.replace_many([still])
    unseen = replace(OF_NIGHT, made_at=LATER)
    people.decisions.add(
        [
            FRESH,
            unseen,
            replace(unseen, id="l-4", run_id="night-0", placed=FRESH.placed),
            replace(unseen, id="l-5", profile_id="p2"),
        ]
    )
    assert people.decisions.purge(LATER) == 2
    kept = people.decisions.of_profile("p1") + people.decisions.of_profile("p2")
    assert [one.id for one in kept] == ["l-4", "l-5"]
    assert people.decisions.purge(LATER + timedelta(hours=1)) == 2
    people.decisions.add([FRESH])
    assert people.decisions.get("l-1").basis == BASIS


def test_a_purge_leaves_the_counts_that_a_held_record_goes_by(people: Store) -> None:
    heard = {"a oy": Replies(taken_up=1)}
    people.replies.note(heard, NOON)
    number = people.replies.heard()
    people.decisions.add([FRESH])
    after = FRESH.made_at + timedelta(days=1)
    people.replies.note({"a oy": Replies(taken_up=2)}, after)
    people.decisions.purge(after + timedelta(days=1), held=[FRESH.profile_id])
    assert people.replies.until(number) == heard
    people.decisions.purge(after + timedelta(days=1))
    assert people.replies.until(number) == {}
