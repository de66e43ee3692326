"""Who may see whom, as the store tells it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.domain.casework.placements import Assignment
from matcher.domain.consent import Standing
from matcher.errors import NotFoundError
from matcher.store.reach import Reach
from matcher.store.store import Store
from tests.contract.store.records import LATER, NOON, TODAY, profile

OULU = Reach(("564",), None, "Aino", TODAY)
PEOPLE = ["p1", "p2", "p3", "p4"]


@pytest.fixture(autouse=True)
def _people(store: Store) -> None:
    homes = ["564", "564", "244", None]
    store.profiles.upsert(
        [profile(id, municipality=home) for id, home in zip(PEOPLE, homes, strict=True)], NOON
    )


def protect(store: Store, id: str, protected: bool | None) -> None:
    store.consents.stand(Standing(profile_id=id, protected=protected, at=NOON, by="key"))


def test_one_comes_across_people_of_the_own_municipalities(store: Store) -> None:
    assert store.people.among(PEOPLE, OULU) == {"p1", "p2"}
    assert store.people.among(["p2", "p3"], OULU) == {"p2"}
    assert store.people.among(PEOPLE, replace(OULU, municipalities=())) == set()
    assert store.people.among(PEOPLE, replace(OULU, municipalities=None)) == set(PEOPLE)
    assert [one.id for one in store.profiles.page(reach=OULU)] == ["p1", "p2"]


def test_a_coach_comes_across_the_own_clients_and_those_of_nobody(store: Store) -> None:
    store.cases.add("p1", Assignment(coach="Eero", start=TODAY), "lead", NOON)
    aino = replace(OULU, coach="Aino")
    assert store.people.among(PEOPLE, aino) == {"p2"}
    assert store.people.among(PEOPLE, replace(OULU, coach="Eero")) == {"p1", "p2"}
    day_before = replace(aino, on=TODAY - timedelta(days=1))
    assert store.people.among(PEOPLE, day_before) == {"p1", "p2"}
    assert store.coaches.loads(TODAY, reach=aino) == {}
    assert store.coaches.loads(TODAY, reach=OULU) == {"Eero": 1}
    assert store.coaches.unassigned(TODAY, reach=OULU) == ["p2"]


def test_a_protected_person_is_come_across_by_those_who_are_named(store: Store) -> None:
    protect(store, "p1", True)
    assert store.people.among(PEOPLE, OULU) == {"p2"}
    everywhere = replace(OULU, municipalities=None)
    assert store.people.among(PEOPLE, everywhere) == {"p2", "p3", "p4"}
    store.people.name_staff("p1", ["Aino", "Eero"], NOON, "lead")
    assert store.people.among(PEOPLE, OULU) == {"p1", "p2"}
    store.people.name_staff("p1", ["Eero"], LATER, "lead")
    assert store.people.among(PEOPLE, OULU) == {"p2"}
    assert store.people.staff_of("p1") == ["Eero"]


def test_naming_one_more_takes_nobody_away(store: Store) -> None:
    store.people.name_staff("p1", ["Eero"], NOON, "lead")
    names = ["Aino", "Liisa", "Aino"]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: store.people.add_staff("p1", name, LATER, name), names))
    assert store.people.staff_of("p1") == ["Aino", "Eero", "Liisa"]
    with pytest.raises(NotFoundError):
        store.people.add_staff("p-none", "Aino", LATER, "Aino")


def test_a_protection_ends_only_when_somebody_says_so(store: Store) -> None:
    protect(store, "p1", True)
    protect(store, "p1", None)
    assert store.people.among(PEOPLE, OULU) == {"p2"}
    assert store.people.sight("p1", "Aino", TODAY).protected is True
    protect(store, "p1", False)
    assert store.people.among(PEOPLE, OULU) == {"p1", "p2"}
    assert store.people.sight("p1", "Aino", TODAY).protected is False


def test_the_sight_of_a_person_tells_home_coach_and_who_is_named(store: Store) -> None:
    sight = store.people.sight("p1", "Aino", TODAY)
    assert sight.info == store.profiles.info("p1")
    assert (sight.coach, sight.protected, sight.named) == (None, False, False)
    until = date(2026, 3, 31)
    store.cases.add("p1", Assignment(coach="Aino", start=TODAY, end=until), "lead", NOON)
    store.people.name_staff("p1", ["Aino"], NOON, "lead")
    assert store.people.sight("p1", "Aino", until).coach == "Aino"
    assert store.people.sight("p1", "Aino", until).named is True
    assert store.people.sight("p1", "Eero", until).named is False
    assert store.people.sight("p1", "Aino", until + timedelta(days=1)).coach is None


def test_nobody_is_seen_or_named_for_who_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match="no profile 'p9'"):
        store.people.sight("p9", "Aino", TODAY)
    with pytest.raises(NotFoundError, match="no profile 'p9'"):
        store.people.name_staff("p9", ["Aino"], NOON, "lead")
