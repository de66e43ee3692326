"""What gates read of offers comes back from a snapshot as it was read."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.faithfulness import read_region
from matcher.domain.offer import Offer, Vacancy
from matcher.domain.profile import Profile
from matcher.match.gates import kept
from matcher.match.gates.columns import OfferGates
from matcher.match.gates.crowd import Crowd
from matcher.match.gates.kept import GatesReader, KeptGates
from matcher.match.gates.sides import Facts
from matcher.region.files import region_files
from tests.unit.match.gates.test_columns import offers, people

TODAY = date(2026, 11, 22)


def read_back(some: list[Offer]) -> KeptGates:
    """What a snapshot with some offers tells of them."""
    reader = GatesReader()
    reader.read(some)
    found = KeptGates.read(reader.kept().arrays())
    assert found is not None
    return found


def outcomes(gates: OfferGates, person: Profile) -> list[list[int]]:
    found: list[list[int]] = gates.outcomes(Facts.of(person, TODAY), np.arange(len(gates))).tolist()
    return found


@given(people, st.lists(offers, max_size=4), st.lists(offers, max_size=2))
def test_kept_offers_come_out_as_if_they_were_read_now(
    person: Profile, before: list[Offer], since: list[Offer]
) -> None:
    assert outcomes(OfferGates(since, read_back(before)), person) == outcomes(
        OfferGates([*before, *since]), person
    )


def test_the_built_in_region_comes_back_whole() -> None:
    everybody, everything = read_region(region_files())
    gates, anew = OfferGates(kept=read_back(everything)), OfferGates(everything)
    assert len(gates) == len(everything)
    for person in everybody:
        assert outcomes(gates, person) == outcomes(anew, person)


def test_an_offer_is_open_up_to_its_last_day() -> None:
    days = [TODAY - timedelta(1), TODAY, None]
    gates = read_back([Vacancy(id=f"v{day}", expires=day) for day in days])
    assert gates.open_on(np.arange(3), TODAY).tolist() == [False, True, True]
    assert gates.open_on(np.array([2, 0]), TODAY - timedelta(1)).tolist() == [True, True]


def test_rows_are_taken_in_the_order_that_is_asked_for() -> None:
    driver = Profile(id="p", licences=("B",))
    gates = read_back([Vacancy(id=name, licences=(name,)) for name in ("B", "CE", "AM")])
    facts = Facts.of(driver, TODAY)
    taken = OfferGates(kept=gates.take(np.array([1, 0])))
    whose, rows = np.array([0, 0]), np.array([0, 1])
    assert taken.blocked(Crowd.of([facts]), whose, rows).tolist() == [True, False]


def test_what_other_rules_have_read_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = GatesReader().kept().arrays()
    monkeypatch.setattr(kept, "gates_revision", lambda: "another")
    assert KeptGates.read(arrays) is None
    assert KeptGates.read({}) is None
