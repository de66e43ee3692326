"""What is missing is asked, and the answer is where rules read it."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.profile import Profile
from matcher.domain.situation import (
    Basis,
    BasisFact,
    Benefit,
    Period,
    Registration,
    Situation,
)
from matcher.errors import InputError
from matcher.pathways.answers import Answer, Form, answered, form_of
from matcher.pathways.factnames import OFFER_FACTS, FactName, Span
from matcher.pathways.facts import person_facts
from matcher.pathways.load import area_named

AREA, TODAY = area_named("finland-2026"), date(2026, 11, 22)
START = date(2026, 3, 1)
NOBODY = Profile(id="p")
#: An answer to each way of asking.
ANSWERS = {
    Form.YES_NO: Answer(holds=True),
    Form.BASIS: Answer(holds=True, evidence="lausunto 3.2.2026"),
    Form.PERIOD: Answer(holds=True, start=START),
    Form.BENEFIT: Answer(benefit=Benefit.BASIC),
    Form.DAYS: Answer(days=120, counted=TODAY),
    Form.LANGUAGE: Answer(language="ru"),
}


def facts(situation: Situation) -> dict[FactName, object]:
    return dict(person_facts(NOBODY, situation, AREA, TODAY))


@pytest.mark.parametrize("fact", [fact for fact in FactName if form_of(fact) in ANSWERS])
def test_a_fact_that_was_answered_is_known(fact: FactName) -> None:
    form = form_of(fact)
    assert form is not None
    assert fact not in facts(Situation())
    assert fact in facts(answered(Situation(), fact, ANSWERS[form]))


@pytest.mark.parametrize(
    ("fact", "answer", "value"),
    [
        (FactName.JOB_SEARCH, Answer(holds=True, start=START), True),
        (FactName.JOB_SEARCH, Answer(holds=False), False),
        (FactName.IN_SERVICES, Answer(holds=False), False),
        (FactName.INTEGRATION_PERIOD, Answer(holds=True, start=START, end=TODAY), True),
        (FactName.INTEGRATION_PERIOD, Answer(holds=True, start=START, end=START), False),
        (FactName.EARNINGS_RELATED_ENDED, Answer(holds=True, start=START, end=START), True),
        (FactName.EARNINGS_RELATED_ENDED, Answer(holds=True, start=START), False),
        (FactName.BENEFIT_DAYS, Answer(days=120, counted=TODAY), Span.exactly(120)),
        (FactName.FOREIGN_LANGUAGE, Answer(language="sv"), False),
        (FactName.REDUCED_WORK_ABILITY, Answer(holds=False), False),
    ],
)
def test_rules_read_what_was_answered(fact: FactName, answer: Answer, value: object) -> None:
    assert facts(answered(Situation(), fact, answer))[fact] == value


def test_an_answer_leaves_the_rest_as_it_was() -> None:
    search = Registration(Period(START))
    gap = BasisFact(Basis.COMPETENCE_GAP, True, "kartoitus")
    known = Situation(registrations=(search,), basis=(gap,), services=(Period(START, START),))
    told = answered(known, FactName.TRAINING_NEED, Answer(holds=False))
    assert told.basis == (gap, BasisFact(Basis.TRAINING_NEED, False))
    told = answered(told, FactName.IN_SERVICES, Answer(holds=True, start=TODAY))
    assert told.services == (Period(START, START), Period(TODAY))
    assert told.registrations == (search,)


def test_a_basis_fact_that_was_answered_before_is_answered_anew() -> None:
    before = answered(Situation(), FactName.SERVICE_NEED, Answer(holds=False))
    after = answered(before, FactName.SERVICE_NEED, Answer(holds=True, evidence=" arvio "))
    assert after.basis == (BasisFact(Basis.SERVICE_NEED, True, "arvio"),)


@pytest.mark.parametrize(
    ("fact", "answer", "field"),
    [
        (FactName.IMMIGRANT, Answer(), "holds"),
        (FactName.SUPPORTED_WORK, Answer(holds=True), "start"),
        (FactName.SUPPORTED_WORK, Answer(holds=True, start=TODAY, end=START), "end"),
        (FactName.BENEFIT, Answer(holds=True), "benefit"),
        (FactName.BENEFIT_DAYS, Answer(days=3), "counted"),
        (FactName.FOREIGN_LANGUAGE, Answer(), "language"),
        (FactName.HOME, Answer(holds=True), "fact"),
        (FactName.COST_EUR, Answer(days=3), "fact"),
    ],
)
def test_an_answer_that_lacks_something_names_it(
    fact: FactName, answer: Answer, field: str
) -> None:
    with pytest.raises(InputError) as refused:
        answered(Situation(), fact, answer)
    assert refused.value.field == field


def test_nobody_asks_a_client_for_facts_of_an_offer() -> None:
    assert {fact for fact in FactName if form_of(fact) is None} == OFFER_FACTS
