"""A client's path on pages: judged, asked about, answered, packed and printed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from matcher.domain.barriers import Barrier, BarrierArea, Severity
from matcher.domain.casework.assessments import ServiceNeeds
from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan, PlanStep
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Benefit, BenefitDays, Period, Registration
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

HOME = "/clients/p-oulu"
PATH = f"{HOME}/pathway"
PLAN = Plan(
    goal="Hitsaajaksi",
    steps=(
        PlanStep(
            text="Hae töihin satamaan",
            responsible=Responsible.CLIENT,
            due=date(2026, 11, 30),
            kind=OfferKind.VACANCY,
            offer_id="v-welder",
        ),
    ),
    agreed=date(2026, 10, 30),
    next_review=date(2027, 1, 15),
)
NEEDS = ServiceNeeds(
    assessed=date(2026, 10, 1),
    barriers=(Barrier(BarrierArea.COMPETENCE, Severity.MODERATE, "hitsaus"),),
)


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def answer(coach: Visitor, fact: str, **given: str) -> tuple[int, str]:
    form = {**coach.token(PATH), "fact": fact, "version": "0", **given}
    answered = coach.post(PATH, form)
    return answered.status_code, answered.text


def test_what_is_missing_is_asked_and_the_answer_moves_the_path_on(
    api: ApiUnderTest, coach: Visitor
) -> None:
    before = coach.get(PATH).text
    assert "Onko asiakkaan työnhaku voimassa?" in before
    assert before.count('<li class="phase-perhaps"') == 4
    assert answer(coach, "job_search", holds="true", start="2026-01-02") == (303, "")
    after = coach.get(PATH).text
    assert "Vastaus on tallennettu." in after
    assert "Onko asiakkaan työnhaku voimassa?" not in after
    assert '<li class="phase-now" aria-current="step">' in after
    with api.store() as store:
        version, situation = store.situations.read("p-oulu")
    assert version == 1
    assert situation.registrations == (Registration(Period(date(2026, 1, 2))),)


def test_each_kind_of_question_has_its_own_fields(api: ApiUnderTest, coach: Visitor) -> None:
    assert answer(coach, "benefit", benefit="basic")[0] == 303
    assert answer(coach, "benefit_days", version="1", days="120", counted="2026-11-01")[0] == 303
    assert answer(coach, "foreign_language", version="2", language="ru")[0] == 303
    with api.store() as store:
        _, known = store.situations.read("p-oulu")
    assert (known.benefit, known.first_language) == (Benefit.BASIC, "ru")
    assert known.benefit_days == BenefitDays(120, date(2026, 11, 1))


def test_contacts_in_what_an_answer_rests_on_are_left_out(
    api: ApiUnderTest, coach: Visitor
) -> None:
    told = {"holds": "true", "evidence": "lausunto, p. 040 123 4567"}
    assert answer(coach, "reduced_work_ability", **told)[0] == 303
    with api.store() as store:
        _, known = store.situations.read("p-oulu")
    assert "040" not in known.basis[0].evidence


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"holds": "true"}, "Täytä tämä kohta."),
        ({"holds": "true", "start": "eilen"}, "Kirjoita päivä, esimerkiksi"),
        ({"holds": "true", "start": "2026-05-01", "end": "2026-04-01"}, "Täytä tämä kohta."),
        ({}, "Täytä tämä kohta."),
    ],
)
def test_an_answer_that_lacks_something_is_asked_for_again(
    coach: Visitor, given: dict[str, str], said: str
) -> None:
    status, page = answer(coach, "job_search", **given)
    assert status == 422
    assert said in page
    assert re.search(r'<details class="question" open>\s*<summary>Onko asiakkaan työnhaku', page)


def test_two_coaches_do_not_overwrite_each_other(coach: Visitor) -> None:
    assert answer(coach, "immigrant", holds="false")[0] == 303
    status, page = answer(coach, "benefit", benefit="basic")
    assert status == 409
    assert "Joku muu on muuttanut tätä" in page


def test_a_plan_is_shown_and_printed_in_the_language_of_the_client(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert coach.get(f"{HOME}/plan").status_code == 404
    with api.store() as store:
        store.cases.add("p-oulu", PLAN, "coach", NOW)
    assert f'href="{HOME}/offers/vacancy/v-welder"' in coach.get(PATH).text
    assert "asiakas, viimeistään 30.11.2026" in coach.get(PATH).text
    assert "Viimeistään 30.11.2026." in coach.get(f"{HOME}/plan").text
    assert "Это делаете вы" in coach.get(f"{HOME}/plan?tongue=ru").text


def test_a_package_answers_the_barriers_of_the_assessment(
    api: ApiUnderTest, coach: Visitor
) -> None:
    assert "palvelutarvetta ei ole vielä arvioitu" in coach.get(f"{HOME}/package").text
    with api.store() as store:
        store.cases.add("p-oulu", NEEDS, "coach", NOW)
    page = coach.get(f"{HOME}/package?budget=500").text
    assert "<strong>osaaminen" in page
    assert 'value="500"' in page


def test_without_a_home_there_is_no_path_yet(api: ApiUnderTest) -> None:
    visitor = Visitor(api)
    visitor.sign_in("admin")
    page = visitor.get("/clients/p-homeless/pathway").text
    assert "Asiakkaan kotikuntaa ei tiedetä" in page


def test_another_coach_sees_nothing_of_the_client(api: ApiUnderTest) -> None:
    visitor = Visitor(api)
    visitor.sign_in("other coach")
    for path in (PATH, f"{HOME}/package", f"{HOME}/plan"):
        assert visitor.get(path).status_code == 404
