from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.match.features import Feature
from matcher.match.ranker import PRIOR, score

rows = st.lists(st.floats(0, 1, width=32), min_size=len(Feature), max_size=len(Feature))


def test_the_weights_of_the_prior_share_out_one() -> None:
    assert list(PRIOR) == list(Feature)
    assert sum(PRIOR.values()) == pytest.approx(1)
    assert min(PRIOR.values()) > 0


def test_a_score_is_the_weighted_sum_of_the_features() -> None:
    table = np.array([[0] * 7, [1, 0.5, 1, 0.5, 0, 0.5, 0], [1] * 7], np.float32)
    assert score(table) == pytest.approx([0, 0.22 + 0.03 + 0.10 + 0.03 + 0.09, 1])


def test_no_candidates_have_no_scores() -> None:
    assert score(np.zeros((0, len(Feature)), np.float32)).shape == (0,)


@given(rows, st.sampled_from(Feature), st.floats(0, 1, width=32))
def test_no_feature_can_lower_a_score(row: list[float], raised: Feature, value: float) -> None:
    more = list(row)
    more[raised] = max(value, row[raised])
    low, high = score(np.array([row, more], np.float32)).tolist()
    assert 0 <= low <= high + 1e-6 <= 1 + 2e-6
