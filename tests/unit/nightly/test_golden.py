from __future__ import annotations

import math

import pytest

from matcher.domain.kinds import RecordKind
from matcher.nightly.gates import Gate
from matcher.nightly.golden import golden_gate, golden_ndcg, golden_set
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples


def test_everybody_in_the_golden_set_has_an_ad_of_their_own_trade_or_next_to_it() -> None:
    golden = golden_set()
    assert {one.id for one in golden.profiles} == set(golden.grades)
    ads = {ad.id for ad in golden.ads}
    assert {ad for graded in golden.grades.values() for ad in graded} <= ads
    assert {grade for graded in golden.grades.values() for grade in graded.values()} == {1, 2, 3}
    assert [id for id, graded in golden.grades.items() if max(graded.values()) < 2] == []


def test_the_golden_figure_is_one_when_every_person_has_their_own_trade_first() -> None:
    assert golden_ndcg(FakeEncoder(), samples.GOLDEN) == pytest.approx(1)


def test_the_golden_figure_falls_with_an_encoder_that_says_nothing() -> None:
    golden = golden_set()
    assert golden_ndcg(FakeEncoder(2), golden) < golden_ndcg(FakeEncoder(64), golden) - 0.05


@pytest.mark.parametrize(
    ("value", "incumbent", "at_least", "passed"),
    [(0.695, 0.7, 0.69, True), (0.685, 0.7, 0.69, False), (0.1, None, 0.0, True)],
)
def test_it_may_be_a_hundredth_worse_than_before(
    value: float, incumbent: float | None, at_least: float, passed: bool
) -> None:
    figure = golden_gate(value, incumbent)
    assert (figure.gate, figure.kind) == (Gate.GOLDEN, RecordKind.VACANCY)
    assert math.isclose(figure.at_least, at_least)
    assert (figure.value, figure.passed) == (value, passed)
