"""A coach's portfolio: who is in it, in which order, and what is told of each."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.casework.item import Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, MeetingState, Task
from matcher.domain.casework.placements import Assignment
from matcher.domain.parts import Competence
from matcher.domain.situation import Period, Registration, Situation
from tests.api.conftest import NOW, WELDER
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

TODAY = NOW.date()
LATE = Task(text="Soita", responsible=Responsible.COACH, due=TODAY - timedelta(days=3))


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def _ids(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/clients/([^/"]+)', page)


def test_what_is_overdue_stands_first_with_what_it_is(api: ApiUnderTest, coach: Visitor) -> None:
    with api.store() as store:
        store.cases.add("p-oulu-4", LATE, "key", NOW)
    page = coach.get("/clients").text
    assert _ids(page)[:2] == ["p-oulu-4", "p-oulu"]
    assert "Sovittu tehtävä 30.10.2026" in page
    assert "1 asia myöhässä" in page
    assert _ids(coach.get("/clients?show=overdue").text) == ["p-oulu-4"]


def test_duties_of_the_rules_are_told_as_on_the_front_page_of_the_client(
    api: ApiUnderTest, coach: Visitor
) -> None:
    search = Registration(Period(TODAY - timedelta(days=400)))
    with api.store() as store:
        store.situations.put("p-oulu", Situation(registrations=(search,)), NOW)
        store.cases.add("p-oulu", LATE, "key", NOW)
    front = coach.get("/clients/p-oulu").text
    late = front.partition('id="due"')[2].partition("</section>")[0].count("tag-bad")
    assert late > 1
    row = _row(coach.get("/clients").text, "p-oulu")
    assert f"{late} asiaa myöhässä" in row
    first = re.search(r"<li>([^<]+) <span", front)
    assert first
    assert first[1].strip() in " ".join(row.split())


def test_a_duty_that_was_done_is_due_no_more(api: ApiUnderTest, coach: Visitor) -> None:
    begins = NOW - timedelta(days=10)
    search = Registration(Period(begins.date() - timedelta(days=1)))
    held = Meeting(
        kind=MeetingKind.FIRST_INTERVIEW,
        channel=Channel.VISIT,
        begins=begins,
        state=MeetingState.HELD,
    )
    with api.store() as store:
        store.situations.put("p-oulu", Situation(registrations=(search,)), NOW)
    assert "Alkuhaastattelu" in _row(coach.get("/clients").text, "p-oulu")
    with api.store() as store:
        store.cases.add("p-oulu", held, "key", NOW)
    assert "Alkuhaastattelu" not in _row(coach.get("/clients").text, "p-oulu")


def test_who_is_owed_something_late_stands_first_and_is_found(
    api: ApiUnderTest, coach: Visitor
) -> None:
    search = Registration(Period(TODAY - timedelta(days=30)))
    with api.store() as store:
        store.situations.put("p-oulu-4", Situation(registrations=(search,)), NOW)
    assert _ids(coach.get("/clients").text)[0] == "p-oulu-4"
    assert _ids(coach.get("/clients?show=overdue").text) == ["p-oulu-4"]
    with api.store() as store:
        store.situations.put("p-oulu-4", Situation(registrations=()), NOW)
    assert _ids(coach.get("/clients?show=overdue").text) == []


def _row(page: str, id: str) -> str:
    return page.partition(f'<a href="/clients/{id}">')[2].partition("</tr>")[0]


def test_of_whom_too_little_is_known_is_told_with_what_to_ask(
    api: ApiUnderTest, coach: Visitor
) -> None:
    page = coach.get("/clients?show=thin").text
    assert "tietoja liian vähän" in page
    assert "Kysy seuraavaksi:" in page
    three = (Competence("hitsaus"), Competence("sorvaus"), Competence("poraus"))
    known = replace(
        WELDER, competences=three, licences=(), cards=(), languages=(), municipality="564"
    )
    with api.store() as store:
        store.profiles.upsert([known], NOW)
    assert "p-oulu" not in _ids(coach.get("/clients?show=thin").text)
    assert "p-oulu-2" in _ids(coach.get("/clients?show=thin").text)


def test_a_search_that_finds_nobody_says_so_and_shows_what_was_typed(coach: Visitor) -> None:
    page = coach.get("/clients?q=%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "Haulla ei löytynyt yhtään asiakasta." in page
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_who_has_no_coach_is_found(api: ApiUnderTest, coach: Visitor) -> None:
    with api.store() as store:
        store.cases.add("p-oulu-2", Assignment(coach="Aino", start=TODAY), "key", NOW)
    found = _ids(coach.get("/clients?show=unassigned").text)
    assert "p-oulu" in found
    assert "p-oulu-2" not in found


def test_pages_go_on_where_the_one_before_ended(api: ApiUnderTest, coach: Visitor) -> None:
    with api.store() as store:
        store.profiles.upsert([replace(WELDER, id=f"q-{n:03d}") for n in range(70)], NOW)
        store.cases.add("q-069", LATE, "key", NOW)
    first = coach.get("/clients").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward
    second = coach.get(onward[1].replace("&amp;", "&")).text
    ids = _ids(first) + _ids(second)
    assert ids[0] == "q-069"
    assert len(_ids(first)) == 50
    assert len(ids) == len(set(ids)) == 76


@pytest.mark.parametrize("address", ["show=none", "town=Oulu", "due=soon"])
def test_an_address_that_means_nothing_is_told(coach: Visitor, address: str) -> None:
    assert coach.get(f"/clients?{address}").status_code == 422
