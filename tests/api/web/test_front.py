"""The front page of a client: what a coach sees first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.casework.item import Responsible
from matcher.domain.casework.meetings import Task
from matcher.domain.casework.plans import Plan
from matcher.domain.match import Band, Match
from matcher.domain.offer import OfferKind
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.lists import ListEntry, Lists, StoredList
from tests.api.conftest import NOW, WELDER
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

TODAY = NOW.date()
PLAN = Plan(goal="Hitsaajaksi", steps=(), agreed=TODAY, next_review=TODAY + timedelta(days=30))


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def _part(page: str, name: str) -> str:
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)\n</section>', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_portfolio_leads_to_the_front_page_and_that_to_everything(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert '<th scope="row"><a href="/clients/p-oulu">p-oulu</a>' in coach.get("/clients").text
    page = coach.get("/clients/p-oulu").text
    pages = ("mapping", "matches", "upskill", "pathway", "link", "package", "handout")
    assert all(f'href="/clients/p-oulu/{one}"' in page for one in pages)
    # A plan is there to be printed as soon as somebody has written one.
    assert 'href="/clients/p-oulu/plan"' not in page
    with api.store() as store:
        store.cases.add("p-oulu", PLAN, "key", NOW)
    assert 'href="/clients/p-oulu/plan"' in coach.get("/clients/p-oulu").text


def test_what_is_late_stands_first_and_says_so(api: ApiUnderTest, coach: Visitor) -> None:
    late = Task(text="Soita", responsible=Responsible.COACH, due=TODAY - timedelta(days=3))
    with api.store() as store:
        store.cases.add("p-oulu", late, "key", NOW)
    due = _part(coach.get("/clients/p-oulu").text, "due")
    first = due[due.index("<li>") :]
    assert first.startswith("<li>Sovittu tehtävä 30.10.2026 <span")
    assert "myöhässä" in first


def test_what_is_not_known_leads_to_where_it_is_written_down(coach: Visitor) -> None:
    asked = _part(coach.get("/clients/p-oulu").text, "ask")
    assert 'href="/clients/p-oulu/mapping#competences"' in asked
    assert 'href="/clients/p-oulu/pathway#missing"' in asked


def test_who_takes_no_part_and_has_no_home_has_a_front_page(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert "ei ole tällä hetkellä mukana" not in coach.get("/clients/p-oulu").text
    with api.store() as store:
        store.profiles.upsert([replace(WELDER, active=False)], NOW)
    assert "ei ole tällä hetkellä mukana" in coach.get("/clients/p-oulu").text


def test_what_is_new_stands_there_until_the_list_is_opened(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert "ei ole vielä tehty listaa" in _part(coach.get("/clients/p-oulu").text, "new")
    matches = [
        Match("p-oulu", id, OfferKind.VACANCY, rank, 0.7, Band.GOOD, (), (), ())
        for rank, id in enumerate(("v-welder", "v-gone"), start=1)
    ]
    entries = tuple(
        ListEntry(OfferKind.VACANCY, one.offer_id, one.rank, 0.7, Band.GOOD, True, codec.dump(one))
        for one in matches
    )
    with api.store() as store:
        store.lists.replace_many([StoredList("p-oulu", "run-1", api.snapshot, NOW, entries)])
    new = coach.get("/clients/p-oulu").text
    assert 'href="/clients/p-oulu/offers/vacancy/v-welder"' in new
    assert "v-gone" not in new
    assert "(uusia: 1)" in new
    # To look at the front page is not to open the list.
    assert "(uusia: 1)" in coach.get("/clients/p-oulu").text
    assert "Listat on tehty yöllä" in coach.get("/clients/p-oulu/matches").text
    assert "Ei uutta sen jälkeen" in coach.get("/clients/p-oulu").text


def test_a_list_that_a_night_removes_meanwhile_is_none(
    api: ApiUnderTest, coach: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ListEntry(OfferKind.VACANCY, "v-welder", 1, 0.7, Band.GOOD, True, "{}")
    with api.store() as store:
        store.lists.replace_many([StoredList("p-oulu", "run-1", api.snapshot, NOW, (entry,))])

    def gone(*_: object) -> StoredList:
        raise NotFoundError("list of profile", "p-oulu", remedy="Run matcher nightly.")

    monkeypatch.setattr(Lists, "served", gone)
    answer = coach.get("/clients/p-oulu")
    assert answer.status_code == 200
    assert "ei ole vielä tehty listaa" in _part(answer.text, "new")


def test_what_was_noted_last_of_offers_stands_there(coach: Visitor) -> None:
    saved = {"kind": "vacancy", "offer_id": "v-welder", "action": "saved"}
    form = saved | coach.token("/clients/p-oulu/matches")
    assert coach.post("/clients/p-oulu/feedback", form).status_code == 303
    said = _part(coach.get("/clients/p-oulu").text, "said")
    assert 'Tallennettu: <a href="/clients/p-oulu/offers/vacancy/v-welder"' in said


def test_nobody_opens_the_front_page_of_somebody_elses_client(coach: Visitor) -> None:
    assert coach.get("/clients/p-kempele").status_code == 404
