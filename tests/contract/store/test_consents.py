from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import ColumnElement, Connection

from matcher.domain.consent import Consent, ConsentState, Move, Standing, ask
from matcher.errors import InputError, NotFoundError
from matcher.store import consents
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

STANDING = Standing(profile_id="p1", follow_up_from=TODAY, protected=False, at=NOON, by="key-1")


def request(id: str = "c1", profile_id: str = "p1", need_id: str = "n1") -> Consent:
    dates = (date(2026, 3, 8), date(2026, 4, 30))
    return ask((profile_id, need_id), dates, id=id, pseudonym=f"K-{id}", now=NOON, by="key-1")


def suppressed(ask: Callable[[Consent], None], consent: Consent) -> None:
    """Ask, and take a refusal for an answer."""
    with suppress(InputError):
        ask(consent)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_a_request_comes_back_with_all_its_moves(store: Store) -> None:
    store.consents.ask(request())
    moved = store.consents.move("p1", "c1", Move.YES, LATER, "key-2")
    assert store.consents.of_profile("p1") == store.consents.of_need("n1") == [moved]
    assert moved == request().moved(Move.YES, LATER, "key-2")


def test_requests_are_found_by_person_and_by_need(store: Store) -> None:
    for one in (request(), request("c2", "p2"), request("c3", "p1", "n2")):
        store.consents.ask(one)
    assert [one.id for one in store.consents.of_profile("p1")] == ["c1", "c3"]
    assert [one.id for one in store.consents.of_need("n1")] == ["c1", "c2"]


def test_nobody_is_asked_twice_while_a_request_is_open(store: Store) -> None:
    store.consents.ask(request())
    with pytest.raises(InputError, match="'c1' for this person and need is asked"):
        store.consents.ask(request("c2"))
    store.consents.move("p1", "c1", Move.NO, LATER, "key-1")
    store.consents.ask(request("c2"))
    assert [one.state(TODAY) for one in store.consents.of_profile("p1")] == [
        ConsentState.REFUSED,
        ConsentState.ASKED,
    ]


def test_of_two_who_ask_at_the_same_time_one_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = consents._read
    other = Thread(target=suppressed, args=(store.consents.ask, request("c2")))

    def slowly(connection: Connection, condition: ColumnElement[bool]) -> list[Consent]:
        found = real(connection, condition)
        if other.ident is None:
            other.start()
            other.join(0.2)
        return found

    monkeypatch.setattr(consents, "_read", slowly)
    store.consents.ask(request("c1"))
    other.join()
    assert [one.id for one in store.consents.of_profile("p1")] == ["c1"]


def test_a_move_that_does_not_follow_is_refused_and_not_kept(store: Store) -> None:
    store.consents.ask(request())
    with pytest.raises(InputError, match="is asked: introduce is not possible"):
        store.consents.move("p1", "c1", Move.INTRODUCE, LATER, "key-1")
    with pytest.raises(InputError, match="is no_answer"):
        store.consents.move("p1", "c1", Move.YES, NOON + timedelta(days=30), "key-1")
    assert store.consents.of_profile("p1") == [request()]


@pytest.mark.parametrize(("whose", "id"), [("p2", "c1"), ("p1", "c9"), ("p9", "c1")])
def test_only_a_request_of_this_person_can_be_moved(store: Store, whose: str, id: str) -> None:
    store.consents.ask(request())
    with pytest.raises(NotFoundError):
        store.consents.move(whose, id, Move.YES, LATER, "key-1")


def test_the_newest_standing_counts(store: Store) -> None:
    store.consents.stand(STANDING)
    newer = replace(STANDING, protected=True, at=LATER)
    store.consents.stand(newer)
    assert store.consents.standings(["p1", "p2"]) == {"p1": newer}


def test_nothing_is_written_of_somebody_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="There is no profile 'p9'"):
        store.consents.stand(replace(STANDING, profile_id="p9"))
    with pytest.raises(NotFoundError, match="There is no profile 'p9'"):
        store.consents.ask(request("c1", "p9"))


def test_erasing_a_person_erases_requests_and_standings(store: Store) -> None:
    store.consents.ask(request())
    store.consents.ask(request("c2", "p2"))
    store.consents.stand(STANDING)
    store.erase_profile("p1", LATER)
    assert store.consents.of_need("n1") == [request("c2", "p2")]
    assert store.consents.standings(["p1"]) == {}


def test_open_requests_for_a_need_lapse_together_and_settled_ones_stay(store: Store) -> None:
    for one in (request(), request("c2", "p2"), request("c3", "p1", "n2")):
        store.consents.ask(one)
    store.consents.move("p2", "c2", Move.NO, LATER, "key-2")
    assert store.consents.lapse("n1", LATER, "key-3") == 1
    assert {one.id: one.state(TODAY) for one in store.consents.of_need("n1")} == {
        "c1": ConsentState.LAPSED,
        "c2": ConsentState.REFUSED,
    }
    [other] = store.consents.of_need("n2")
    assert other.state(TODAY) is ConsentState.ASKED
    assert store.consents.of_need("n1")[0].events[-1].by == "key-3"
    assert store.consents.lapse("n1", LATER, "key-3") == 0
