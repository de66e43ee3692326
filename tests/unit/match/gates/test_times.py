"""First and last days, and hours a week."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Training
from matcher.domain.parts import Availability, Hours
from matcher.domain.profile import Profile
from matcher.match.gates.judge import judge

MET, UNMET, UNKNOWN = GateOutcome.MET, GateOutcome.UNMET, GateOutcome.UNKNOWN
TODAY = date(2027, 1, 15)
MAY, JUNE, JULY, AUGUST = (date(2027, month, 1) for month in (5, 6, 7, 8))
# Offers are trainings, of which one that does not say where has no gate of the journey.


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
    (gate,) = judge(
        Profile(id="p", availability=free), Training(id="t", availability=needed), TODAY
    )
    assert gate.outcome is outcome


def test_without_a_first_or_last_day_there_is_no_gate() -> None:
    assert (
        judge(Profile(id="p", availability=Availability(start=MAY)), Training(id="t"), TODAY) == ()
    )


@pytest.mark.parametrize(("can", "outcome"), [(40.0, MET), (37.5, MET), (30.0, UNKNOWN)])
def test_hours_a_week_are_compared_where_both_sides_tell_them(
    can: float, outcome: GateOutcome
) -> None:
    person, needs = (
        Profile(id="p", hours=Hours(per_week=can)),
        Training(id="t", hours=Hours(per_week=37.5)),
    )
    assert judge(person, needs, TODAY) == (
        GateResult(GateKind.WORKING_TIME, outcome, "37.5h", f"{can:g}h"),
    )
    assert judge(Profile(id="p"), needs, TODAY) == ()
