"""First and last days, and hours a week."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Availability, Hours
from matcher.domain.profile import Profile
from matcher.match.gates.asked import Asked
from matcher.match.gates.times import extents, start

MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN
MAY, JUNE, JULY, AUGUST = (date(2027, month, 1) for month in (5, 6, 7, 8))


@pytest.mark.parametrize(
    ("free", "needed", "outcome"),
    [
        (Availability(start=MAY), Availability(start=JUNE), MET),
        (Availability(start=JUNE), Availability(start=JUNE), MET),
        (Availability(start=JULY), Availability(start=JUNE), UNKNOWN),
        (Availability(start=JULY), Availability(start=MAY, end=JUNE), UNMET),
        (Availability(end=MAY), Availability(start=JUNE), UNMET),
        (Availability(start=MAY, end=JULY), Availability(start=JUNE, end=AUGUST), UNKNOWN),
        (Availability(start=MAY, end=AUGUST), Availability(start=JUNE, end=JULY), MET),
        (Availability(), Availability(start=JUNE), UNKNOWN),
    ],
)
def test_when_the_person_is_free(
    free: Availability, needed: Availability, outcome: GateOutcome
) -> None:
    (gate,) = start(Profile(id="p", availability=free), Vacancy(id="v", availability=needed))
    assert gate.outcome is outcome


def test_without_a_first_or_last_day_there_is_no_gate() -> None:
    assert start(Profile(id="p", availability=Availability(start=MAY)), Vacancy(id="v")) == []


@pytest.mark.parametrize(("can", "outcome"), [(40.0, MET), (37.5, MET), (30.0, UNKNOWN)])
def test_hours_a_week_are_compared_where_both_sides_tell_them(
    can: float, outcome: GateOutcome
) -> None:
    person, offer = (
        Profile(id="p", hours=Hours(per_week=can)),
        Vacancy(id="v", hours=Hours(per_week=37.5)),
    )
    assert extents(person, offer, Asked()) == [
        GateResult(GateKind.WORKING_TIME, outcome, "37.5h", f"{can:g}h")
    ]
    assert extents(Profile(id="p"), offer, Asked()) == []
