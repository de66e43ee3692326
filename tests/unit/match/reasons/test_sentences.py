from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matcher.domain.explanation import (
    Effect,
    Explanation,
    Lift,
    Placed,
    Question,
    Standing,
)
from matcher.domain.match import (
    Band,
    GateKind,
    GateOutcome,
    GateResult,
    Match,
    Missing,
    OfferPart,
    PersonPart,
    PhrasePair,
)
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.domain.text import Lang
from matcher.match.features import Feature
from matcher.match.reasons.names import BANDS, FEATURES, KINDS
from matcher.match.reasons.sentences import carrying, standing, tell

ESSENTIAL, OPTIONAL = Importance.ESSENTIAL, Importance.OPTIONAL
KITCHEN = "keikkatyö ravintolan keittiössä"
LICENCE = GateResult(GateKind.LICENCE, GateOutcome.UNKNOWN, "B")
GAP, PLUS = Missing("pizzan valmistus", ESSENTIAL), Missing("juustot", OPTIONAL)


def match(
    *pairs: PhrasePair, kind: OfferKind = OfferKind.VACANCY, gaps: tuple[Missing, ...] = ()
) -> Match:
    return Match("p", "v", kind, 3, 0.2, Band.POSSIBLE, pairs, gaps, (LICENCE,))


def pair(part: OfferPart, importance: Importance = ESSENTIAL) -> PhrasePair:
    return PhrasePair("kokemus suurkeittiöstä", KITCHEN, importance, 0.8, 0.1, part)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            Lang.FI,
            "Asiakkaan tiedoissa on ”keikkatyö ravintolan keittiössä”. "
            "Se vastaa vaatimusta ”kokemus suurkeittiöstä”.",
        ),
        (
            Lang.SV,
            "I klientens uppgifter finns ”keikkatyö ravintolan keittiössä”. "
            "Det motsvarar kravet ”kokemus suurkeittiöstä”.",
        ),
        (
            Lang.EN,
            "The client’s details say “keikkatyö ravintolan keittiössä”. "
            "It answers the requirement “kokemus suurkeittiöstä”.",
        ),
    ],
)
def test_what_carries_is_quoted_in_its_own_words(lang: Lang, said: str) -> None:
    assert carrying(match(pair(OfferPart.REQUIREMENT)), lang) == (said,)


@pytest.mark.parametrize(
    ("kind", "part", "importance", "ends"),
    [
        (OfferKind.VACANCY, OfferPart.REQUIREMENT, OPTIONAL, "joka katsotaan eduksi."),
        (OfferKind.NEED, OfferPart.TASK, ESSENTIAL, "Se sopii työtehtävään ”{}”."),
        (OfferKind.NEED, OfferPart.TITLE, ESSENTIAL, "Se on lähellä työtä ”{}”."),
        (OfferKind.TRAINING, OfferPart.REQUIREMENT, ESSENTIAL, "Se vastaa vaatimusta ”{}”."),
        (OfferKind.TRAINING, OfferPart.TASK, ESSENTIAL, "Koulutuksessa opitaan: ”{}”."),
        (OfferKind.TRAINING, OfferPart.TITLE, ESSENTIAL, "liittyy koulutuksen aiheeseen ”{}”."),
        (OfferKind.SERVICE, OfferPart.TASK, ESSENTIAL, "saa apua, kun aiheena on ”{}”."),
        (OfferKind.SERVICE, OfferPart.TITLE, ESSENTIAL, "Siihen liittyy palvelu ”{}”."),
    ],
)
def test_a_sentence_fits_what_the_offer_is(
    kind: OfferKind, part: OfferPart, importance: Importance, ends: str
) -> None:
    [said] = carrying(match(pair(part, importance), kind=kind), Lang.FI)
    assert said.endswith(ends.format("kokemus suurkeittiöstä"))


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (OfferKind.NEED, "Se on lähellä työtä ”kokemus suurkeittiöstä”."),
        (OfferKind.TRAINING, "Se liittyy koulutuksen aiheeseen ”kokemus suurkeittiöstä”."),
        (OfferKind.SERVICE, "Siihen liittyy palvelu ”kokemus suurkeittiöstä”."),
    ],
)
def test_a_wish_is_told_as_a_wish(kind: OfferKind, ends: str) -> None:
    wish = replace(pair(OfferPart.TITLE), said=PersonPart.WANTS)
    [said] = carrying(match(wish, kind=kind), Lang.FI)
    assert said == f"Asiakkaan toiveena on ”{KITCHEN}”. {ends}"


def test_an_explanation_is_told_from_what_carries_to_what_to_ask() -> None:
    lift = Lift((GAP,), 0.3, Band.GOOD)
    asked = (
        Question(LICENCE, Effect.DECIDES, 0.0),
        Question(GAP, Effect.RAISES_BAND, 0.1),
    )
    told = tell(Explanation(match(gaps=(GAP, PLUS)), (lift,), asked), Lang.FI)
    assert told.missing == (
        "Asiakkaan tiedoissa ei mainita vaatimusta ”pizzan valmistus”.",
        "Asiakkaan tiedoissa ei mainita eduksi katsottavaa asiaa ”juustot”.",
    )
    assert told.gates == ("Ajokortti: B. Tämä ei ole tiedossa.",)
    assert told.raises == (
        "Jos asiakkaalta löytyy ”pizzan valmistus”, arvio nousee tasolle ”sopii hyvin”.",
    )
    assert told.asks == (
        "Onko asiakkaalla B-ajokortti?",
        "Löytyykö asiakkaalta tämä: ”pizzan valmistus”?",
    )


def test_what_only_lifts_together_is_listed() -> None:
    lift = Lift((GAP, PLUS), 0.4, Band.STRONG)
    told = tell(Explanation(match(), (lift,), ()), Lang.SV)
    assert told.raises == (
        "Om klienten har allt detta stiger bedömningen till ”passar mycket väl”: "
        "”pizzan valmistus” och ”juustot”.",
    )


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Standing.LISTED, "The offer is in the list, in place 3."),
        (
            Standing.FURTHER_DOWN,
            "The offer would fit, but comes further down the list, in about place 3.",
        ),
        (
            Standing.BLOCKED,
            "The offer is not in the list because a condition is not met. "
            "Without it the offer would be in about place 3.",
        ),
        (
            Standing.DUPLICATE,
            "The offer is not in the list because the same advertisement is there already: v-2.",
        ),
        (
            Standing.TOO_FAR_FROM_PROFILE,
            "The offer is not in the list because the client’s details have too little in "
            "common with it.",
        ),
        (
            Standing.EXPIRED,
            "The offer is not in the list because it was open until 2 Nov 2026.",
        ),
        (
            Standing.NOT_INDEXED,
            "The offer is not in the list yet. It is searched from the next night on.",
        ),
    ],
)
def test_what_keeps_an_offer_out_is_said(where: Standing, said: str) -> None:
    placed = Placed(where, Explanation(match(), (), ()), {}, "v-2")
    assert standing(placed, date(2026, 11, 2), Lang.EN) == said


def test_every_kind_band_and_feature_has_a_name() -> None:
    assert set(KINDS) == set(OfferKind)
    assert set(BANDS) == set(Band)
    assert set(FEATURES) == {feature.name.lower() for feature in Feature}
