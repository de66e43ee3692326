from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from matcher.domain.profile import Profile
from matcher.match.employer.people import PeopleBook
from matcher.match.gates.sides import Facts
from tests.unit.match.region import COOK, NOW, TODAY, WELDER, Region


def profiles(book: PeopleBook, *ids: str) -> dict[str, Profile]:
    return {id: one.profile for id, one in book.get(ids, TODAY).items()}


def test_people_are_those_of_today(region: Region) -> None:
    region.add(WELDER, COOK)
    book = PeopleBook(region.store)
    assert profiles(book, "welder", "cook", "nobody") == {"welder": WELDER, "cook": COOK}
    moved = replace(WELDER, municipality="091")
    region.add(moved)
    region.store.erase_profile("cook", NOW)
    assert profiles(book, "welder", "cook") == {"welder": moved}


def test_who_rests_is_absent_until_active_again(region: Region) -> None:
    region.add(replace(WELDER, active=False))
    book = PeopleBook(region.store)
    assert profiles(book, "welder") == {}
    region.add(WELDER)
    assert profiles(book, "welder") == {"welder": WELDER}


def test_what_gates_read_is_that_of_the_day(region: Region) -> None:
    region.add(replace(WELDER, birth_date=date(2008, 11, 23)))
    book = PeopleBook(region.store)
    for on in (TODAY, TODAY + timedelta(days=1)):
        one = book.get(["welder"], on)["welder"]
        assert one.facts == Facts.of(one.profile, on)
