from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.match import GateKind, GateOutcome
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Commute, Place
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.match.gates.journeys import road_km
from matcher.match.rings import Ring, ring_words, wider
from tests.unit.match.region import TODAY, WELDER, WELDING, Region, vacancy

II, RAAHE, KAJAANI = "139", "678", "205"


#: Estimated road distances from Oulu: Ii 43 km, Raahe 74 km, Kajaani 173 km.
NEAR, FAR, FARTHEST = (
    vacancy(id, title, "MIG-hitsaus", task, place=Place(municipalities=(home,)))
    for id, title, task, home in (
        ("v-ii", "Hitsaaja", "levyjen leikkaus", II),
        ("v-raahe", "Levyseppähitsaaja", "hitsauspiirustusten lukeminen", RAAHE),
        ("v-kajaani", "Putkihitsaaja", "putkien hitsaus", KAJAANI),
    )
)


def rings(region: Region, person: Profile = WELDER, k: int = 10) -> list[Ring]:
    matcher = region.matcher()
    [lists] = matcher.match([person], kinds=[OfferKind.VACANCY], k=k, on=TODAY)
    return wider(matcher, person, lists, k=k, on=TODAY)


@pytest.fixture
def spacious(region: Region) -> Region:
    region.add(WELDER, WELDING, NEAR, FAR, FARTHEST)
    region.publish()
    return region


def test_the_distances_of_this_test_are_as_it_says() -> None:
    found = [road_km(WELDER, offer) for offer in (NEAR, FAR, FARTHEST)]
    assert [round(km or 0) for km in found] == [43, 74, 173]


def test_where_little_is_near_the_nearest_rings_that_hold_something_are_told(
    spacious: Region,
) -> None:
    told = [(ring.km, [one.offer_id for one in ring.matches]) for ring in rings(spacious)]
    assert told == [(50.0, ["v-ii"]), (80.0, ["v-raahe"])]


def test_the_way_is_unmet_in_what_is_further_away(spacious: Region) -> None:
    [ring, _] = rings(spacious)
    [match] = ring.matches
    [gate] = [one for one in match.gates if one.gate is GateKind.COMMUTE]
    assert (gate.outcome, gate.evidence) == (GateOutcome.UNMET, "43 km / 30 km")
    assert match.blocked


def test_rings_widen_no_further_than_enough(spacious: Region) -> None:
    spacious.add(replace(NEAR, id="v-ii-2", title=WELDING.title, requirements=FAR.requirements))
    assert [(ring.km, len(ring.matches)) for ring in rings(spacious)] == [(50.0, 2)]


def test_a_list_as_long_as_was_asked_for_is_not_widened(spacious: Region) -> None:
    assert rings(spacious, k=1) == []


@pytest.mark.parametrize(
    "commute", [Commute(), Commute(max_km=30, relocation=True), Commute(max_km=200)]
)
def test_who_sets_no_limit_or_would_move_has_no_rings(spacious: Region, commute: Commute) -> None:
    assert rings(spacious, replace(WELDER, commute=commute)) == []


def test_the_client_is_asked_with_both_distances(spacious: Region) -> None:
    ring, _ = rings(spacious)
    assert ring_words(ring, Lang.EN) == (
        "Few jobs are within 30 km. Could the client travel up to 50 km? 1 more job would fit."
    )
    assert ring_words(ring, Lang.FI) == (
        "Työpaikkoja on vähän, kun matka on enintään 30 km. "
        "Voisiko matka olla jopa 50 km? Silloin 1 työpaikka sopisi lisää."
    )
