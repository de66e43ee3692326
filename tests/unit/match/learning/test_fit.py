from __future__ import annotations

import numpy as np
import pytest

from matcher.match.features import Feature
from matcher.match.learning.fit import Judged, fit, judge
from matcher.match.ranker import PRIOR

INCUMBENT = np.array(list(PRIOR.values()))
#: Titles and coverage tell what fits, and nothing else does: not what the prior believes.
TRUE = np.array([0, 0, 0.5, 0.5, 0, 0, 0])
EVENLY = np.full(len(Feature), 1 / len(Feature))


def crowd(weights: np.ndarray, persons: int = 150, groups: tuple[str, ...] = ()) -> list[Judged]:
    """People whose offers fit where the weighed features and some chance say so."""
    rng = np.random.default_rng(7)
    people = []
    for i in range(persons):
        table = rng.random((12, len(Feature))).astype(np.float32)
        told = table @ weights
        fits = told + rng.normal(0, 0.05, 12) > np.quantile(told, 0.7)
        people.append(Judged(f"p{i}", groups, table, fits, np.ones(12)))
    return people


def test_weights_that_feedback_follows_are_found_and_better() -> None:
    verdict = judge(crowd(TRUE), INCUMBENT, np.random.default_rng(1))
    assert verdict.better
    assert verdict.low > 0.1
    assert verdict.weights == pytest.approx(TRUE, abs=0.05)
    assert sum(verdict.weights) == pytest.approx(INCUMBENT.sum(), abs=1e-3)


def test_no_weight_falls_below_zero_though_feedback_shuns_a_feature() -> None:
    shunned = TRUE - np.eye(len(Feature))[Feature.DENSE]
    assert fit(crowd(shunned), INCUMBENT).min() == 0.0


def test_feedback_that_follows_nothing_keeps_the_weights() -> None:
    verdict = judge(crowd(np.zeros(len(Feature))), INCUMBENT, np.random.default_rng(1))
    assert not verdict.better
    assert verdict.against[0].startswith("the gain is not certain")


def test_feedback_that_follows_the_weights_in_use_keeps_them() -> None:
    verdict = judge(crowd(INCUMBENT), INCUMBENT, np.random.default_rng(1))
    assert not verdict.better


def test_weighing_by_position_finds_what_counting_misses() -> None:
    # Of either sort 60 of 110 fit; those of the second stand tenth, where every tenth is seen.
    first, second = np.eye(len(Feature), dtype=np.float32)[[0, 1]]
    rows = np.repeat(np.stack([first, second, first, second]), [60, 6, 50, 50], axis=0)
    fits = np.arange(len(rows)) < 66
    seen = np.where((np.arange(len(rows)) >= 60) & fits, 10.0, 1.0)
    weighed = fit([Judged("p", (), rows, fits, seen)], EVENLY)
    counted = fit([Judged("p", (), rows, fits, np.ones(len(rows)))], EVENLY)
    assert weighed[1] / weighed[0] == pytest.approx(1, abs=0.05)
    assert counted[1] / counted[0] < 0.6


def test_a_group_that_would_lose_keeps_the_weights() -> None:
    many = crowd(TRUE, 300, ("language fi",))
    few = [
        Judged(f"few{i}", ("language sv",), one.table, one.fits, one.weights)
        for i, one in enumerate(crowd(INCUMBENT, 60))
    ]
    verdict = judge([*many, *few], INCUMBENT, np.random.default_rng(1))
    assert verdict.low > 0
    assert verdict.groups["language fi"] > 0 > verdict.groups["language sv"]
    [against] = verdict.against
    assert against.startswith("language sv would lose")


def test_small_groups_are_not_judged() -> None:
    few = [
        Judged(f"few{i}", ("language sv",), one.table, one.fits, one.weights)
        for i, one in enumerate(crowd(INCUMBENT, 9))
    ]
    verdict = judge([*crowd(TRUE), *few], INCUMBENT, np.random.default_rng(1))
    assert verdict.groups == {}
    assert verdict.better


def test_too_little_feedback_is_told_in_numbers() -> None:
    verdict = judge([], INCUMBENT, np.random.default_rng(1))
    assert verdict.weights == ()
    assert verdict.against == (
        "0 held-out people with both fitting and unfitting offers; at least 30 are needed",
        "0 judgements; at least 300 are needed",
        "nobody to learn from with both fitting and unfitting offers; at least 1 is needed",
    )


def test_the_same_feedback_gives_the_same_verdict() -> None:
    first, again = (judge(crowd(TRUE), INCUMBENT, np.random.default_rng(1)) for _ in range(2))
    assert first == again
