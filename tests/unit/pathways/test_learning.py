"""Learning more of a person never overturns what the rules have answered."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import CompanyNeed, Service, Training, Vacancy
from matcher.domain.profile import Profile
from matcher.domain.situation import (
    Basis,
    BasisFact,
    Benefit,
    BenefitDays,
    Period,
    Registration,
    Situation,
)
from matcher.pathways.area import Area
from matcher.pathways.instruments import instruments_for
from matcher.pathways.load import areas
from matcher.pathways.pathway import pathway_of
from matcher.pathways.standing import Standing
from matcher.pathways.truth import Truth
from tests.unit.pathways.people import NOKIA, OULU

DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 31))
PERIODS = st.tuples(DAYS, st.none() | DAYS).map(
    lambda days: Period(days[0], None if days[1] is None else max(days[0], days[1]))
)
SOME = st.lists(PERIODS, max_size=2).map(tuple)
KNOWN = st.builds(
    Situation,
    registrations=st.lists(st.builds(Registration, PERIODS, SOME), max_size=2).map(tuple),
    services=SOME,
    supported_work=SOME,
    benefit=st.sampled_from(Benefit),
    benefit_days=st.builds(BenefitDays, st.integers(0, 1100), DAYS),
    earnings_related_right=st.booleans(),
    earnings_related=SOME,
    integration=SOME,
    immigrant=st.booleans(),
    first_language=st.sampled_from(["fi", "sv", "se", "ru"]),
    basis=st.fixed_dictionaries({each: st.booleans() for each in Basis}).map(
        lambda held: tuple(BasisFact(*each) for each in held.items())
    ),
)
PEOPLE = st.builds(
    Profile,
    id=st.just("p"),
    municipality=st.sampled_from([OULU, NOKIA]),
    birth_date=st.dates(date(1955, 1, 1), date(2010, 1, 1)),
)
OFFERS = (Vacancy(id="v"), CompanyNeed(id="n"), Training(id="t"), Service(id="s"))
NAMES = [field.name for field in fields(Situation)]


def told(known: Any, names: set[str]) -> Any:
    """The same with only these told."""
    unknown = {name: () if name == "basis" else None for name in set(NAMES) - names}
    return replace(known, **unknown)


def answers(standing: Standing) -> list[Truth]:
    pathway = pathway_of(standing, ())
    return [
        pathway.target.truth,
        *(each.truth for each in pathway.instruments),
        *(
            each.truth
            for offer in OFFERS
            for each in sorted(instruments_for(standing, offer), key=lambda each: each.rule.id)
        ),
    ]


@pytest.mark.parametrize("area", areas(), ids=lambda area: area.name)
@given(profile=PEOPLE, known=KNOWN, names=st.sets(st.sampled_from(NAMES)), data=st.data())
def test_an_answer_stays_when_more_is_told(
    *, area: Area, profile: Profile, known: Situation, names: set[str], data: st.DataObject
) -> None:
    on = data.draw(st.dates(area.valid.start, area.valid.end or date(2027, 12, 31)))
    before = Standing.of(profile, told(known, names), area, on)
    after = Standing.of(profile, known, area, on)
    pairs = zip(answers(before), answers(after), strict=True)
    assert [pair for pair in pairs if pair[0] is not pair[1] and Truth.UNKNOWN not in pair] == []
    units = {each.rule.id for each in pathway_of(before, ()).route.rulings}
    assert {each.rule.id for each in pathway_of(after, ()).route.rulings} <= units
