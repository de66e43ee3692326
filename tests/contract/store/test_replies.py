from __future__ import annotations

from datetime import timedelta

from matcher.domain.replies import Replies
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

FIRST = {"a oy": Replies(1, 0, 2), "b oy": Replies(silent=1)}
AFTER = {"a oy": Replies(2, 0, 1)}


def test_a_count_comes_back_as_it_was_at_any_number(store: Store) -> None:
    assert (store.replies.heard(), store.replies.until(0)) == (0, {})
    store.replies.note(FIRST, NOON)
    first = store.replies.heard()
    store.replies.note(AFTER, LATER)
    assert store.replies.until(first) == FIRST
    assert store.replies.until(store.replies.heard()) == {**AFTER, "b oy": Replies()}
    past = store.at(store.moment()).replies
    store.replies.note(FIRST, LATER)
    assert past.until(past.heard()) == {**AFTER, "b oy": Replies()}


def test_a_count_that_changes_nothing_writes_nothing(store: Store) -> None:
    store.replies.note(FIRST, NOON)
    before = store.replies.heard()
    store.replies.note(FIRST, LATER)
    assert store.replies.heard() == before


def test_only_what_nobody_can_come_back_to_is_purged(store: Store) -> None:
    store.replies.note(FIRST, NOON)
    first = store.replies.heard()
    store.replies.note(AFTER, LATER)
    store.decisions.purge(NOON + timedelta(seconds=1))
    assert store.replies.until(first) == FIRST
    store.decisions.purge(LATER + timedelta(days=1))
    assert store.replies.until(first) == {}
    last = store.replies.heard()
    assert store.replies.until(last) == {**AFTER, "b oy": Replies()}
    store.replies.note({**AFTER, "c oy": Replies(1)}, LATER)
    assert store.replies.heard() > last
    store.decisions.purge(LATER + timedelta(days=1))
    assert store.replies.until(store.replies.heard()) == {**AFTER, "c oy": Replies(1)}
