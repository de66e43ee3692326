from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.metrics.exposure import gini, lorenz, order_ndcg, top_share


@pytest.mark.parametrize(
    ("exposures", "value"),
    [
        ([], 0),
        ([0, 0], 0),
        ([2, 2, 2], 0),
        # One of four has all: 1 - 1/4.
        ([0, 0, 0, 8], 3 / 4),
        # Differences of pairs: 1, 2, 1; twice their sum over 2 * 3 * 6.
        ([1, 2, 3], 2 / 9),
    ],
)
def test_gini_is_half_the_relative_mean_difference(exposures: list[float], value: float) -> None:
    assert gini(exposures) == pytest.approx(value)


def test_gini_agrees_with_its_definition_by_all_pairs() -> None:
    exposures = np.random.default_rng(3).integers(0, 50, 40)
    differences = np.abs(np.subtract.outer(exposures, exposures)).mean()
    assert gini(exposures.tolist()) == pytest.approx(differences / (2 * exposures.mean()))


def test_the_lorenz_curve_tells_what_the_least_exposed_have() -> None:
    assert lorenz([3, 0, 1, 0], 4) == (0.0, 0.0, 0.0, 0.25, 1.0)
    assert lorenz([2, 2, 2, 2], 2) == (0.0, 0.5, 1.0)
    # Between two offers it goes straight.
    assert lorenz([1, 3], 4) == (0.0, 0.125, 0.25, 0.625, 1.0)
    assert lorenz([0, 0], 4) == lorenz([], 4) == ()


def test_the_area_over_the_lorenz_curve_is_half_the_gini_coefficient() -> None:
    exposures = [5.0, 1.0, 0.0, 2.0, 2.0]
    curve = lorenz(exposures, len(exposures))
    below = sum((one + other) / 2 for one, other in pairwise(curve)) / len(exposures)
    assert 1 - 2 * below == pytest.approx(gini(exposures))


def test_an_exposure_below_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="An exposure is -1"):
        gini([1, -1])


def test_the_most_exposed_have_a_share_of_exposure_and_one_of_places() -> None:
    exposures = {"a": 1.0, "b": 6.0, "c": 2.0, "d": 1.0}
    places = {"a": 1, "b": 1, "c": 2, "d": 4}
    assert top_share(exposures, places, 1) == (6 / 10, 1 / 8)
    # Of a and d, which are equal, a comes first.
    assert top_share(exposures, places, 3) == (9 / 10, 4 / 8)
    assert top_share({"a": 0.0}, {"a": 1}, 3) == (0, 0)


def test_an_order_is_worth_its_share_of_the_best_one() -> None:
    best = 3 + 1 / math.log2(3)
    assert order_ndcg([3, 1], 2) == 1
    assert order_ndcg([1, 3], 2) == pytest.approx((1 + 3 / math.log2(3)) / best)
    assert order_ndcg([1, 3], 1) == pytest.approx(1 / 3)
    assert order_ndcg([0, 0], 2) == 1
