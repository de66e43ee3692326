from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.match.bands import GOOD_FROM
from matcher.match.features import Feature
from matcher.match.learning.fit import Judged, fit, judge, on_scale
from matcher.match.ranker import PRIOR

INCUMBENT = PRIOR.weights.astype(np.float64)
NOTHING = np.zeros((0, len(Feature)), np.float32)
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
        people.append(Judged(f"p{i}", groups, table, fits, np.ones(12), NOTHING))
    return people


def test_weights_that_feedback_follows_are_found_and_better() -> None:
    verdict = judge(crowd(TRUE), INCUMBENT, np.random.default_rng(1))
    assert verdict.better
    assert verdict.low > 0.1
    weights = np.array(verdict.weights)
    assert weights / weights.sum() == pytest.approx(TRUE, abs=0.05)


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
    weighed = fit([Judged("p", (), rows, fits, seen, NOTHING)], EVENLY)
    counted = fit([Judged("p", (), rows, fits, np.ones(len(rows)), NOTHING)], EVENLY)
    assert weighed[1] / weighed[0] == pytest.approx(1, abs=0.05)
    assert counted[1] / counted[0] < 0.6


def test_a_group_that_would_lose_keeps_the_weights() -> None:
    many = crowd(TRUE, 300, ("language fi",))
    few = [
        Judged(f"few{i}", ("language sv",), one.table, one.fits, one.weights, NOTHING)
        for i, one in enumerate(crowd(INCUMBENT, 60))
    ]
    verdict = judge([*many, *few], INCUMBENT, np.random.default_rng(1))
    assert verdict.low > 0
    assert verdict.groups["language fi"] > 0 > verdict.groups["language sv"]
    [against] = verdict.against
    assert against.startswith("language sv would lose")


def test_small_groups_are_not_judged() -> None:
    few = [
        Judged(f"few{i}", ("language sv",), one.table, one.fits, one.weights, NOTHING)
        for i, one in enumerate(crowd(INCUMBENT, 9))
    ]
    verdict = judge([*crowd(TRUE), *few], INCUMBENT, np.random.default_rng(1))
    assert list(verdict.groups) == ["everybody"]
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


def test_fitted_weights_give_as_many_judged_offers_a_good_band_as_before() -> None:
    people = [replace(one, table=one.table / np.float32(3)) for one in crowd(TRUE)]
    weights = on_scale(TRUE / 4, INCUMBENT, people)
    table = np.concatenate([one.table for one in people])
    before, after = (float((table @ each >= GOOD_FROM).mean()) for each in (INCUMBENT, weights))
    assert after == pytest.approx(before, abs=0.01)
    assert weights / weights.sum() == pytest.approx(TRUE)


def test_no_score_can_pass_one() -> None:
    flat = np.full((4, len(Feature)), 0.3, np.float32)
    flat[0] = 0.0
    one = Judged("p", (), flat, np.array([False, True, True, True]), np.ones(4), NOTHING)
    assert on_scale(TRUE, INCUMBENT, [one]).sum() <= 1


def test_weights_that_give_other_bands_are_kept_out() -> None:
    # Occupation, where lists are full of it, would make everything good.
    full = np.tile(np.eye(len(Feature), dtype=np.float32)[Feature.OCCUPATION], (10, 1))
    people = [
        replace(one, listed=full)
        for one in crowd(np.eye(len(Feature))[Feature.OCCUPATION], groups=("language fi",))
    ]
    verdict = judge(people, INCUMBENT, np.random.default_rng(1))
    assert verdict.low > 0
    assert verdict.bands == {"everybody": 1.0, "language fi": 1.0}
    [against] = verdict.against
    assert against.startswith("the share of good matches among the first 10 would move by +1.000")
