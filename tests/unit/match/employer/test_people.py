from __future__ import annotations

from dataclasses import replace

from matcher.match.employer.people import PeopleBook
from tests.unit.match.region import COOK, NOW, TODAY, WELDER, Region


def test_people_are_those_of_today(region: Region) -> None:
    region.add(WELDER, COOK)
    book = PeopleBook(region.store)
    assert book.get(["welder", "cook", "nobody"], TODAY) == {"welder": WELDER, "cook": COOK}
    moved = replace(WELDER, municipality="091")
    region.add(moved)
    region.store.erase_profile("cook", NOW)
    assert book.get(["welder", "cook"], TODAY) == {"welder": moved}


def test_who_rests_is_absent_until_active_again(region: Region) -> None:
    region.add(replace(WELDER, active=False))
    book = PeopleBook(region.store)
    assert book.get(["welder"], TODAY) == {}
    region.add(WELDER)
    assert book.get(["welder"], TODAY) == {"welder": WELDER}
