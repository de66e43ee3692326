from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.situation import (
    Basis,
    BasisFact,
    Benefit,
    BenefitDays,
    Period,
    Registration,
    Situation,
)
from matcher.errors import NotFoundError
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, profile

TOLD = Situation(
    registrations=(
        Registration(Period(date(2026, 1, 1)), (Period(date(2026, 2, 1), date(2026, 2, 5)),)),
    ),
    services=(),
    benefit=Benefit.BASIC,
    benefit_days=BenefitDays(12, date(2026, 2, 1)),
    earnings_related_right=False,
    first_language="so",
    basis=(BasisFact(Basis.COMPETENCE_GAP, True, "kartoitus 3.1.2026"),),
)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.profiles.upsert([profile("p1"), profile("p2")], NOON)


def test_a_situation_comes_back_as_it_was_told(store: Store) -> None:
    store.situations.put("p1", TOLD, NOON)
    assert store.situations.get("p1") == TOLD


def test_of_whom_nothing_is_told_nothing_is_known(store: Store) -> None:
    assert store.situations.get("p2") == Situation()
    assert store.situations.get_many(["p1", "p2"]) == {}


def test_a_new_situation_takes_the_place_of_the_old_one(store: Store) -> None:
    store.situations.put("p1", TOLD, NOON)
    store.situations.put("p1", Situation(services=()), LATER)
    assert store.situations.get_many(["p1"]) == {"p1": Situation(services=())}


def test_of_several_none_is_stored_if_one_has_no_profile(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no profile 'p3'"):
        store.situations.put_many({"p1": TOLD, "p3": TOLD}, NOON)
    assert store.situations.get("p1") == Situation()


def test_a_situation_is_erased_with_its_person(store: Store) -> None:
    store.situations.put_many({"p1": TOLD, "p2": TOLD}, NOON)
    store.erase_profile("p1", LATER)
    assert store.situations.get_many(["p1", "p2"]) == {"p2": TOLD}
