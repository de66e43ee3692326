"""Who comes in by a link or a login, and how that ends."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import event, select

from matcher.domain.access import Grant, Role
from matcher.errors import ForbiddenError, NotFoundError
from matcher.store.links import TRIES
from matcher.store.schema import person_links, sessions
from matcher.store.sessions import Session
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile

COACH = Grant(role=Role.COACH, municipalities=("564",), name="Aino")
PERSON = Grant(role=Role.PERSON, profile_id="p1")
SECRETS = ("secret of the link", "12345678")
MONTH = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def _people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def open_one(store: Store, secret: str = "secret", caller: str = "issuer:aino") -> Session:
    until = NOON + timedelta(hours=8)
    return store.sessions.open(caller, COACH, secret, now=NOON, until=until)


def test_a_session_is_found_by_its_secret_until_it_ends(store: Store) -> None:
    session = open_one(store)
    assert session.id == "session-2bb80d537b1d"
    assert store.sessions.find("secret", LATER) == session
    assert store.sessions.find("Secret", LATER) is None
    assert store.sessions.find("secret", NOON + timedelta(hours=8)) is None
    assert store.sessions.list(LATER) == [session]


def test_a_revoked_session_is_not_found(store: Store) -> None:
    session = open_one(store)
    store.sessions.revoke(session.id, LATER)
    store.sessions.revoke(session.id, LATER.replace(year=2030))
    assert store.sessions.find("secret", LATER) is None
    assert store.sessions.list(LATER) == [replace(session, revoked_at=LATER)]
    with pytest.raises(NotFoundError, match="no session 'session-x'"):
        store.sessions.revoke("session-x", LATER)


def test_who_is_refused_has_no_session_and_no_token(store: Store) -> None:
    session = open_one(store)
    store.revocations.add("issuer:aino", LATER)
    store.revocations.add("issuer:aino", LATER)
    assert store.sessions.find("secret", LATER) is None
    assert store.revocations.any_of(["token-1", "issuer:aino"])
    assert not store.revocations.any_of(["token-1", "issuer:eero"])
    store.revocations.lift("issuer:aino")
    assert store.sessions.find("secret", LATER) == session
    with pytest.raises(NotFoundError):
        store.revocations.lift("issuer:aino")


def test_sessions_that_have_ended_are_forgotten_when_one_is_opened(store: Store) -> None:
    open_one(store)
    store.sessions.open("x", COACH, "other", now=MONTH, until=MONTH + timedelta(hours=1))
    assert store.sessions.list(NOON) == [store.sessions.find("other", MONTH)]


def test_link_and_code_let_the_person_in(store: Store) -> None:
    link = store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    assert store.links.enter(*SECRETS, LATER) == (link.id, PERSON)
    assert store.links.enter(SECRETS[0], "12345679", LATER) is None
    assert store.links.enter("another link", SECRETS[1], LATER) is None
    assert store.links.enter(*SECRETS, MONTH) is None


def test_five_wrong_codes_in_a_row_shut_a_link_for_good(store: Store) -> None:
    store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    for _ in range(TRIES - 1):
        assert store.links.enter(SECRETS[0], "0", LATER) is None
    assert store.links.enter(*SECRETS, LATER) is not None
    for _ in range(TRIES):
        assert store.links.enter(SECRETS[0], "0", LATER) is None
    assert store.links.enter(*SECRETS, LATER) is None
    [link] = store.links.of_profile("p1")
    assert link.is_shut


def test_codes_that_are_tried_at_once_are_all_counted(store: Store) -> None:
    store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda code: store.links.enter(SECRETS[0], code, LATER), "0123456789"))
    assert store.links.of_profile("p1")[0].wrong == TRIES


def test_a_new_link_ends_the_one_before_and_its_sessions(store: Store) -> None:
    link = store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    store.sessions.open(link.id, PERSON, "person", now=NOON, until=MONTH)
    new = store.links.make("p1", ("new link", "87654321"), LATER, MONTH, "key-1")
    assert store.links.enter(*SECRETS, LATER) is None
    assert store.sessions.find("person", LATER) is None
    assert store.links.enter("new link", "87654321", LATER) == (new.id, PERSON)
    assert [link.is_shut for link in store.links.of_profile("p1")] == [True, False]


def test_ending_links_ends_sessions_of_that_person_only(store: Store) -> None:
    link = store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    store.sessions.open(link.id, PERSON, "person", now=NOON, until=MONTH)
    link_of_other = store.links.make("p2", ("link of p2", "0"), NOON, MONTH, "key-1")
    other = replace(PERSON, profile_id="p2")
    kept = store.sessions.open(link_of_other.id, other, "other", now=NOON, until=MONTH)
    store.links.end("p1", LATER)
    assert store.links.enter(*SECRETS, LATER) is None
    assert store.sessions.find("person", LATER) is None
    assert store.sessions.find("other", LATER) == kept


def ended(store: Store) -> None:
    store.links.end("p1", LATER)


def replaced(store: Store) -> None:
    store.links.make("p1", ("new link", "87654321"), LATER, MONTH, "key-1")


def erased(store: Store) -> None:
    store.erase_profile("p1", LATER)


@pytest.mark.parametrize("end", [ended, replaced, erased])
def test_no_session_is_opened_by_a_link_that_ended_after_it_was_shown(
    store: Store, end: Callable[[Store], None]
) -> None:
    store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    entered = store.links.enter(*SECRETS, NOON)
    assert entered is not None
    end(store)
    with pytest.raises(ForbiddenError, match="The link has ended meanwhile"):
        store.sessions.open(*entered, "person", now=LATER, until=MONTH)
    assert store.sessions.list(LATER) == []


@pytest.mark.parametrize("end", [ended, replaced, erased])
def test_whoever_ends_a_link_while_a_session_is_opened_ends_the_session_too(
    store: Store, end: Callable[[Store], None]
) -> None:
    link = store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    ending = Thread(target=end, args=(store,))

    def end_meanwhile(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO sessions"):
            ending.start()
            # It comes to its end only if nothing holds it up.
            ending.join(0.2)

    event.listen(store._database._engine, "before_cursor_execute", end_meanwhile)
    store.sessions.open(link.id, PERSON, "person", now=NOON, until=MONTH)
    ending.join()
    assert store.sessions.find("person", LATER) is None


def test_no_secret_is_stored_and_a_code_is_not_hashed_alone(store: Store) -> None:
    store.links.make("p1", SECRETS, NOON, MONTH, "key-1")
    open_one(store, "secret of a session")
    with store._database.read() as connection:
        rows = [
            repr(tuple(row))
            for table in (person_links, sessions)
            for row in connection.execute(select(table))
        ]
    # The start of sha256("12345678").
    for told in (*SECRETS, "secret of a session", "ef797c8118f02dfb"):
        assert [row for row in rows if told in row] == []
