"""Logins under way: each comes back once, in time, to the browser that began it."""

from __future__ import annotations

from datetime import timedelta

from matcher.store.logins import Login
from matcher.store.secrets import hashed
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

LOGIN = Login(hashed("state"), hashed("browser"), "oulu", "nonce", "verifier", LATER)


def test_a_login_ends_once(store: Store) -> None:
    store.logins.begin(LOGIN, NOON)
    assert store.logins.end("another state", "browser", LATER) is None
    assert store.logins.end("state", "browser", LATER) == LOGIN
    assert store.logins.end("state", "browser", LATER) is None


def test_another_browser_ends_a_login_for_all(store: Store) -> None:
    store.logins.begin(LOGIN, NOON)
    assert store.logins.end("state", "another browser", NOON) is None
    assert store.logins.end("state", "browser", NOON) is None


def test_a_login_that_comes_back_too_late_is_none(store: Store) -> None:
    store.logins.begin(LOGIN, NOON)
    assert store.logins.end("state", "browser", LATER + timedelta(seconds=1)) is None
