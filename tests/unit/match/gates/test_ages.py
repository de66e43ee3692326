"""Age limits at birthdays and leap days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import GateKind, GateOutcome
from matcher.domain.offer import Offer, Service, Training, Vacancy
from matcher.domain.parts import Hours, Place, WorkingTime
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.match.gates.ages import age_on
from matcher.match.gates.judge import judge

MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN
TODAY = date(2026, 11, 22)
AD = Vacancy(id="v", place=Place(municipalities=("564",)))
NIGHT = replace(AD, text=LocalText(fi="Työ on yötyötä."))


def ages(born: date | None, offer: Offer, on: date = TODAY) -> list[tuple[str, GateOutcome]]:
    gates = judge(Profile(id="p", birth_date=born), offer, on)
    return [(gate.required, gate.outcome) for gate in gates if gate.gate is GateKind.AGE]


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2008, 11, 22), date(2026, 11, 21), 17),
        (date(2008, 11, 22), date(2026, 11, 22), 18),
        (date(2008, 12, 31), date(2026, 1, 1), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_years_are_full_on_the_birthday(born: date, on: date, age: int) -> None:
    assert age_on(born, on) == age


@given(st.dates(date(1930, 1, 1), TODAY))
def test_a_year_later_one_is_a_year_older(born: date) -> None:
    assert age_on(born, date(2027, 11, 22)) == age_on(born, TODAY) + 1


def test_the_young_do_no_night_work() -> None:
    assert ages(date(2008, 11, 23), NIGHT) == [("18", UNMET)]
    assert ages(date(2008, 11, 22), NIGHT) == []


def test_a_field_that_lists_night_alone_says_so_too() -> None:
    night = replace(AD, hours=Hours(times=(WorkingTime.NIGHT,)))
    either = replace(AD, hours=Hours(times=(WorkingTime.DAY, WorkingTime.NIGHT)))
    assert ages(date(2009, 1, 1), night) == [("18", UNMET)]
    assert ages(date(2009, 1, 1), either) == []


@pytest.mark.parametrize(
    ("text", "born", "expected"),
    [
        ("Vartijakortti vaaditaan.", date(2009, 1, 1), [("18", UNMET)]),
        ("Järjestyksenvalvojakortti vaaditaan.", date(2008, 11, 22), []),
        # Under supervision the young may serve alcohol.
        ("Anniskelupassi vaaditaan.", date(2009, 1, 1), [("18", UNKNOWN)]),
        ("C-kortti vaaditaan.", date(2007, 1, 1), [("21", UNKNOWN)]),
        ("C-kortti vaaditaan.", date(2005, 11, 22), []),
        ("D-kortti vaaditaan.", date(2003, 1, 1), [("24", UNKNOWN)]),
        ("Kortista ei ole haittaa.", date(2012, 1, 1), [("15", UNKNOWN)]),
        ("Hakijan on oltava 18 vuotta täyttänyt.", date(2008, 11, 22), [("18", MET)]),
        ("Hakijan on oltava 18 vuotta täyttänyt.", date(2008, 11, 23), [("18", UNMET)]),
        ("Hakijan on oltava 18 vuotta täyttänyt.", None, [("18", UNKNOWN)]),
        ("Haemme 15–17-vuotiaita kesätyöntekijöitä.", date(2010, 1, 1), [("15-17", MET)]),
        ("Haemme 15–17-vuotiaita kesätyöntekijöitä.", date(2000, 1, 1), [("15-17", UNMET)]),
    ],
)
def test_limits_of_law_and_of_the_ad(
    text: str, born: date | None, expected: list[tuple[str, GateOutcome]]
) -> None:
    assert ages(born, replace(AD, text=LocalText(fi=text))) == expected


def test_of_limits_that_nobody_states_one_does_not_ask() -> None:
    assert ages(None, NIGHT) == []


def test_nobody_is_too_young_for_a_training() -> None:
    assert ages(date(2012, 1, 1), Training(id="t")) == []


@pytest.mark.parametrize(
    ("born", "outcome"),
    [(None, UNKNOWN), (date(1996, 11, 23), MET), (date(1996, 11, 22), UNMET)],
)
@pytest.mark.parametrize("kind", [Service, Training])
def test_for_whom_a_service_or_training_is_by_age_is_read_in_its_title(
    kind: type[Service | Training], born: date | None, outcome: GateOutcome
) -> None:
    title = LocalText(fi="Ohjaamo alle 30-vuotiaille")
    text = LocalText(fi="Haemme 15–17-vuotiaita kesätyöntekijöitä.")
    assert ages(born, kind(id="o", title=title, text=text)) == [("0-29", outcome)]
