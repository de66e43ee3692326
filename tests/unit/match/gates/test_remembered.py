"""What rules said is remembered by the words of both sides, and told to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from matcher.domain.match import GateResult
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Place
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.match.gates import remembered as kept
from matcher.match.gates.judge import judge
from matcher.match.gates.remembered import Demand, Remembered, demanded, spelled_out
from matcher.match.gates.rules import RULES
from matcher.match.gates.sides import Facts, demands_of

ON = date(2026, 11, 2)
RAUMA = Place(municipalities=("684",))
PEOPLE = (
    Profile(id="1", municipality="684", text="Minulla on ajokortti B."),
    Profile(id="2", municipality="091", text="Ajokorttini on luokkaa B."),
    Profile(id="3", municipality="091"),
)
OFFERS = (
    Vacancy(id="a", place=RAUMA, text=LocalText(fi="Edellytämme B-ajokorttia.")),
    Vacancy(id="b", place=RAUMA, text=LocalText(fi="Vaadimme ajokortin B. Työ alkaa heti.")),
    Vacancy(id="c", place=RAUMA, text=LocalText(fi="Edellytämme B-ajokorttia.")),
)


@dataclass(frozen=True, slots=True)
class Asking:
    asked: tuple[Demand, ...]


def asking(offer: Vacancy) -> Asking:
    return Asking(demanded(demands_of(offer)))


def told(remembered: Remembered, who: Profile, offer: Vacancy) -> tuple[GateResult, ...]:
    facts = Facts.of(who, ON)
    judged = remembered.judge(facts, spelled_out(facts)).judged(asking(offer))
    return tuple(result for one in judged for result in one.results)


def test_everybody_is_told_their_own_results_however_often_they_are_asked_for() -> None:
    remembered = Remembered()
    for _ in range(2):
        for who in PEOPLE:
            for offer in OFFERS:
                assert told(remembered, who, offer) == judge(who, offer, ON)


def test_offers_that_ask_in_the_same_words_are_judged_once() -> None:
    facts, remembered = Facts.of(PEOPLE[0], ON), Remembered()
    first, second, other = (
        remembered.judge(facts, spelled_out(facts)).judged(asking(OFFERS[n])) for n in (0, 2, 1)
    )
    assert [one is two for one, two in zip(first, second, strict=True)] == [True] * len(first)
    assert first[0] is not other[0]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    remembered = Remembered()
    for _ in range(3):
        for who in PEOPLE:
            for offer in OFFERS:
                assert told(remembered, who, offer) == judge(who, offer, ON)
        # One person's outcomes on three offers come at once, each of a few rules.
        assert sum(map(len, remembered._judged.values())) <= 2 + 3 * len(RULES)
