from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.explanation import Effect, Explanation
from matcher.domain.match import Band, GateKind, Match, Missing
from matcher.domain.offer import Offer
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.match.bands import band_of
from matcher.match.ranker import PRIOR
from matcher.match.reasons import what_if
from matcher.match.reasons.what_if import WORTH_ASKING, WhatIf
from matcher.match.sides import Explainer, Offered, Person, gated
from tests.fakes import FakeEncoder
from tests.unit.match.region import TODAY, WELDER, profile, vacancy

RECORDS = RecordEncoder(FakeEncoder(256))
EXPLAINER = Explainer.of(RECORDS.encoder)
WHAT_IF = WhatIf(RECORDS, EXPLAINER.likeness)
OFFER = vacancy("v", "Hitsaaja", "MIG-hitsaus", "tulityökortti", "putkien taivutus")
MODEL = LexicalModel.fit(RECORDS.encode_offers([OFFER]).lexical)


def sides(who: Profile, offer: Offer) -> tuple[Person, Offered]:
    person = Person.of(who, RECORDS.profile_texts([who])[0], RECORDS.encode_profiles([who]))
    return person, Offered(offer, RECORDS.offer_texts([offer])[0], RECORDS.encode_offers([offer]))


def explain(who: Profile, offer: Offer = OFFER, **changes: object) -> Explanation:
    person, offered = sides(who, offer)
    score = float(WHAT_IF.scores([who], offered.encoded, MODEL, PRIOR)[0])
    match = EXPLAINER.explained(gated(person, offer, score, rank=1, on=TODAY), person, offered)
    return WHAT_IF.explain(replace(match, **changes), person, offered.encoded, MODEL, PRIOR)  # type: ignore[arg-type]  # fields of a match


def rescored(who: Profile, *added: str) -> float:
    """The score of a profile with more competences, found anew."""
    more = replace(who, competences=who.competences + tuple(map(Competence, added)))
    return float(WHAT_IF.scores([more], sides(who, OFFER)[1].encoded, MODEL, PRIOR)[0])


@pytest.fixture
def high(monkeypatch: pytest.MonkeyPatch) -> float:
    """Strong begins just above what the welder reaches with one more competence."""
    best = max(rescored(WELDER, "tulityökortti"), rescored(WELDER, "putkien taivutus"))
    monkeypatch.setattr(
        what_if, "band_of", lambda score, known: Band.STRONG if score > best + 1e-4 else Band.GOOD
    )
    return best


def test_what_lifts_the_band_alone_is_told_best_first_with_the_score_it_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = rescored(WELDER)
    monkeypatch.setattr(
        what_if, "band_of", lambda score, known: Band.STRONG if score > now + 1e-4 else Band.GOOD
    )
    lifts = explain(WELDER, band=Band.GOOD).lifts
    assert {lift.requirements[0].requirement: lift.score for lift in lifts} == {
        name: pytest.approx(rescored(WELDER, name), abs=1e-6)
        for name in ("tulityökortti", "putkien taivutus")
    }
    assert [lift.score for lift in lifts] == sorted((lift.score for lift in lifts), reverse=True)
    assert {lift.band for lift in lifts} == {Band.STRONG}


def test_where_none_lifts_alone_as_few_as_suffice_are_told_together(high: float) -> None:
    [lift] = explain(WELDER, band=Band.GOOD).lifts
    assert [gap.requirement for gap in lift.requirements] == ["tulityökortti", "putkien taivutus"]
    assert lift.score == pytest.approx(rescored(WELDER, "tulityökortti", "putkien taivutus"))
    assert lift.score > high


def test_nothing_lifts_the_best_band_or_a_person_of_whom_too_little_is_known() -> None:
    assert explain(WELDER, band=Band.STRONG).lifts == ()
    assert explain(profile("new", "MIG-hitsaus")).lifts == ()


def test_every_lift_is_true_when_scored_anew() -> None:
    who = profile("p", "levyjen leikkaus", "piirustusten lukeminen", "työkalujen huolto")
    told = explain(who)
    for lift in told.lifts:
        score = rescored(who, *(gap.requirement for gap in lift.requirements))
        assert band_of(score, known=True) is lift.band is not told.match.band
    assert told.lifts


def test_what_decides_is_asked_first_then_what_raises_the_band_then_the_rest() -> None:
    offer = replace(OFFER, licences=("CE",))
    asked = explain(WELDER, offer).questions
    order = list(Effect)
    assert [order.index(each.effect) for each in asked] == sorted(
        order.index(each.effect) for each in asked
    )
    assert {each.asked.gate for each in asked if not isinstance(each.asked, Missing)} == {
        GateKind.LICENCE
    }
    assert asked[0].effect is Effect.DECIDES
    assert {each.asked.requirement for each in asked if isinstance(each.asked, Missing)} == {
        "tulityökortti",
        "putkien taivutus",
    }


def test_what_would_add_nothing_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        WhatIf, "scores", lambda self, people, offer, model, ranker: np.full(len(people), 0.3)
    )
    person, offered = sides(WELDER, OFFER)
    gaps = (Missing("x", OFFER.requirements[0].importance),)
    match: Match = replace(
        gated(person, OFFER, 0.3 - WORTH_ASKING / 2, rank=1, on=TODAY), missing=gaps
    )
    asked = WHAT_IF.explain(match, person, offered.encoded, MODEL, PRIOR).questions
    assert [each for each in asked if isinstance(each.asked, Missing)] == []
