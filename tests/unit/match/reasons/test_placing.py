from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from matcher.domain.explanation import Placed, Standing
from matcher.domain.match import GateKind
from matcher.domain.offer import Offer, kind_of
from matcher.domain.parts import Place
from matcher.match.features import Feature
from matcher.match.reasons.placing import Placing
from tests.unit.match.region import (
    COOKING,
    HELSINKI,
    TODAY,
    TRAINING,
    WELDER,
    WELDING,
    Region,
    vacancy,
)

ALIKE = vacancy("v-alike", "Levyseppä", "MIG-hitsaus", "särmäys", "hionta")
FAR = vacancy("v-far", "Hitsaaja", "MIG-hitsaus", place=Place(municipalities=(HELSINKI,)))
COPY = replace(WELDING, id="v-weld-copy")
GONE = replace(FAR, id="v-gone", expires=TODAY - timedelta(days=1))


@pytest.fixture
def placing(region: Region) -> Placing:
    region.add(WELDER, WELDING, COPY, ALIKE, FAR, GONE, COOKING, TRAINING)
    region.publish()
    live = region.live()
    return Placing(live, region.store, region.records, region.matcher())


def place(placing: Placing, offer: Offer, k: int = 10) -> Placed:
    return placing.place(WELDER, offer, k=k, on=TODAY)


def listed(region: Region) -> list[str]:
    kind = kind_of(WELDING)
    found = region.matcher().match([WELDER], kinds=[kind], on=TODAY)[0][kind]
    return [match.offer_id for match in found]


def test_a_listed_offer_is_told_with_its_rank_and_the_lists_own_match(
    placing: Placing, region: Region
) -> None:
    assert listed(region) == ["v-weld", "v-alike"]
    placed = place(placing, ALIKE)
    kind = kind_of(ALIKE)
    match = region.matcher().match([WELDER], kinds=[kind], on=TODAY)[0][kind][1]
    assert (placed.standing, placed.explanation.match) == (Standing.LISTED, match)


def test_an_offer_behind_the_end_of_the_list_is_told_with_its_place(placing: Placing) -> None:
    placed = place(placing, ALIKE, k=1)
    assert (placed.standing, placed.explanation.match.rank) == (Standing.FURTHER_DOWN, 2)


@pytest.mark.parametrize(
    ("offer", "standing"),
    [
        (FAR, Standing.BLOCKED),
        (GONE, Standing.EXPIRED),
        (COOKING, Standing.TOO_FAR_FROM_PROFILE),
        (replace(FAR, id="v-new"), Standing.NOT_INDEXED),
        (COPY, Standing.DUPLICATE),
    ],
)
def test_what_keeps_an_offer_out_is_told(
    placing: Placing, offer: Offer, standing: Standing
) -> None:
    assert place(placing, offer).standing is standing


def test_a_duplicate_names_the_offer_that_is_listed_for_it(placing: Placing) -> None:
    assert place(placing, COPY).same_as == "v-weld"
    assert place(placing, FAR).same_as is None


def test_a_blocked_offer_shows_the_gate_and_the_place_it_would_have(placing: Placing) -> None:
    match = place(placing, FAR).explanation.match
    assert [gate.gate for gate in match.blocked] == [GateKind.COMMUTE]
    better = [each for each in (WELDING, ALIKE) if score(placing, each) > match.score]
    assert match.rank == 1 + len(better)


def score(placing: Placing, offer: Offer) -> float:
    return place(placing, offer).explanation.match.score


def test_the_score_of_an_offer_is_the_same_in_the_list_and_beside_it(placing: Placing) -> None:
    beside, _ = placing._match(WELDER, ALIKE, TODAY)
    assert beside.score == pytest.approx(score(placing, ALIKE), abs=1e-6)
    assert beside.reasons == place(placing, ALIKE).explanation.match.reasons


def test_the_parts_say_how_the_offer_fits_in_every_respect(placing: Placing) -> None:
    parts = place(placing, WELDING).parts
    assert list(parts) == [feature.name.lower() for feature in Feature]
    assert all(0 <= value <= 1 for value in parts.values())
    assert parts["coverage"] > place(placing, COOKING).parts["coverage"]


def test_offers_of_other_kinds_are_placed_among_their_own(placing: Placing) -> None:
    placed = place(placing, TRAINING)
    assert (placed.standing, placed.explanation.match.rank) == (Standing.LISTED, 1)
