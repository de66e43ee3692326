"""How far a feed has been fetched is kept, and goes back only if everything is fetched anew."""

from __future__ import annotations

from dataclasses import replace

from matcher.store.feeds import Cursor
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

CURSOR = Cursor({"regionIn": ["17"]}, NOON, NOON)


def test_a_feed_that_was_never_fetched_has_no_cursor(store: Store) -> None:
    store.feeds.advance("other", CURSOR)
    assert store.feeds.get("board") is None


def test_a_cursor_comes_back_as_it_was_kept(store: Store) -> None:
    store.feeds.advance("board", CURSOR)
    assert store.feeds.get("board") == CURSOR


def test_a_cursor_advances_and_never_goes_back(store: Store) -> None:
    later = replace(CURSOR, filters={}, fetched_to=LATER)
    store.feeds.advance("board", CURSOR)
    store.feeds.advance("board", later)
    store.feeds.advance("board", CURSOR)
    assert store.feeds.get("board") == later


def test_a_feed_that_begins_anew_goes_back(store: Store) -> None:
    store.feeds.begin("board", replace(CURSOR, fetched_to=LATER))
    store.feeds.begin("board", CURSOR)
    assert store.feeds.get("board") == CURSOR
