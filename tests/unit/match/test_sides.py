from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.match import Band, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Place
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.match.gates.journeys import road_km
from matcher.match.gates.judge import judge
from matcher.match.sides import Explainer, Offered, Person, gated
from tests.fakes import FakeEncoder
from tests.unit.match.region import NEED, WELDER, WELDING, profile

TODAY = date(2026, 11, 22)

RECORDS = RecordEncoder(FakeEncoder(256))
EXPLAINER = Explainer.of(RECORDS.encoder)


def person(who: Profile) -> Person:
    return Person.of(who, RECORDS.profile_texts([who])[0], RECORDS.encode_profiles([who]))


def offered(offer: Offer) -> Offered:
    return Offered(offer, RECORDS.offer_texts([offer])[0], RECORDS.encode_offers([offer]))


def test_a_match_begins_with_its_gates_band_and_distance_and_no_reasons() -> None:
    assert gated(person(WELDER), NEED, 0.3, rank=4, on=TODAY) == Match(
        profile_id="welder",
        offer_id="n-weld",
        kind=OfferKind.NEED,
        rank=4,
        score=0.3,
        band=Band.GOOD,
        reasons=(),
        missing=(),
        gates=judge(WELDER, NEED, TODAY),
        distance_km=road_km(WELDER, NEED),
    )


def test_the_distance_is_unknown_where_a_place_is() -> None:
    nowhere = replace(NEED, place=Place())
    assert gated(person(WELDER), nowhere, 0.3, rank=1, on=TODAY).distance_km is None


def test_of_whom_little_is_known_no_band_is_given() -> None:
    shy = person(profile("shy", "MIG-hitsaus"))
    assert gated(shy, WELDING, 0.9, rank=1, on=TODAY).band is Band.TOO_LITTLE_KNOWN


def test_explaining_adds_reasons_and_gaps_and_changes_nothing_else() -> None:
    match = gated(person(WELDER), WELDING, 0.9, rank=1, on=TODAY)
    told = EXPLAINER.explained(match, person(WELDER), offered(WELDING))
    assert ("MIG-hitsaus", "MIG-hitsaus") in {
        (pair.requirement, pair.competence) for pair in told.reasons
    }
    assert [gap.requirement for gap in told.missing] == ["tulityökortti"]
    assert replace(told, reasons=(), missing=()) == match
