from __future__ import annotations

from matcher.domain.match import Band, GateKind, GateOutcome, GateResult, Match
from matcher.domain.offer import OfferKind

MET = GateResult(GateKind.LICENCE, GateOutcome.MET, "B", "BE")
UNMET = GateResult(GateKind.COMMUTE, GateOutcome.UNMET, "425", "10")
UNKNOWN = GateResult(GateKind.CARD, GateOutcome.UNKNOWN, "074")


def match(*gates: GateResult) -> Match:
    return Match("p1", "o1", OfferKind.VACANCY, 1, 0.5, Band.GOOD, (), (), gates)


def test_only_unmet_gates_block() -> None:
    assert match(MET, UNMET, UNKNOWN).blocked == (UNMET,)
    assert match(MET, UNKNOWN).blocked == ()


def test_what_nobody_knows_is_an_open_question() -> None:
    assert match(MET, UNMET, UNKNOWN).open_questions == (UNKNOWN,)
