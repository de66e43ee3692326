from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Training
from matcher.domain.parts import Occupation
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.match.upskill.gifts import gift_of, taught, unlocked


def training(title: str, *outcomes: str) -> Training:
    return Training(
        id="t", title=LocalText(fi=title), outcomes=outcomes, occupations=(Occupation("kokki"),)
    )


@pytest.mark.parametrize(
    ("outcome", "cards"),
    [
        ("trukkikortti", {"074"}),
        ("hygieniapassi", {"022"}),
        ("EA1-todistus", {"013"}),
        ("hygienpass", {"022"}),
        ("hygiene passport", {"022"}),
        ("kuljettajan ammattipätevyys", {"041"}),
        # Knowing how to put out a fire is not the card of that name.
        ("alkusammutus", set()),
        # Preparing for an examination, or going on with a card, gives none.
        ("ammattipätevyyden jatkokoulutus", set()),
        ("valmius hygieniapassin testiin", set()),
    ],
)
def test_a_card_is_given_only_by_an_outcome_that_names_it(outcome: str, cards: set[str]) -> None:
    assert gift_of(training("Kurssi", outcome)).cards == cards


@pytest.mark.parametrize(
    ("outcome", "licences"),
    [
        ("B-ajokortti", {"B", "T", "AM"}),
        ("BE-kortti", {"BE", "B", "T", "AM"}),
        ("B driving licence", {"B", "T", "AM"}),
        ("B-körkort", {"B", "T", "AM"}),
        ("körkort B", {"B", "T", "AM"}),
        ("ajokortin teoria", set()),
    ],
)
def test_a_licence_is_given_with_all_that_it_includes(outcome: str, licences: set[str]) -> None:
    assert gift_of(training("Kurssi", outcome)).licences == licences


@pytest.mark.parametrize(
    ("title", "outcome", "names"),
    [
        ("Ravintola-alan perustutkinto", "annosruoat", ["annosruoat", "kokki"]),
        ("Kokiksi", "kokin tutkinto", ["kokin tutkinto", "kokki"]),
        ("Kockutbildning", "närvårdarexamen", ["närvårdarexamen", "kokki"]),
        ("Ravintola-alan tutkinnon osat", "annosruoat", ["annosruoat"]),
        ("Valmennus tutkintoon", "annosruoat", ["annosruoat"]),
    ],
)
def test_only_a_whole_qualification_makes_one_of_the_trade(
    title: str, outcome: str, names: list[str]
) -> None:
    assert [one.name for one in gift_of(training(title, outcome)).competences] == names


def test_what_is_learnt_comes_after_what_is_known_and_new_cards_after_held_ones() -> None:
    gift = gift_of(training("Kurssi", "trukkikortti", "B-ajokortti"))
    after = taught(Profile(id="p", cards=("022",), licences=("B",)), [gift])
    assert [one.name for one in after.competences] == ["trukkikortti", "B-ajokortti"]
    assert (after.cards, after.licences) == (("022", "074"), ("B", "AM", "T"))


def test_cards_that_were_never_asked_about_stay_unknown() -> None:
    gift = gift_of(training("Kurssi", "trukkikortti"))
    assert taught(Profile(id="p"), [gift]).cards is None


def test_a_given_card_meets_its_gate_and_no_other() -> None:
    gift = gift_of(training("Kurssi", "trukkikortti"))
    shut = GateResult(GateKind.CARD, GateOutcome.UNMET, "074", "022")
    other = GateResult(GateKind.CARD, GateOutcome.UNMET, "075", "022")
    place = GateResult(GateKind.COMMUTE, GateOutcome.UNMET, "074")
    met = replace(shut, outcome=GateOutcome.MET, evidence="074")
    assert unlocked([shut, other, place], [gift]) == (met, other, place)
