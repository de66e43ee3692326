from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.ranker import Decision, RankerEntry
from matcher.errors import NotFoundError
from matcher.store.store import Store

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
BETTER = RankerEntry(
    "fitted-1", "enc", {"dense": 0.5}, Decision.BETTER, {"ndcg@10_fitted": 0.7}, AT, "Liisa"
)
LATER = AT + timedelta(hours=1)


def test_decisions_come_back_in_their_order(store: Store) -> None:
    short = RankerEntry(None, "enc", {}, Decision.KEPT_OUT, {"judgements": 3}, LATER, "Liisa")
    store.rankers.add(BETTER)
    store.rankers.add(short)
    assert list(store.rankers.all()) == [BETTER, short]


def test_what_is_only_better_is_not_in_use(store: Store) -> None:
    store.rankers.add(BETTER)
    assert store.rankers.in_use("enc") is None


def test_the_last_that_was_put_to_use_is_in_use_for_its_encoder(store: Store) -> None:
    promoted = replace(BETTER, decision=Decision.PROMOTED, at=LATER)
    back = replace(promoted, revision="prior-1", decision=Decision.CHOSEN, figures={})
    for one in (promoted, back, replace(promoted, encoder="other"), BETTER):
        store.rankers.add(one)
    assert store.rankers.in_use("enc") == back
    assert store.rankers.in_use("none") is None


def test_weights_are_found_by_revision(store: Store) -> None:
    store.rankers.add(BETTER)
    assert store.rankers.get("fitted-1") == BETTER
    with pytest.raises(NotFoundError, match="fitted-2"):
        store.rankers.get("fitted-2")
