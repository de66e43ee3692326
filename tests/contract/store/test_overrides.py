from __future__ import annotations

from dataclasses import replace

from matcher.domain.wording import Ground, Override
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON

KEPT = Override("n1", (Ground.SEX, Ground.AGE), ("reipas tyttö",), "Näyttelijän rooli", NOON, "k1")


def test_what_was_kept_comes_back_in_its_order(store: Store) -> None:
    later = replace(KEPT, need_id="n2", at=LATER)
    store.overrides.add(KEPT)
    store.overrides.add(later)
    assert list(store.overrides.all()) == [KEPT, later]
