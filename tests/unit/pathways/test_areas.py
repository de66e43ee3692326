"""The four articles' cases, and Oulu's forty, forty and twenty."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.situation import Basis, Benefit, Period, Situation
from matcher.errors import InputError, NotFoundError
from matcher.pathways.factnames import FactName
from matcher.pathways.load import area_named, area_of
from matcher.pathways.standing import belongs, route
from matcher.pathways.truth import Truth
from tests.unit.pathways.people import (
    DAY,
    HELSINKI,
    NOKIA,
    OULU,
    PORI,
    TAMPERE,
    TURKU,
    basis,
    person,
    registered,
    situation,
    standing,
)

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
YOUNG = date(1993, 1, 1)
GROWN = date(1980, 5, 5)
NOT_UNEMPLOYED = {"registrations": ()}


@pytest.mark.parametrize(
    ("area", "home", "born", "told", "truth"),
    [
        # Oulu: not entitled to earnings-related allowance, or under 30, or an immigrant.
        ("oulu-2021", OULU, GROWN, {}, NO),
        ("oulu-2021", OULU, GROWN, {"earnings_related_right": False}, YES),
        ("oulu-2021", OULU, YOUNG, {}, YES),
        ("oulu-2021", OULU, GROWN, {"immigrant": True}, YES),
        ("oulu-2021", OULU, GROWN, {"first_language": "ru"}, NO),
        ("oulu-2021", HELSINKI, YOUNG, {"immigrant": True}, NO),
        ("oulu-2021", OULU, YOUNG, NOT_UNEMPLOYED, NO),
        ("oulu-2021", OULU, YOUNG, {**NOT_UNEMPLOYED, "services": (Period(DAY),)}, YES),
        # Pori: a benefit that Kela pays, or a foreign language, or under 30.
        ("pori-2021", PORI, GROWN, {}, NO),
        ("pori-2021", PORI, GROWN, {"benefit": Benefit.BASIC}, YES),
        ("pori-2021", PORI, GROWN, {"benefit": Benefit.LABOUR_MARKET_SUBSIDY}, YES),
        ("pori-2021", PORI, GROWN, {"benefit": Benefit.NONE}, NO),
        ("pori-2021", PORI, GROWN, {"first_language": "ar"}, YES),
        ("pori-2021", PORI, GROWN, {"first_language": "sv"}, NO),
        ("pori-2021", PORI, YOUNG, {}, YES),
        ("pori-2021", PORI, GROWN, {"earnings_related_right": False}, NO),
        # Pirkanmaa: as Oulu, or a foreign language; supported work counts as well.
        ("pirkanmaa-2021", NOKIA, GROWN, {}, NO),
        ("pirkanmaa-2021", NOKIA, GROWN, {"first_language": "et"}, YES),
        ("pirkanmaa-2021", NOKIA, GROWN, {"immigrant": True}, YES),
        ("pirkanmaa-2021", NOKIA, YOUNG, NOT_UNEMPLOYED, NO),
        ("pirkanmaa-2021", NOKIA, YOUNG, {**NOT_UNEMPLOYED, "supported_work": (Period(DAY),)}, YES),
        ("pirkanmaa-2021", OULU, YOUNG, {}, NO),
    ],
)
def test_the_articles_say_whom_an_area_serves(
    area: str, home: str, born: date, told: dict[str, object], truth: Truth
) -> None:
    ruling = belongs(standing(area, person(home=home, born=born), situation(**told)))
    assert ruling.truth is truth


@pytest.mark.parametrize(
    ("born", "start", "held", "truth"),
    [
        (date(1990, 1, 1), date(2018, 1, 1), (), YES),  # 28 years old, out of work for 5 months
        (GROWN, date(2018, 1, 1), (), NO),
        (GROWN, date(2017, 6, 1), (), YES),  # for twelve months
        (GROWN, date(2017, 6, 2), (), NO),
        (GROWN, date(2018, 1, 1), (Basis.REDUCED_WORK_ABILITY,), YES),
    ],
)
def test_the_turku_region_served_the_young_the_long_unemployed_and_the_partially_able(
    born: date, start: date, held: tuple[Basis, ...], truth: Truth
) -> None:
    told = situation(registrations=(registered(start),), basis=basis(*held))
    someone = standing("turku-2017", person(home=TURKU, born=born), told, date(2018, 6, 1))
    assert belongs(someone).truth is truth


def test_oulus_composition_is_forty_young_forty_older_and_twenty_immigrants() -> None:
    """Of 100 clients, 40 are under 30, 40 older and 20 immigrants: the rule takes them all."""
    young = [(person(born=YOUNG), situation())] * 40
    older = [(person(born=GROWN), situation(earnings_related_right=False))] * 40
    immigrants = [(person(born=GROWN), situation(immigrant=True, first_language="so"))] * 20
    entitled = [(person(born=GROWN), situation())] * 50
    taken = [
        belongs(standing("oulu-2021", profile, told)).truth
        for profile, told in (*young, *older, *immigrants, *entitled)
    ]
    assert taken == [YES] * 100 + [NO] * 50


def test_a_client_who_turns_thirty_leaves_the_group_on_the_birthday() -> None:
    answers = [
        belongs(standing("oulu-2021", person(born=date(1992, 6, 2)), on=date(2022, 6, day))).truth
        for day in (1, 2)
    ]
    assert answers == [YES, NO]


def test_a_missing_fact_is_named_with_the_rule_and_its_version() -> None:
    ruling = belongs(standing("oulu-2021", person(born=None)))
    assert ruling.truth is UNKNOWN
    assert ruling.missing == (FactName.AGE,)
    assert ruling.rule.version == "target@2021-03-01"
    assert ruling.rule.source == "Articles 000 and 003 on Oulu"


def test_of_whom_nothing_is_known_everything_is_missing() -> None:
    ruling = belongs(standing("oulu-2021", person(home=None, born=None), Situation()))
    assert ruling.missing == (
        FactName.AGE,
        FactName.EARNINGS_RELATED_RIGHT,
        FactName.HOME_IN_AREA,
        FactName.IMMIGRANT,
        FactName.IN_SERVICES,
        FactName.UNEMPLOYED,
    )


@pytest.mark.parametrize("day", [date(2021, 2, 28), date(2023, 7, 1)])
def test_an_area_has_no_rules_outside_its_days(day: date) -> None:
    with pytest.raises(InputError, match=f"oulu-2021 has no rules for {day}"):
        standing("oulu-2021", on=day)


@pytest.mark.parametrize(
    ("home", "on", "name"),
    [
        (OULU, date(2021, 2, 28), None),
        (OULU, date(2021, 3, 1), "oulu-2021"),
        (OULU, date(2023, 6, 30), "oulu-2021"),
        (OULU, date(2023, 7, 1), None),
        (OULU, date(2026, 1, 1), "finland-2026"),
        (TURKU, date(2017, 8, 1), "turku-2017"),
        (TAMPERE, date(2022, 1, 1), "pirkanmaa-2021"),
        (PORI, date(2022, 1, 1), "pori-2021"),
        (HELSINKI, date(2022, 1, 1), None),
        ("478", date(2026, 1, 1), None),  # Mariehamn
    ],
)
def test_the_area_of_a_municipality_depends_on_the_day(
    home: str, on: date, name: str | None
) -> None:
    found = area_of(home, on)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "count", "clients"),
    [
        ("turku-2017", 11, None),
        ("oulu-2021", 8, 14_300),
        ("pori-2021", 3, 5_200),
        ("pirkanmaa-2021", 22, 30_000),
    ],
)
def test_areas_have_the_municipalities_and_clients_of_the_articles(
    name: str, count: int, clients: int | None
) -> None:
    area = area_named(name)
    assert (len(area.municipalities), area.clients) == (count, clients)


def test_an_unknown_area_is_told_with_the_known_ones() -> None:
    with pytest.raises(
        NotFoundError, match=r"no area 'oulu'.*Known areas: finland-2026, oulu-2021"
    ):
        area_named("oulu")


def test_an_integration_period_leads_to_the_central_unit_and_then_home() -> None:
    told = situation(integration=(Period(date(2020, 6, 2), DAY),))
    ends, after = (
        route(standing("pirkanmaa-2021", person(home=NOKIA), told, day))
        for day in (DAY, date(2022, 6, 2))
    )
    assert ends.rule
    assert after.rule
    assert ends.rule.unit.en == "Central unit in Tampere"
    assert after.rule.id == "home-municipality"
    assert after.rule.unit.en == ""


def test_an_unknown_integration_period_leaves_both_units_open() -> None:
    open_route = route(standing("pirkanmaa-2021", person(home=NOKIA), situation(integration=None)))
    assert open_route.rule is None
    assert open_route.missing == (FactName.INTEGRATION_PERIOD,)
    assert [each.rule.id for each in open_route.rulings] == [
        "integration-unit",
        "home-municipality",
    ]


def test_every_client_of_the_pori_region_comes_to_one_office() -> None:
    found = route(standing("pori-2021", person(home=PORI)))
    assert found.rule
    assert found.rule.unit.en == "Joint office of the Pori region"
