from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.answer import NeedOutcome, Outcome
from matcher.domain.consent import ConsentState, ask
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.text import LocalText
from matcher.errors import ConflictError, NotFoundError
from matcher.store import need_writes
from matcher.store.records import State
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

NEED = CompanyNeed(id="n1", title=LocalText(fi="Hitsaaja"), owner="key-e")
OTHER = replace(NEED, title=LocalText(fi="Kokki"))
ENDED = NeedOutcome("n1", Outcome.HIRED_HERE, LATER, "key-e")


@pytest.fixture(autouse=True)
def asked(store: Store) -> None:
    store.profiles.upsert([profile("p1")], NOON)
    store.offers(OfferKind.NEED).upsert([NEED], NOON)
    store.consents.ask(ask(("p1", "n1"), (TODAY, TODAY), id="c", pseudonym="K", now=NOON, by="k"))


def state(store: Store) -> tuple[State, ConsentState, list[Outcome]]:
    [consent] = store.consents.of_need("n1")
    ended = [one.outcome for one in store.answers.ended(None, 10)]
    return store.offers(OfferKind.NEED).info("n1").state, consent.state(TODAY), ended


def test_a_need_that_becomes_another_one_loses_its_consents(store: Store) -> None:
    needs = store.offers(OfferKind.NEED)
    store.need_writes.change(replace(NEED, places=2), needs.info("n1").revision, LATER, "k")
    assert state(store) == (State.OPEN, ConsentState.ASKED, [])
    store.need_writes.change(OTHER, needs.info("n1").revision, LATER, "k")
    assert state(store) == (State.OPEN, ConsentState.LAPSED, [])
    assert needs.get("n1") == OTHER


def test_who_has_not_seen_the_newest_version_changes_nothing(store: Store) -> None:
    revision = store.offers(OfferKind.NEED).info("n1").revision
    with pytest.raises(ConflictError) as refused:
        store.need_writes.change(OTHER, revision - 1, LATER, "k")
    assert (refused.value.expected, refused.value.found) == (revision - 1, revision)
    assert state(store) == (State.OPEN, ConsentState.ASKED, [])
    with pytest.raises(NotFoundError):
        store.need_writes.change(replace(OTHER, id="n9"), 1, LATER, "k")


def test_a_need_is_put_whether_it_is_new_or_not(store: Store) -> None:
    assert store.need_writes.put(replace(NEED, id="n2"), LATER, "k").new == 1
    assert store.need_writes.put(OTHER, LATER, "k").changed == 1
    assert state(store) == (State.OPEN, ConsentState.LAPSED, [])


def test_a_need_is_closed_once_with_its_outcome(store: Store) -> None:
    store.need_writes.close(ENDED)
    store.need_writes.close(replace(ENDED, outcome=Outcome.NOT_FILLED))
    assert state(store) == (State.CLOSED, ConsentState.LAPSED, [Outcome.HIRED_HERE])
    with pytest.raises(NotFoundError):
        store.need_writes.close(replace(ENDED, need_id="n9"))


def test_how_a_need_ended_is_noted_though_its_last_day_has_passed_meanwhile(store: Store) -> None:
    store.offers(OfferKind.NEED).upsert([replace(NEED, expires=TODAY)], NOON)
    assert store.offers(OfferKind.NEED).close_expired(TODAY + timedelta(days=1), LATER) == 1
    store.need_writes.close(ENDED)
    assert state(store) == (State.CLOSED, ConsentState.LAPSED, [Outcome.HIRED_HERE])


@pytest.mark.parametrize("step", ["let_lapse", "close_rows"])
def test_a_crash_while_closing_leaves_all_as_it_was_and_closing_again_ends_alike(
    store: Store, step: str
) -> None:
    done: Callable[..., object] = getattr(need_writes, step)

    def crash(*given: object) -> None:
        done(*given)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(need_writes, step, crash)
        with pytest.raises(KeyboardInterrupt):
            store.need_writes.close(ENDED)
    assert state(store) == (State.OPEN, ConsentState.ASKED, [])
    store.need_writes.close(ENDED)
    assert state(store) == (State.CLOSED, ConsentState.LAPSED, [Outcome.HIRED_HERE])


def test_how_needs_ended_is_told_to_their_owner_newest_first_and_no_more(store: Store) -> None:
    needs = [replace(NEED, id=f"n{number}") for number in range(1, 5)]
    needs[3] = replace(needs[3], owner="key-f")
    store.offers(OfferKind.NEED).upsert(needs, NOON)
    for need in needs:
        store.need_writes.close(replace(ENDED, need_id=need.id, by="coach"))
    assert [one.need_id for one in store.answers.ended("key-e", 2)] == ["n3", "n2"]
    assert [one.need_id for one in store.answers.ended("key-f", 10)] == ["n4"]
    assert [one.need_id for one in store.answers.ended(None, 10)] == ["n4", "n3", "n2", "n1"]
