"""People for the tests of pathways: an unemployed one in Oulu, and what differs from it."""

from __future__ import annotations

from datetime import date
from typing import Any

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
from matcher.pathways.load import area_named
from matcher.pathways.standing import Standing

OULU, TAMPERE, NOKIA, PORI, TURKU, HELSINKI = "564", "837", "536", "609", "853", "091"
DAY = date(2022, 6, 1)


def person(*, home: str | None = OULU, born: date | None = date(1980, 5, 5)) -> Profile:
    return Profile(id="p", municipality=home, birth_date=born)


def registered(start: date, *pauses: Period, end: date | None = None) -> Registration:
    return Registration(Period(start, end), pauses)


def situation(**changes: Any) -> Situation:
    """A jobseeker of half a year with earnings-related allowance, of whom all is known."""
    told: dict[str, Any] = {
        "registrations": (registered(date(2021, 12, 1)),),
        "services": (),
        "supported_work": (),
        "benefit": Benefit.EARNINGS_RELATED,
        "benefit_days": BenefitDays(100, DAY),
        "earnings_related_right": True,
        "integration": (),
        "immigrant": False,
        "first_language": "fi",
        "basis": tuple(BasisFact(basis, False) for basis in Basis),
    }
    return Situation(**{**told, **changes})


def basis(*held: Basis) -> tuple[BasisFact, ...]:
    """Every basis fact: these hold, the others do not."""
    return tuple(BasisFact(each, each in held) for each in Basis)


def standing(
    area: str, profile: Profile | None = None, told: Situation | None = None, on: date = DAY
) -> Standing:
    return Standing.of(profile or person(), told or situation(), area_named(area), on)
