from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.offer import CompanyNeed, Offer, Service, Training, Vacancy
from matcher.domain.parts import Hours, Support
from matcher.domain.situation import Basis, BasisFact, Situation
from matcher.pathways.area import Decider, Instrument
from matcher.pathways.duties import duties_of
from matcher.pathways.factnames import FactName
from matcher.pathways.instruments import (
    instruments_by_offer,
    instruments_for,
    instruments_open_to,
    own_instruments,
)
from matcher.pathways.load import area_named, areas
from matcher.pathways.standing import Standing
from matcher.pathways.truth import Truth
from tests.unit.pathways.people import DAY, NOKIA, basis, person, situation, standing

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
NEED = CompanyNeed(
    id="n",
    support=(Support.PAY_SUBSIDY, Support.APPRENTICESHIP),
    hours=Hours(per_week=30),
)


def answers(client: Standing, offer: Offer) -> dict[Instrument, Truth]:
    return {each.rule.instrument: each.truth for each in instruments_for(client, offer)}


def test_many_offers_are_judged_like_each_and_those_that_say_the_same_once() -> None:
    client = standing("oulu-2021")
    offers: list[Offer] = [
        NEED,
        CompanyNeed(id="ready for nothing", hours=Hours(per_week=30)),
        CompanyNeed(id="fewer hours", support=NEED.support, hours=Hours(per_week=10)),
        Training(id="free", cost_eur=0),
        Training(id="dear", cost_eur=9000),
        replace(NEED, id="the same again", organisation="Toinen Oy"),
    ]
    rulings = instruments_by_offer(client, offers)
    assert rulings == [instruments_for(client, offer) for offer in offers]
    assert rulings[-1] is rulings[0]
    assert rulings[1] != rulings[0] != rulings[2]


def test_each_kind_of_offer_has_its_instruments() -> None:
    client = standing("oulu-2021")
    assert {
        type(offer): set(answers(client, offer))
        for offer in (Vacancy(id="v"), NEED, Training(id="t"), Service(id="s"))
    } == {
        Vacancy: {
            Instrument.WORK_TRIAL,
            Instrument.PAY_SUBSIDY,
            Instrument.APPRENTICESHIP,
            Instrument.SUPPORTED_EMPLOYMENT,
            Instrument.JOB_COACHING,
            Instrument.WORKPLACE_ADJUSTMENT,
        },
        CompanyNeed: {
            Instrument.WORK_TRIAL,
            Instrument.PAY_SUBSIDY,
            Instrument.TRAINING_AGREEMENT,
            Instrument.APPRENTICESHIP,
            Instrument.SUPPORTED_EMPLOYMENT,
            Instrument.JOB_COACHING,
            Instrument.WORKPLACE_ADJUSTMENT,
        },
        Training: {Instrument.LABOUR_MARKET_TRAINING, Instrument.SELF_MOTIVATED_STUDIES},
        Service: {
            Instrument.SERVICE_VOUCHER,
            Instrument.REHABILITATIVE_WORK,
            Instrument.JOB_COACHING,
        },
    }


def test_eligible_instruments_come_first_and_the_refused_last() -> None:
    client = standing("oulu-2021", told=situation(basis=basis(Basis.COMPETENCE_GAP)))
    assert list(answers(client, NEED).items()) == [
        (Instrument.PAY_SUBSIDY, YES),
        (Instrument.APPRENTICESHIP, YES),
        (Instrument.WORK_TRIAL, UNKNOWN),
        (Instrument.TRAINING_AGREEMENT, NO),
        (Instrument.SUPPORTED_EMPLOYMENT, NO),
        (Instrument.JOB_COACHING, NO),
        (Instrument.WORKPLACE_ADJUSTMENT, NO),
    ]


@pytest.mark.parametrize(("hours", "truth"), [(25.0, YES), (24.9, NO), (None, UNKNOWN)])
def test_an_apprenticeship_asks_for_the_hours_of_the_offer(
    hours: float | None, truth: Truth
) -> None:
    need = CompanyNeed(id="n", support=NEED.support, hours=Hours(per_week=hours))
    assert answers(standing("oulu-2021"), need)[Instrument.APPRENTICESHIP] is truth


@pytest.mark.parametrize(("cost", "truth"), [(0.0, YES), (250.0, NO), (None, UNKNOWN)])
def test_labour_market_training_is_free_of_charge(cost: float | None, truth: Truth) -> None:
    client = standing("oulu-2021", told=situation(basis=basis(Basis.TRAINING_NEED)))
    found = answers(client, Training(id="t", cost_eur=cost))
    assert found[Instrument.LABOUR_MARKET_TRAINING] is truth


def test_a_company_that_named_other_support_is_asked_and_not_taken_to_refuse() -> None:
    client = standing("oulu-2021", told=situation(basis=basis(Basis.VOCATIONAL_STUDIES)))
    [found] = [
        each
        for each in instruments_for(client, NEED)
        if each.rule.instrument is Instrument.TRAINING_AGREEMENT
    ]
    assert (found.truth, found.missing) == (UNKNOWN, (FactName.EMPLOYER_READY,))
    assert found.rule.decides is Decider.SCHOOL
    assert found.rule.evidence[0].fi == "HOKS ja koulutuksen järjestäjän koulutussopimus"


def test_a_start_up_grant_needs_no_offer() -> None:
    ready = situation(basis=basis(Basis.BUSINESS_PREREQUISITES))
    [grant] = own_instruments(standing("oulu-2021", told=ready))
    assert (grant.rule.instrument, grant.truth) == (Instrument.STARTUP_GRANT, YES)
    running = situation(basis=(BasisFact(Basis.BUSINESS_STARTED, True),))
    [grant] = own_instruments(standing("oulu-2021", told=running))
    assert (grant.truth, grant.verdict.because) == (NO, (FactName.BUSINESS_STARTED,))


def test_the_employers_side_names_what_its_readiness_allows() -> None:
    found = instruments_open_to(NEED, area_named("oulu-2021"), DAY)
    assert [(each.rule.instrument, each.missing) for each in found] == [
        (
            Instrument.PAY_SUBSIDY,
            (FactName.COMPETENCE_GAP, FactName.REDUCED_WORK_ABILITY, FactName.UNEMPLOYED),
        ),
        (Instrument.APPRENTICESHIP, (FactName.AGE,)),
        (Instrument.SUPPORTED_EMPLOYMENT, (FactName.REDUCED_WORK_ABILITY,)),
        (Instrument.JOB_COACHING, (FactName.SERVICE_NEED, FactName.UNEMPLOYED)),
        (Instrument.WORKPLACE_ADJUSTMENT, (FactName.REDUCED_WORK_ABILITY,)),
    ]


def test_an_offer_of_too_few_hours_allows_no_apprenticeship() -> None:
    short = CompanyNeed(id="n", support=NEED.support, hours=Hours(per_week=20))
    found = instruments_open_to(short, area_named("oulu-2021"), DAY)
    assert Instrument.APPRENTICESHIP not in {each.rule.instrument for each in found}


@pytest.mark.parametrize(
    ("area", "on", "trial", "subsidy", "rehabilitative"),
    [
        ("turku-2017", date(2018, 1, 1), "te_office", "te_office", "municipality"),
        ("oulu-2021", date(2022, 12, 31), "municipality", "municipality", "municipality"),
        ("oulu-2021", date(2023, 1, 1), "municipality", "municipality", "wellbeing_county"),
        ("pori-2021", DAY, "municipality", "municipality", "municipality"),
        ("pirkanmaa-2021", DAY, "municipality", "municipality", "municipality"),
        (
            "finland-2026",
            date(2026, 1, 1),
            "employment_authority",
            "employment_authority",
            "wellbeing_county",
        ),
    ],
)
def test_who_decides_depends_on_the_area_and_the_day(
    area: str, on: date, trial: str, subsidy: str, rehabilitative: str
) -> None:
    client = standing(area, on=on)
    decides = {
        each.rule.instrument: each.rule.decides.value
        for offer in (NEED, Service(id="s"))
        for each in instruments_for(client, offer)
    }
    assert decides[Instrument.WORK_TRIAL] == trial
    assert decides[Instrument.PAY_SUBSIDY] == subsidy
    assert decides[Instrument.REHABILITATIVE_WORK] == rehabilitative


def test_that_the_municipality_decides_names_its_source() -> None:
    found = instruments_for(standing("pirkanmaa-2021", person(home=NOKIA)), NEED)
    [subsidy] = [each.rule for each in found if each.rule.instrument is Instrument.PAY_SUBSIDY]
    assert subsidy.source.endswith("; article 004: the municipality decides about pay subsidies")


def test_every_area_has_a_rule_for_every_instrument_on_each_of_its_days() -> None:
    for area in areas():
        for on in {area.valid.start, area.valid.end or area.valid.start}:
            named = [rule.instrument for rule in area.instruments if rule.valid.holds(on)]
            assert sorted(named) == sorted(Instrument)


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.name)
def test_nothing_is_agreed_to_of_whom_nothing_is_known(area: object) -> None:
    known = area_named(getattr(area, "name", ""))
    client = Standing.of(person(home=None, born=None), Situation(), known, known.valid.start)
    for offer in (Vacancy(id="v"), CompanyNeed(id="n"), Training(id="t"), Service(id="s")):
        assert YES not in answers(client, offer).values()
    assert all(each.missing for each in duties_of(client, ()))


#: When each area's duties are due.
TIMES = {
    "turku-2017": {"mapping": "3 months", "placement": "500 days or the end"},
    "oulu-2021": {"mapping": "1 months", "placement": "500 days or the end"},
    "pori-2021": {"mapping": "3 months", "placement": "500 days or the end"},
    "pirkanmaa-2021": {"mapping": "3 months", "placement": "500 days or the end"},
    "finland-2026": {
        "first_interview": "10 working days",
        "discussion": "3 months, then every 3",
        "mapping": "3 months",
        "placement": "500 days or the end",
    },
}


@pytest.mark.parametrize("name", TIMES)
def test_duties_are_due_when_the_sources_say(name: str) -> None:
    late = {"health_mapping": "1000 days", "supported_work": "1000 days"}
    told = {}
    for rule in area_named(name).duties:
        parts = {
            f"{rule.after_months} months": rule.after_months is not None,
            f"{rule.after_working_days} working days": rule.after_working_days is not None,
            f"{rule.at_benefit_days} days": rule.at_benefit_days is not None,
        }
        end = " or the end" if rule.at_end_of_earnings_related else ""
        again = f", then every {rule.every_months}" if rule.every_months else ""
        first = "".join(part for part, given in parts.items() if given)
        told[rule.duty.value] = first + end + again
    assert told == {**TIMES[name], **late}
