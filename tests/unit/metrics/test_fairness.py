from __future__ import annotations

import math

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.metrics.fairness import impact_ratio, mean_interval, person_exposure, rate


def test_a_rate_has_wilsons_interval() -> None:
    # Worked by hand: z = 1.95996, centre (8 + z²/2) / (10 + z²), half width by the formula.
    found = rate(8, 10)
    assert found.value == 0.8
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_nobody_and_everybody_have_intervals_too() -> None:
    assert rate(0, 5).low == pytest.approx(0.0, abs=1e-12)
    assert rate(0, 5).high == pytest.approx(0.4345, abs=1e-4)
    assert rate(5, 5).high == pytest.approx(1.0)


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_is_refused(successes: int, n: int) -> None:
    with pytest.raises(InputError, match="is no share"):
        rate(successes, n)


def test_an_impact_ratio_has_the_interval_of_katz() -> None:
    # 30 of 100 against 50 of 100: sqrt(.7/30 + .5/50) = .18257, times 1.95996 = .35783.
    found = impact_ratio(30, 100, 50, 100)
    assert found is not None
    assert found.value == pytest.approx(0.6)
    assert found.low == pytest.approx(0.6 * math.exp(-0.35783), rel=1e-4)
    assert found.high == pytest.approx(0.6 * math.exp(0.35783), rel=1e-4)


def test_where_nobody_succeeds_no_ratio_is_told() -> None:
    assert impact_ratio(0, 10, 5, 10) is None
    assert impact_ratio(5, 10, 0, 0) is None


def test_exposure_follows_the_place_among_the_people_of_each_offer() -> None:
    # Offer 0 puts person 1 before person 0; offer 1 shows person 0 alone; nobody shows 2.
    offers, people = np.array([0, 0, 1]), np.array([0, 1, 0])
    scores = np.array([0.5, 0.9, 0.1], np.float32)
    found = person_exposure(offers, people, scores, 3)
    assert found == pytest.approx([1 / math.log2(3) + 1, 1.0, 0.0])


def test_of_equal_scores_the_earlier_person_stands_first() -> None:
    found = person_exposure(np.zeros(2, np.int64), np.array([1, 0]), np.ones(2, np.float32), 2)
    assert found == pytest.approx([1.0, 1 / math.log2(3)])


def test_without_any_list_nobody_is_exposed() -> None:
    nothing = np.zeros(0, np.int64)
    found = person_exposure(nothing, nothing, np.zeros(0, np.float32), 2)
    assert found.tolist() == [0.0, 0.0]


def test_a_mean_has_the_normal_interval() -> None:
    found = mean_interval(np.array([1.0, 2.0, 3.0]))
    assert found.value == 2.0
    assert found.high - 2.0 == pytest.approx(1.95996 / math.sqrt(3), rel=1e-4)
    assert mean_interval(np.array([4.0])).low == 4.0
    with pytest.raises(InputError):
        mean_interval(np.array([]))
