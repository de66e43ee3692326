"""Figures of months are kept by scope, take each other's place, and go when nobody looks."""

from __future__ import annotations

from datetime import date, timedelta

from matcher.store.months import Scope, StoredMonth
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

OCTOBER = date(2026, 10, 1)
OULU = ("564",)


def counted(scope: Scope, payload: str) -> StoredMonth:
    return StoredMonth(OCTOBER, scope, NOON, payload)


def test_figures_come_back_for_their_month_and_scope_alone(store: Store) -> None:
    store.months.put_many([counted(None, "all"), counted(("244", "564"), "two")])
    assert store.months.find(OCTOBER, None) == counted(None, "all")
    assert store.months.find(OCTOBER, ("564", "244", "564")) == counted(("244", "564"), "two")
    assert store.months.find(OCTOBER, OULU) is None
    assert store.months.find(date(2026, 11, 1), None) is None


def test_who_may_see_no_municipality_is_not_shown_all(store: Store) -> None:
    store.months.put_many([counted(None, "all")])
    store.months.want((), NOON)
    assert store.months.find(OCTOBER, ()) is None
    assert store.months.wanted() == [()]


def test_a_count_takes_the_place_of_the_one_before(store: Store) -> None:
    store.months.put_many([counted(OULU, "first"), counted(None, "all")])
    again = StoredMonth(OCTOBER, OULU, LATER, "second")
    store.months.put_many([again])
    assert store.months.find(OCTOBER, OULU) == again
    assert store.months.find(OCTOBER, None) == counted(None, "all")


def test_scopes_that_somebody_looks_at_are_remembered_once(store: Store) -> None:
    assert store.months.wanted() == []
    for scope in (("564", "244"), None, ("244", "564")):
        store.months.want(scope, NOON)
    assert store.months.wanted() == [None, ("244", "564")]


def test_old_figures_and_scopes_that_nobody_looks_at_any_more_are_purged(store: Store) -> None:
    store.months.put_many([counted(OULU, "old")])
    store.months.want(OULU, NOON)
    store.months.want(None, NOON)
    store.months.want(None, NOON + timedelta(days=2))
    assert store.months.purge(NOON) == 0
    assert store.months.purge(NOON + timedelta(days=1)) == 2
    assert (store.months.find(OCTOBER, OULU), store.months.wanted()) == (None, [None])
