from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.ranker import Decision, RankerEntry
from matcher.errors import InputError
from matcher.match.features import Feature
from matcher.match.ranker import PRIOR, Ranker, chosen, ranker_of

rows = st.lists(st.floats(0, 1, width=32), min_size=len(Feature), max_size=len(Feature))
EVEN = dict.fromkeys(PRIOR.by_name(), 0.1)


def entry(weights: dict[str, float], encoder: str = "enc") -> RankerEntry:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return RankerEntry("fitted-12345678", encoder, weights, Decision.CHOSEN, {}, now, "Liisa")


def test_the_weights_of_the_prior_share_out_one() -> None:
    assert list(PRIOR.by_name()) == [feature.name.lower() for feature in Feature]
    assert PRIOR.weights.sum() == pytest.approx(1)
    assert PRIOR.weights.min() > 0


def test_a_score_is_the_weighted_sum_of_the_features() -> None:
    table = np.array([[0] * 7, [1, 0.5, 1, 0.5, 0, 0.5, 0], [1] * 7], np.float32)
    assert PRIOR.score(table) == pytest.approx([0, 0.22 + 0.03 + 0.10 + 0.03 + 0.09, 1])
    assert PRIOR.weight(Feature.TAKEN_UP) == pytest.approx(0.2)


def test_no_candidates_have_no_scores() -> None:
    assert PRIOR.score(np.zeros((0, len(Feature)), np.float32)).shape == (0,)


@given(rows, st.sampled_from(Feature), st.floats(0, 1, width=32))
def test_no_feature_can_lower_a_score(row: list[float], raised: Feature, value: float) -> None:
    more = list(row)
    more[raised] = max(value, row[raised])
    low, high = PRIOR.score(np.array([row, more], np.float32)).tolist()
    assert 0 <= low <= high + 1e-6 <= 1 + 2e-6


def test_a_revision_is_told_by_the_weights_alone() -> None:
    turned = dict(reversed(EVEN.items()))
    assert Ranker.of(EVEN, "fitted").revision == Ranker.of(turned, "fitted").revision
    assert (
        Ranker.of({**EVEN, "dense": 0.1001}, "fitted").revision
        != Ranker.of(EVEN, "fitted").revision
    )
    assert Ranker.of(PRIOR.by_name(), "prior").revision == PRIOR.revision


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(InputError, match="do not rank by dense"):
        Ranker.of({"bm25": 1.0}, "fitted")


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_that_could_lower_a_score_is_refused(weight: float) -> None:
    with pytest.raises(InputError, match="The weight of title is"):
        Ranker.of({**EVEN, "title": weight}, "fitted")


def test_the_prior_ranks_until_a_decision_puts_other_weights_to_use() -> None:
    assert ranker_of(None) is PRIOR
    assert ranker_of(entry(EVEN)).by_name() == EVEN


def test_weights_of_former_features_give_way_to_the_prior() -> None:
    assert ranker_of(entry({"bm25": 1.0})) is PRIOR


def test_weights_of_another_encoder_cannot_be_chosen() -> None:
    assert chosen(entry(EVEN), "enc").by_name() == EVEN
    with pytest.raises(InputError, match="fitted with encoder enc, but new is in use"):
        chosen(entry(EVEN), "new")
