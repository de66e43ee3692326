from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Reason
from matcher.domain.offer import Offer
from matcher.domain.parts import Hours, Place, WorkingTime
from matcher.errors import InputError
from matcher.match.wishes.noted import Given, noted
from tests.unit.match.region import (
    HELSINKI,
    KEMPELE,
    NEED,
    NOW,
    SERVICE,
    TRAINING,
    WELDER,
    WELDING,
    vacancy,
)


def value(offer: Offer, reason: Reason) -> str:
    given = Given(action=Action.NOT_SUITABLE, reason=reason, text="syy")
    return noted(WELDER, offer, given, id="fb", now=NOW, by="key").value


def test_an_event_says_of_whom_of_what_and_where_it_was_shown() -> None:
    given = Given(action=Action.SAVED, text="Soita 040 123 4567", position=2, shown="s-1")
    event = noted(WELDER, WELDING, given, id="fb", now=NOW, by="key-1")
    assert (event.profile_id, event.offer_id, event.kind.value) == ("welder", "v-weld", "vacancy")
    assert (event.position, event.shown, event.at, event.by) == (2, "s-1", NOW, "key-1")
    assert event.text == "Soita […]"


@pytest.mark.parametrize(
    ("hours", "limited"),
    [
        (Hours(), "period,shift"),
        (Hours((WorkingTime.DAY,)), "period,shift"),
        (Hours((WorkingTime.NIGHT, WorkingTime.WEEKEND)), "night,weekend"),
        (Hours((WorkingTime.DAY, WorkingTime.EVENING)), "evening"),
    ],
)
def test_unwanted_shifts_are_those_of_the_offer(hours: Hours, limited: str) -> None:
    assert value(replace(WELDING, hours=hours), Reason.SHIFTS) == limited


def test_too_far_is_the_distance_of_the_offer_and_tells_nothing_without_one() -> None:
    near = replace(WELDING, place=Place((KEMPELE,)))
    assert value(near, Reason.TOO_FAR) == "14.0"
    assert float(value(replace(WELDING, place=Place((HELSINKI,))), Reason.TOO_FAR)) > 500
    assert value(WELDING, Reason.TOO_FAR) == ""
    assert value(replace(WELDING, place=Place()), Reason.TOO_FAR) == ""


def test_an_employer_is_kept_by_name_and_other_reasons_keep_nothing() -> None:
    offer = vacancy("v", "Hitsaaja", organisation=" Telakka Oy ")
    assert value(offer, Reason.EMPLOYER) == "Telakka Oy"
    assert value(offer, Reason.PAY) == ""


@pytest.mark.parametrize(
    ("offer", "given", "fault"),
    [
        (WELDING, Given(action=Action.NOT_SUITABLE), "not_suitable needs a reason"),
        (WELDING, Given(action=Action.WISH), "wish needs a reason"),
        (WELDING, Given(action=Action.SAVED, reason=Reason.PAY), "saved takes no reason"),
        (
            WELDING,
            Given(action=Action.NOT_SUITABLE, reason=Reason.OTHER, text=" "),
            "Another reason has to be told",
        ),
        (WELDING, Given(action=Action.WISH, reason=Reason.PAY), "the reason pay could limit"),
        (WELDING, Given(action=Action.WISH, reason=Reason.EMPLOYER), "the reason employer could"),
        (WELDING, Given(action=Action.WITHDRAWN), "withdrawn by its id"),
        (WELDING, Given(action=Action.STARTED_TRAINING), "cannot happen with a vacancy"),
        (TRAINING, Given(action=Action.HIRED), "cannot happen with a training"),
        (SERVICE, Given(action=Action.INTERVIEW), "cannot happen with a service"),
    ],
)
def test_what_does_not_go_together_is_refused(offer: Offer, given: Given, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        noted(WELDER, offer, given, id="fb", now=NOW, by="key")


def test_a_company_can_hire_for_its_need() -> None:
    event = noted(WELDER, NEED, Given(action=Action.HIRED), id="fb", now=NOW, by="key")
    assert (event.action, event.reason, event.value) == (Action.HIRED, None, "")
