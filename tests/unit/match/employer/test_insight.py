"""How many people fit a need, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from matcher.domain.feedback import Action, Reason
from matcher.domain.insight import Helping, Insight
from matcher.domain.match import Band, GateKind
from matcher.domain.offer import Offer
from matcher.domain.parts import Commute, Competence, Importance, Requirement, Support
from matcher.domain.profile import Profile
from matcher.match.wishes.noted import Given, noted
from tests.unit.match.region import (
    COOK,
    HELSINKI,
    KEMPELE,
    NEED,
    NOW,
    OULU,
    TODAY,
    WELDER,
    Region,
    profile,
)

CARDED = replace(NEED, id="n-card", cards=("074",), licences=("B",))


def crowd(number: int, person: Profile, prefix: str) -> list[Profile]:
    return [replace(person, id=f"{prefix}-{i}") for i in range(number)]


def look(region: Region, need: Offer, *homes: str) -> Insight:
    return region.matcher().insight.of(need, on=TODAY, municipalities=homes or None)


def told(counts: Mapping[Band, int]) -> dict[Band, int]:
    return {band: count for band, count in counts.items() if count}


def test_everybody_is_counted_by_band_however_many_there_are(region: Region) -> None:
    shy = profile("shy", "MIG-hitsaus")
    region.add(*crowd(30, WELDER, "welder"), *crowd(3, COOK, "cook"), shy)
    region.publish()
    found = region.matcher(retrieve=5).insight.of(NEED, on=TODAY)
    bands = [match.band for match in region.matcher(200).candidates(NEED, k=100, on=TODAY)]
    assert told(found.bands) == {band: bands.count(band) for band in set(bands)}
    assert found.bands[Band.TOO_LITTLE_KNOWN] == 1
    assert sum(found.bands.values()) == 31


def test_only_people_who_live_there_and_are_active_count(region: Region) -> None:
    region.add(
        *crowd(4, WELDER, "oulu"),
        *crowd(3, replace(WELDER, municipality=KEMPELE), "kempele"),
        replace(WELDER, id="resting", active=False),
    )
    region.publish()
    assert sum(look(region, NEED).bands.values()) == 7
    assert sum(look(region, NEED, KEMPELE).bands.values()) == 3
    assert sum(look(region, NEED, HELSINKI).bands.values()) == 0


def test_who_does_not_want_the_need_counts_nowhere(region: Region) -> None:
    need = replace(NEED, organisation="Telakka Oy", cards=("074",))
    region.add(*crowd(3, WELDER, "w"), need)
    region.publish()
    given = Given(action=Action.NOT_SUITABLE, reason=Reason.EMPLOYER)
    event = noted(replace(WELDER, id="w-1"), need, given, id="fb", now=NOW, by="key")
    region.store.feedback.add(event)
    assert sum(look(region, need).bands.values()) == 2


def test_an_expired_need_fits_nobody(region: Region) -> None:
    region.add(WELDER)
    region.publish()
    found = look(region, replace(NEED, expires=TODAY.replace(day=1)))
    assert (set(found.bands.values()), found.obstacles, found.supports) == ({0}, (), ())


def test_a_gate_brings_those_whom_nothing_else_keeps_out(region: Region) -> None:
    far = replace(WELDER, municipality=HELSINKI, commute=Commute(max_km=20))
    region.add(
        *crowd(2, replace(WELDER, cards=("074",), licences=("B",)), "ready"),
        *crowd(3, replace(WELDER, cards=(), licences=("B",)), "cardless"),
        *crowd(4, replace(WELDER, cards=(), licences=()), "both"),
        *crowd(1, replace(far, cards=("074",), licences=("B",)), "far"),
        *crowd(2, WELDER, "unasked"),
    )
    region.publish()
    found = look(region, CARDED)
    assert sum(found.bands.values()) == 4  # unknown is not unmet: who was never asked counts
    assert [
        (one.gate, one.required, one.shuts_out, one.brings) for one in found.obstacles if one.gate
    ] == [
        (GateKind.CARD, "074", 7, 3),
        (GateKind.COMMUTE, KEMPELE, 1, 1),
        (GateKind.LICENCE, "B", 4, 0),
    ]


def test_a_requirement_brings_those_who_would_then_fit_well(region: Region) -> None:
    need = replace(
        NEED,
        requirements=(
            Requirement("koirien trimmaus ja kissojen harjaus"),
            Requirement("hitsauspiirustusten lukeminen"),
            Requirement("trukin ajaminen", Importance.OPTIONAL),
        ),
    )
    half = profile("half", "levyjen leikkaus", "pihatyöt", "lumenluonti", "puutarhanhoito")
    region.add(*crowd(3, half, "half"), *crowd(2, WELDER, "welder"))
    region.publish()
    before = look(region, need)
    asked = {one.required: one for one in before.obstacles if one.gate is None}
    assert set(asked) == {"koirien trimmaus ja kissojen harjaus", "hitsauspiirustusten lukeminen"}
    for text, one in asked.items():
        left = tuple(each for each in need.requirements if each.text != text)
        after = look(region, replace(need, requirements=left)).bands
        well = [
            sum(bands[band] for band in (Band.STRONG, Band.GOOD)) for bands in (before.bands, after)
        ]
        assert one.brings == max(well[1] - well[0], 0)
    assert asked["koirien trimmaus ja kissojen harjaus"].shuts_out == 3


def test_supports_are_for_those_who_fit_in_part(region: Region) -> None:
    need = replace(
        NEED,
        support=(Support.PAY_SUBSIDY,),
        requirements=(Requirement("koirien trimmaus"), Requirement("levyjen leikkaus")),
    )
    half = profile("half", "levyjen leikkaus", "pihatyöt", "lumenluonti", "puutarhanhoito")
    shy = profile("shy", "MIG-hitsaus", "levyjen leikkaus")
    region.add(*crowd(3, half, "half"), *crowd(2, shy, "shy"))
    region.publish()
    found = look(region, need)
    assert found.bands[Band.TOO_LITTLE_KNOWN] == 2
    partly = found.bands[Band.GOOD] + found.bands[Band.POSSIBLE]
    assert partly == 3
    assert found.supports == (
        Helping(Support.WORK_TRIAL, False, found.bands[Band.POSSIBLE] + 2),
        Helping(Support.PAY_SUBSIDY, True, 3),
        Helping(Support.TRAINING_AGREEMENT, False, 3),
    )


@pytest.mark.parametrize("nothing", [NEED, replace(NEED, requirements=(), tasks=())])
def test_nobody_fits_an_empty_region(region: Region, nothing: Offer) -> None:
    region.publish()
    found = look(region, nothing)
    assert (set(found.bands.values()), found.obstacles) == ({0}, ())


def test_a_person_who_came_today_counts_and_one_who_went_does_not(region: Region) -> None:
    region.add(*crowd(3, WELDER, "w"))
    region.publish()
    live_matcher = region.matcher()
    assert sum(live_matcher.insight.of(NEED, on=TODAY).bands.values()) == 3
    region.add(replace(WELDER, id="new", competences=(*WELDER.competences, Competence("hionta"))))
    region.store.erase_profile("w-0", NOW)
    assert sum(region.matcher().insight.of(NEED, on=TODAY).bands.values()) == 3
    assert (
        sum(region.matcher().insight.of(NEED, on=TODAY, municipalities=[OULU]).bands.values()) == 3
    )
