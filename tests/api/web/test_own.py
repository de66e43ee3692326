"""The person's own pages: coming in, and what one sees and says there."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from matcher.domain.casework.changes import ReportedChange
from matcher.domain.consent import ConsentState, ask, pseudonym
from matcher.domain.sharing import Part, Share, SharePurpose
from matcher.i18n.tongue import Tongue
from tests.api.conftest import NOW, SCHOOL
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

PERSON = "p-oulu-2"
PAGES = ("/own", "/own/consents", "/own/seen", "/own/changes", "/own/data")
TITLES = {
    Tongue.FI: "Kuka saa nähdä sinut",
    Tongue.SV: "Vem får se dig",
    Tongue.EN: "Who may see you",
    Tongue.RU: "Кто может видеть вас",
    Tongue.PLAIN_FI: "Kuka saa nähdä tietojasi?",
}


def link_of(api: ApiUnderTest) -> Any:
    """The link and code that the coach hands over."""
    return api.json("coach", "POST", f"/v1/profiles/{PERSON}/links", {"days": 30})


@pytest.fixture
def person(api: ApiUnderTest) -> Visitor:
    """A person who has come in by link and code."""
    made = link_of(api)
    visitor = Visitor(api)
    entered = visitor.post("/own/enter", {"link": made["link"], "code": made["code"]})
    assert entered.headers["Location"] == "/own"
    return visitor


def test_a_person_comes_in_by_a_link_and_a_code_as_they_were_written_down(
    api: ApiUnderTest,
) -> None:
    made, visitor = link_of(api), Visitor(api)
    page = visitor.get(f"/own/enter?link={made['link']}")
    assert f'name="link" value="{made["link"]}"' in page.text
    whole = f"https://kohtaanto.example.fi/own/enter?link={made['link']}"
    code = f"{made['code'][:4]} {made['code'][4:]}"
    assert visitor.post("/own/enter", {"link": whole, "code": code}).status_code == 303
    assert visitor.get("/own").status_code == 200


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"link": "x" * 43, "code": "12345678"}, "Linkillä ja koodilla ei pääse sisään."),
        ({"link": "x" * 5000, "code": "12345678"}, "Linkillä ja koodilla ei pääse sisään."),
        ({"link": "x" * 43, "code": " "}, "Täytä tämä kohta."),
    ],
)
def test_what_does_not_open_lets_nobody_in(
    api: ApiUnderTest, form: dict[str, str], said: str
) -> None:
    answered = Visitor(api).post("/own/enter", form)
    assert answered.status_code == 422
    assert said in answered.text
    assert "12345678" not in answered.text


def test_five_wrong_codes_shut_the_link(api: ApiUnderTest) -> None:
    made, visitor = link_of(api), Visitor(api)
    wrong = "00000000" if made["code"] != "00000000" else "11111111"
    for _ in range(5):
        visitor.post("/own/enter", {"link": made["link"], "code": wrong})
    answered = visitor.post("/own/enter", {"link": made["link"], "code": made["code"]})
    assert answered.status_code == 422


def test_another_site_cannot_let_somebody_in(api: ApiUnderTest) -> None:
    made = link_of(api)
    form = {"link": made["link"], "code": made["code"]}
    refused = Visitor(api).post("/own/enter", form, {"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_whose_session_has_ended_types_the_code_again(api: ApiUnderTest, path: str) -> None:
    asked = Visitor(api).get(path)
    assert asked.headers["Location"] == "/own/enter?ended=yes"


@pytest.mark.parametrize("tongue", list(Tongue))
def test_the_pages_speak_every_language_of_a_client(person: Visitor, tongue: Tongue) -> None:
    person.post("/language", {"language": tongue, "to": "/own"})
    assert TITLES[tongue] in person.get("/own/consents").text
    for path in PAGES:
        assert f'<html lang="{tongue.html}">' in person.get(path).text


def test_a_person_without_a_list_is_told_when_there_will_be_one(person: Visitor) -> None:
    assert "Sinulle ei ole vielä listaa." in person.get("/own").text


def test_a_person_agrees_and_withdraws(api: ApiUnderTest, person: Visitor) -> None:
    dates = (date(2026, 11, 9), date(2026, 12, 31))
    consent = ask((PERSON, "n-own"), dates, id="c-1", pseudonym=pseudonym("1"), now=NOW, by="k")
    with api.store() as store:
        store.consents.ask(consent)
    assert "1 yritys haluaisi nähdä, mitä osaat." in person.get("/own").text
    shown = person.get("/own/consents").text
    for text in ("Hitsaaja telakalle", "Pohjolan Konepaja Oy", "Vastaa viimeistään 9.11.2026."):
        assert text in shown
    token = person.token("/own/consents")
    for move, state in (("yes", ConsentState.GIVEN), ("withdraw", ConsentState.WITHDRAWN)):
        assert person.post("/own/consents/c-1", {**token, "move": move}).status_code == 303
        with api.store() as store:
            [found] = store.consents.of_profile(PERSON)
        assert found.state(NOW.date()) is state
    assert "Peruit suostumuksesi." in person.get("/own/consents").text


@pytest.mark.parametrize("move", ["", "introduce", "lapse", "ask"])
def test_a_person_can_do_only_what_is_theirs(person: Visitor, move: str) -> None:
    answered = person.post("/own/consents/c-1", {**person.token("/own"), "move": move})
    assert answered.status_code == 422


def test_a_person_ends_a_share(api: ApiUnderTest, person: Visitor) -> None:
    share = Share(
        id="sh-1",
        profile_id=PERSON,
        organisation=SCHOOL,
        parts=(Part.PROFILE, Part.PLAN),
        purpose=SharePurpose.STUDIES,
        agreed=date(2026, 11, 1),
        until=date(2026, 11, 30),
        at=NOW,
        by="key",
    )
    with api.store() as store:
        store.shares.add(share)
    shown = person.get("/own/consents").text
    assert "mitä osaat ja toivot, suunnitelmasi." in shown
    assert person.post("/own/shares/sh-1", person.token("/own/consents")).status_code == 303
    with api.store() as store:
        [kept] = store.shares.of_profile(PERSON)
    assert kept.revoked is not None
    assert "on päättynyt" in person.get("/own/consents").text


def test_a_person_sees_who_has_looked(api: ApiUnderTest, person: Visitor) -> None:
    api.json("coach", "GET", f"/v1/profiles/{PERSON}")
    shown = re.sub(r"\s+", " ", person.get("/own/seen").text)
    assert "valmentaja työllisyyspalveluissa" in shown
    assert "2.11.2026 14.00" in shown


def test_the_same_use_many_times_in_a_row_is_one_line(api: ApiUnderTest, person: Visitor) -> None:
    for _ in range(3):
        api.json("coach", "GET", f"/v1/profiles/{PERSON}")
    shown = re.sub(r"\s+", " ", person.get("/own/seen").text)
    assert "2.11.2026 14.00</th>" in shown
    # The link was handed over before.
    assert shown.count("valmentaja työllisyyspalveluissa</td>") == 2
    assert shown.count(", 3 kertaa</td>") == 1


def test_a_reported_change_is_in_the_case_file_without_contacts(
    api: ApiUnderTest, person: Visitor
) -> None:
    form = {"kind": "moved", "text": "Muutan, soita 040 123 4567.", "since": "2026-12-01"}
    sent = person.post("/own/changes", {**person.token("/own/changes"), **form})
    assert sent.status_code == 303
    with api.store() as store:
        [entry] = store.cases.of_person(PERSON, ReportedChange)
    assert "040" not in entry.item.text
    assert "Kiitos." in person.get("/own/changes").text


@pytest.mark.parametrize(
    ("field", "value"), [("kind", ""), ("text", ""), ("text", "x" * 2001), ("since", "eilen")]
)
def test_a_change_that_lacks_something_is_asked_again(
    person: Visitor, field: str, value: str
) -> None:
    form = {"kind": "moved", "text": "Muutan.", "since": "2026-12-01", field: value}
    answered = person.post("/own/changes", {**person.token("/own/changes"), **form})
    assert answered.status_code == 422
    assert f'id="{field}-error"' in answered.text


def test_leaving_leads_back_to_the_code(person: Visitor) -> None:
    left = person.post("/logout", person.token("/own/data"))
    assert left.headers["Location"] == "/own/enter"
    assert person.get("/own").headers["Location"] == "/own/enter?ended=yes"


def test_nobody_else_reads_own_pages(api: ApiUnderTest) -> None:
    coach = Visitor(api)
    coach.sign_in("coach")
    assert {coach.get(path).status_code for path in PAGES} == {403}


def test_only_the_tab_of_the_open_page_is_marked(person: Visitor) -> None:
    for path in PAGES:
        marked = re.findall(r'<a href="([^"]+)"\s+aria-current', person.get(path).text)
        assert marked == [path]
