"""The wishes of a client in every list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Reason
from matcher.domain.match import GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Hours, Place, WorkingTime
from matcher.match.matcher import Matcher
from matcher.match.search import Blocked
from matcher.match.wishes.noted import Given, noted
from tests.unit.match.region import (
    COOK,
    HELSINKI,
    KEMPELE,
    NEED,
    NOW,
    TODAY,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    vacancy,
)

VACANCY, JOB_NEED = OfferKind.VACANCY, OfferKind.NEED
YARD = vacancy(
    "v-yard",
    "Laivan hitsaaja",
    "MIG-hitsaus",
    "levyjen leikkaus",
    organisation="Telakka Oy",
    place=Place((KEMPELE,)),
)
AGAIN = replace(YARD, id="v-again")
SHOP = replace(NEED, id="n-shop", organisation="telakka  oy")


@pytest.fixture
def region_of_welding(region: Region) -> Region:
    region.add(WELDER, COOK, WELDING, YARD, SHOP, TRAINING)
    region.publish()
    return region


def say(
    region: Region,
    offer: Offer,
    reason: Reason,
    action: Action = Action.NOT_SUITABLE,
    id: str = "fb",
) -> None:
    given = Given(action=action, reason=reason, text="syy")
    region.store.feedback.add(noted(WELDER, offer, given, id=id, now=NOW, by="key"))


def found(matcher: Matcher, kind: OfferKind = VACANCY, k: int = 10) -> list[str]:
    [lists] = matcher.match([WELDER], kinds=[kind], k=k, on=TODAY)
    return [match.offer_id for match in lists[kind]]


def wishes_on(match: Match) -> list[GateResult]:
    return [gate for gate in match.gates if gate.gate is GateKind.WISH]


def test_what_is_not_suitable_is_left_out_from_that_moment_on(region_of_welding: Region) -> None:
    matcher = region_of_welding.matcher()
    assert found(matcher) == ["v-weld", "v-yard"]
    say(region_of_welding, WELDING, Reason.PAY)
    assert found(matcher) == ["v-yard"]


def test_the_same_advertisement_published_anew_is_left_out_too(region_of_welding: Region) -> None:
    say(region_of_welding, YARD, Reason.PAY)
    region_of_welding.store.offers(VACANCY).close(["v-yard"], NOW)
    region_of_welding.add(AGAIN)
    region_of_welding.publish()
    assert found(region_of_welding.matcher()) == ["v-weld"]


def test_an_employer_is_left_out_in_every_kind_however_it_is_written(
    region_of_welding: Region,
) -> None:
    say(region_of_welding, YARD, Reason.EMPLOYER, Action.WISH)
    matcher = region_of_welding.matcher()
    assert found(matcher) == ["v-weld"]
    assert found(matcher, JOB_NEED) == []
    assert found(matcher, OfferKind.TRAINING) == ["t-weld"]


def test_too_far_leaves_out_what_is_as_far_and_keeps_what_is_nearer(region: Region) -> None:
    mobile = replace(WELDER, commute=replace(WELDER.commute, max_km=2000))
    south = vacancy("v-south", "Levyhitsaaja", "MIG-hitsaus", place=Place((HELSINKI,)))
    home = vacancy("v-home", "Etähitsaaja", "MIG-hitsaus", place=Place((HELSINKI,), remote=True))
    region.add(mobile, WELDING, YARD, SHOP, south, home, TRAINING)
    region.publish()
    say(region, YARD, Reason.TOO_FAR, Action.WISH)
    [lists] = region.matcher().match([mobile], on=TODAY)
    assert sorted(match.offer_id for match in lists[VACANCY]) == ["v-home", "v-weld"]
    assert lists[JOB_NEED] == []
    assert [match.offer_id for match in lists[OfferKind.TRAINING]] == ["t-weld"]


@pytest.mark.parametrize(
    ("times", "outcome"),
    [
        ((WorkingTime.NIGHT,), GateOutcome.UNMET),
        ((WorkingTime.NIGHT, WorkingTime.DAY), GateOutcome.UNKNOWN),
        ((WorkingTime.DAY,), None),
        ((WorkingTime.WEEKEND,), None),
        (None, GateOutcome.UNKNOWN),
    ],
)
def test_unwanted_times_are_left_out_and_asked_where_nobody_knows(
    region: Region, times: tuple[WorkingTime, ...] | None, outcome: GateOutcome | None
) -> None:
    nights = replace(WELDING, id="v-nights", hours=Hours((WorkingTime.NIGHT, WorkingTime.SHIFT)))
    region.add(WELDER, nights, replace(YARD, hours=Hours(times)))
    region.publish()
    say(region, nights, Reason.SHIFTS, Action.WISH)
    [lists] = region.matcher().match([WELDER], kinds=[VACANCY], blocked=Blocked.SHOW, on=TODAY)
    match = next(match for match in lists[VACANCY] if match.offer_id == "v-yard")
    expected = (
        GateResult(GateKind.WISH, outcome, "times:night,shift", "2026-11-22") if outcome else None
    )
    assert wishes_on(match) == ([expected] if expected else [])


def test_a_wish_is_shown_as_what_it_is_with_its_day(region_of_welding: Region) -> None:
    say(region_of_welding, WELDING, Reason.HEALTH)
    matcher = region_of_welding.matcher()
    [lists] = matcher.match([WELDER], kinds=[VACANCY], blocked=Blocked.SHOW, on=TODAY)
    shown = next(match for match in lists[VACANCY] if match.offer_id == "v-weld")
    assert shown.blocked == (
        GateResult(GateKind.WISH, GateOutcome.UNMET, "offer:v-weld", "2026-11-22"),
    )


def test_what_only_wishes_keep_out_of_a_list_is_told(region_of_welding: Region) -> None:
    matcher = region_of_welding.matcher()
    assert matcher.kept_out(WELDER, on=TODAY) == {kind: [] for kind in OfferKind}
    say(region_of_welding, WELDING, Reason.PAY)
    kept_out = matcher.kept_out(WELDER, kinds=[VACANCY, JOB_NEED], on=TODAY)
    assert {kind: [one.offer_id for one in found] for kind, found in kept_out.items()} == {
        VACANCY: ["v-weld"],
        JOB_NEED: [],
    }


def test_a_wish_that_is_withdrawn_is_heeded_no_longer(region_of_welding: Region) -> None:
    say(region_of_welding, WELDING, Reason.PAY)
    matcher = region_of_welding.matcher()
    assert found(matcher) == ["v-yard"]
    region_of_welding.store.feedback.withdraw("welder", "fb", "fb-2", NOW, "key")
    assert found(matcher) == ["v-weld", "v-yard"]


def test_the_wish_of_one_client_is_none_of_another(region_of_welding: Region) -> None:
    twin = replace(WELDER, id="twin")
    region_of_welding.add(twin)
    say(region_of_welding, WELDING, Reason.PAY)
    lists = region_of_welding.matcher().match([WELDER, twin], kinds=[VACANCY], on=TODAY)
    assert [[match.offer_id for match in one[VACANCY]] for one in lists] == [
        ["v-yard"],
        ["v-weld", "v-yard"],
    ]


def test_who_does_not_want_an_offer_is_no_candidate_for_it(region_of_welding: Region) -> None:
    matcher = region_of_welding.matcher()
    assert [match.profile_id for match in matcher.candidates(SHOP, on=TODAY)] == ["welder"]
    say(region_of_welding, YARD, Reason.EMPLOYER)
    assert matcher.candidates(SHOP, on=TODAY) == []


def test_an_erased_offer_keeps_out_nothing_but_itself(region_of_welding: Region) -> None:
    say(region_of_welding, YARD, Reason.PAY)
    region_of_welding.store.offers(VACANCY).delete("v-yard", NOW)
    region_of_welding.add(AGAIN)
    region_of_welding.publish()
    assert found(region_of_welding.matcher()) == ["v-weld", "v-again"]


def test_lists_of_the_night_heed_the_wishes_of_today(region_of_welding: Region) -> None:
    matcher = region_of_welding.matcher()
    [lists] = matcher.match([WELDER], kinds=[VACANCY], on=TODAY)
    say(region_of_welding, WELDING, Reason.PAY)
    heeded = matcher.wishes.heeding(WELDER, lists)[VACANCY]
    assert [(match.offer_id, bool(match.blocked)) for match in heeded] == [
        ("v-weld", True),
        ("v-yard", False),
    ]
    assert matcher.wishes.heeding(WELDER, {VACANCY: heeded})[VACANCY] == heeded
