"""Consent, cards and answers in the browser: coach and employer, step by step."""

from __future__ import annotations

import re
from datetime import date

import pytest

from matcher.domain.answer import Answer, Outcome, WhyNot
from matcher.domain.consent import ConsentState, Move, Standing, ask, pseudonym
from matcher.errors import NotFoundError
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

CARD = "/needs/n-own/cards/K-1"
LAST_DAY = date(2026, 12, 31)


def shown(api: ApiUnderTest, person: str = "p-oulu", name: str = "1") -> None:
    """Let a person be shown for the employer's need."""
    dates = (date(2026, 11, 9), LAST_DAY)
    consent = ask(
        (person, "n-own"), dates, id=f"c-{name}", pseudonym=pseudonym(name), now=NOW, by="k"
    )
    with api.store() as store:
        store.consents.ask(consent)
        store.consents.move(person, consent.id, Move.YES, NOW, "k")
        store.consents.stand(
            Standing(
                profile_id=person,
                follow_up_from=date(2026, 10, 1),
                protected=False,
                at=NOW,
                by="k",
            )
        )


def visiting(api: ApiUnderTest, who: str) -> Visitor:
    """Somebody who has signed in."""
    visitor = Visitor(api)
    visitor.sign_in(who)
    return visitor


@pytest.fixture
def employer(api: ApiUnderTest) -> Visitor:
    """The employer, who sees one person."""
    shown(api)
    return visiting(api, "employer")


def test_a_card_tells_what_a_person_can_do_and_not_who_it_is(employer: Visitor) -> None:
    page = employer.get("/needs/n-own").text
    assert "K-1" in page
    assert "MIG/MAG-hitsaus" in page
    assert "2.11.2026" in page
    assert "p-oulu" not in page
    assert "viisitoista vuotta" not in page


def test_an_answer_is_kept_and_shown_to_the_coach(api: ApiUnderTest, employer: Visitor) -> None:
    assert "1 odottaa vastaustasi" in employer.get("/needs").text
    token = employer.token("/needs/n-own")
    for form in ({"answer": "invited"}, {"answer": "not_chosen", "reason": "skills"}):
        assert employer.post(CARD, {**token, **form}).status_code == 303
    with api.store() as store:
        kept = store.answers.of_needs(["n-own"])
    assert [(one.request, one.profile_id, one.answer, one.reason) for one in kept] == [
        ("c-1", "p-oulu", Answer.INVITED, None),
        ("c-1", "p-oulu", Answer.NOT_CHOSEN, WhyNot.SKILLS),
    ]
    assert "Vastauksesi 2.11.2026: ei valittu" in employer.get("/needs/n-own").text
    assert "odottaa vastaustasi" not in employer.get("/needs").text
    coach = visiting(api, "coach").get("/consents").text
    assert "Yritys vastasi 2.11.2026" in coach
    assert "jotakin työssä tarvittavaa puuttuu" in coach


@pytest.mark.parametrize(
    ("form", "at"),
    [({}, "answer-K-1"), ({"answer": "x"}, "answer-K-1"), ({"answer": "not_chosen"}, "reason-K-1")],
)
def test_an_answer_that_lacks_something_is_asked_again(
    api: ApiUnderTest, employer: Visitor, form: dict[str, str], at: str
) -> None:
    answered = employer.post(CARD, {**employer.token("/needs/n-own"), **form})
    assert answered.status_code == 422
    assert f'<a href="#{at}">' in answered.text
    assert f'id="{at}"' in answered.text
    with api.store() as store:
        assert store.answers.of_needs(["n-own"]) == []


@pytest.mark.parametrize("way", ["withdrawn", "another need", "never shown"])
def test_who_is_not_shown_cannot_be_answered(
    api: ApiUnderTest, employer: Visitor, way: str
) -> None:
    token = employer.token("/needs/n-own")
    path = {"another need": "/needs/n-other/cards/K-1", "never shown": "/needs/n-own/cards/K-2"}
    if way == "withdrawn":
        with api.store() as store:
            store.consents.move("p-oulu", "c-1", Move.WITHDRAW, NOW, "k")
    answered = employer.post(path.get(way, CARD), {**token, "answer": "hired"})
    assert answered.status_code == 404
    with api.store() as store:
        assert store.answers.of_people(["p-oulu"]) == []


def test_whose_protection_is_unknown_counts_nowhere(api: ApiUnderTest, employer: Visitor) -> None:
    with api.store() as store:
        store.consents.stand(
            Standing(profile_id="p-oulu", follow_up_from=date(2026, 10, 1), at=NOW, by="k")
        )
    assert "odottaa vastaustasi" not in employer.get("/needs").text
    assert "K-1" not in employer.get("/needs/n-own").text


def test_a_closed_need_is_gone_and_its_consents_have_lapsed(
    api: ApiUnderTest, employer: Visitor
) -> None:
    token = employer.token("/needs/n-own")
    assert employer.post("/needs/n-own/close", {**token, "outcome": "x"}).status_code == 422
    closed = employer.post("/needs/n-own/close", {**token, "outcome": "hired_here"})
    assert closed.headers["Location"] == "/needs"
    assert "Palkkasimme täällä esitellyn henkilön" in employer.get("/needs").text
    assert employer.get("/needs/n-own").status_code == 404
    with api.store() as store:
        [consent] = store.consents.of_need("n-own")
        assert consent.state(NOW.date()) is ConsentState.LAPSED
        key = next(k.id for k in store.keys.list() if k.label == "employer")
        [outcome] = store.answers.ended(key, 10)
        assert (outcome.need_id, outcome.outcome) == ("n-own", Outcome.HIRED_HERE)


def test_who_closes_a_need_twice_is_told_that_it_is_closed_as_it_was_first(
    api: ApiUnderTest, employer: Visitor
) -> None:
    token = employer.token("/needs/n-own")
    for outcome in ("hired_here", "not_filled"):
        closed = employer.post("/needs/n-own/close", {**token, "outcome": outcome})
        assert closed.headers["Location"] == "/needs"
    assert employer.post("/needs/n-other/close", {**token, "outcome": "x"}).status_code == 404
    other = employer.post("/needs/n-other/close", {**token, "outcome": "not_filled"})
    assert other.status_code == 404
    with api.store() as store:
        assert [one.outcome for one in store.answers.ended(None, 10)] == [Outcome.HIRED_HERE]


def test_answers_go_with_the_person(api: ApiUnderTest, employer: Visitor) -> None:
    employer.post(CARD, {**employer.token("/needs/n-own"), "answer": "invited"})
    with api.store() as store:
        store.erase_profile("p-oulu", NOW)
        assert store.answers.of_needs(["n-own"]) == []
        with pytest.raises(NotFoundError):
            store.profiles.get("p-oulu")


def test_a_coach_asks_records_and_introduces(api: ApiUnderTest) -> None:
    coach, employer = visiting(api, "coach"), "employer"
    path = "/clients/p-oulu/consents/new?need=n-own"
    assert "Hitsaaja telakalle" in coach.get(path).text
    asked = coach.post(path.partition("?")[0], coach.form(path))
    assert asked.headers["Location"] == "/consents"
    page = coach.get("/consents").text
    [move] = set(re.findall(r'action="(/clients/p-oulu/consents/c-[0-9a-f]+)"', page))
    assert "odottaa vastausta" in page
    token = coach.token("/consents")
    assert coach.post(move, {**token, "move": "yes"}).status_code == 303
    assert "seuranta-aika on käynnissä, turvakieltoa ei ole" in coach.get("/consents").text
    with api.store() as store:
        [consent] = store.consents.of_profile("p-oulu")
        assert consent.state(NOW.date()) is ConsentState.GIVEN
    assert coach.post(move, {**token, "move": "introduce"}).status_code == 303
    assert "esitelty nimellä" in coach.get("/consents").text
    assert visiting(api, employer).get("/consents").status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("deadline", "2026-11-01"), ("until", "2026-11-03"), ("need_id", "n-none"), ("until", "")],
)
def test_a_request_that_cannot_be_made_is_shown_again(
    api: ApiUnderTest, field: str, value: str
) -> None:
    coach = visiting(api, "coach")
    path = "/clients/p-oulu/consents/new?need=n-own"
    answered = coach.post(path.partition("?")[0], {**coach.form(path), field: value})
    assert answered.status_code == 422
    assert f'id="{field}-error"' in answered.text
    with api.store() as store:
        assert store.consents.of_profile("p-oulu") == []


def test_requests_of_other_municipalities_are_not_shown(api: ApiUnderTest) -> None:
    shown(api)
    assert "K-1" in visiting(api, "coach").get("/consents").text
    assert "K-1" not in visiting(api, "other coach").get("/consents").text
