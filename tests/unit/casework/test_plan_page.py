from __future__ import annotations

from datetime import date

import pytest

from matcher.casework.plan_page import plan_page, step_lines
from matcher.domain.casework.item import Responsible
from matcher.domain.casework.plans import Plan, PlanStep
from matcher.i18n.tongue import Tongue

START, DUE = date(2026, 12, 1), date(2027, 2, 28)
LICENCE = PlanStep(text="B-kortti & teoria", responsible=Responsible.CLIENT, due=DUE)
PLAN = Plan(
    goal="Linja-auton kuljettajaksi",
    steps=(LICENCE, PlanStep(text="Kurssi", responsible=Responsible.COACH, done=START)),
    agreed=date(2026, 11, 22),
    next_review=date(2027, 1, 15),
)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, ("Sinä teet tämän.", "Viimeistään 28.2.2027.")),
        ({"due": None}, ("Sinä teet tämän.",)),
        ({"start": START}, ("Sinä teet tämän.", "Aika: 1.12.2026–28.2.2027.")),
        ({"start": START, "due": None}, ("Sinä teet tämän.", "Alkaa 1.12.2026.")),
        ({"done": START}, ("Tehty 1.12.2026.",)),
    ],
)
def test_a_step_tells_who_and_when(changes: dict[str, date | None], lines: tuple[str, ...]) -> None:
    step = PlanStep(
        text=LICENCE.text,
        responsible=LICENCE.responsible,
        start=changes.get("start"),
        due=changes.get("due", DUE),
        done=changes.get("done"),
    )
    assert step_lines(step, Tongue.FI) == lines


@pytest.mark.parametrize(
    ("tongue", "title", "review"),
    [
        (Tongue.FI, "Suunnitelmasi", "Katsotte sitä yhdessä uudelleen 15.1.2027."),
        (Tongue.SV, "Din plan", "Ni ser på den tillsammans igen 15.1.2027."),
        (Tongue.EN, "Your plan", "You look at it together again on 15 Jan 2027."),
        (Tongue.RU, "Ваш план", "Вы снова обсудите его вместе 15.1.2027."),
        (Tongue.PLAIN_FI, "Sinun suunnitelmasi", "Katsotte suunnitelmaa yhdessä taas 15.1.2027."),
    ],
)
def test_the_page_speaks_the_clients_language(tongue: Tongue, title: str, review: str) -> None:
    page = plan_page(PLAN, tongue)
    assert f"<h1>{title}</h1>" in page
    assert review in page
    assert f'<html lang="{tongue.value}">' in page


def test_the_plans_own_words_are_kept_and_made_safe() -> None:
    page = plan_page(PLAN, Tongue.RU)
    assert "B-kortti &amp; teoria" in page
    assert '<p class="goal">Linja-auton kuljettajaksi</p>' in page
    assert page.count("<li") == page.count("</li>") == 2
    assert page.count('<li class="done">') == 1


def test_a_plan_without_steps_says_so() -> None:
    empty = Plan(goal="Työhön", steps=(), agreed=START, next_review=DUE)
    assert "There are no steps yet." in plan_page(empty, Tongue.EN)
