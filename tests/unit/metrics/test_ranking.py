"""Metrics against fractions worked by hand, and against trec_eval's code."""

from __future__ import annotations

from math import log2
from typing import Any

import ir_measures
import numpy as np
import pytest
from ir_measures import AP, RR, Judged, R, Success, nDCG

from matcher.errors import InputError
from matcher.metrics.ranking import (
    Gain,
    Qrels,
    Run,
    average,
    average_precision,
    judged_at_k,
    ndcg_at_k,
    only_judged,
    r_precision_at_k,
    ranked,
    recall_at_k,
    reciprocal_rank,
    success_at_k,
)

QRELS = {"q": {"a": 3, "b": 1, "c": 0, "d": 2}}
RUN = {"q": {"x": 0.9, "b": 0.8, "c": 0.7, "a": 0.6}}  # ranking: x b c a; d is not found


def test_ranking_puts_high_scores_first() -> None:
    assert ranked({"a": 0.1, "b": 0.3, "c": 0.2}) == ["b", "c", "a"]


def test_equal_scores_are_ordered_by_id_last_first() -> None:
    assert ranked({"a": 0.5, "c": 0.5, "b": 0.5, "d": 0.1}) == ["c", "b", "a", "d"]


def test_ndcg_with_exponential_gain() -> None:
    # gains 7 (a), 1 (b), 3 (d); found b at rank 2 and a at rank 4
    found = 1 / log2(3) + 7 / log2(5)
    ideal = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)
    assert ndcg_at_k(QRELS, RUN, 10)["q"] == pytest.approx(found / ideal)


def test_ndcg_with_linear_gain() -> None:
    found = 1 / log2(3) + 3 / log2(5)
    ideal = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert ndcg_at_k(QRELS, RUN, 10, Gain.LINEAR)["q"] == pytest.approx(found / ideal)


def test_ndcg_cuts_the_ideal_ranking_too() -> None:
    assert ndcg_at_k(QRELS, {"q": {"a": 1.0}}, 1) == {"q": 1.0}


def test_recall_counts_what_is_found_above_the_cut() -> None:
    assert recall_at_k(QRELS, RUN, 2) == {"q": 1 / 3}
    assert recall_at_k(QRELS, RUN, 4) == {"q": 2 / 3}


def test_recall_with_a_higher_lowest_grade() -> None:
    assert recall_at_k(QRELS, RUN, 4, relevant=2) == {"q": 1 / 2}


def test_reciprocal_rank_of_the_first_relevant() -> None:
    assert reciprocal_rank(QRELS, RUN) == {"q": 1 / 2}
    assert reciprocal_rank(QRELS, RUN, relevant=2) == {"q": 1 / 4}


def test_reciprocal_rank_is_zero_beyond_the_cut() -> None:
    assert reciprocal_rank(QRELS, RUN, k=3, relevant=2) == {"q": 0.0}


def test_average_precision_divides_by_all_relevant() -> None:
    # b at rank 2 (1/2), a at rank 4 (2/4), d never: three are relevant
    assert average_precision(QRELS, RUN)["q"] == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert average_precision(QRELS, RUN, k=3)["q"] == pytest.approx((1 / 2) / 3)


def test_success_is_zero_or_one() -> None:
    assert success_at_k(QRELS, RUN, 1) == {"q": 0.0}
    assert success_at_k(QRELS, RUN, 2) == {"q": 1.0}


def test_r_precision_asks_for_no_more_than_there_is() -> None:
    # a, b and d are relevant; b is second and a fourth
    assert r_precision_at_k(QRELS, RUN, 2) == {"q": 1 / 2}
    assert r_precision_at_k(QRELS, RUN, 5) == {"q": 2 / 3}
    assert r_precision_at_k(QRELS, RUN, 5, relevant=3) == {"q": 1.0}
    assert r_precision_at_k({"q": {"a": 0}}, RUN, 5) == {"q": 0.0}


def test_judged_counts_grade_zero_as_judged() -> None:
    assert judged_at_k(QRELS, RUN, 2) == {"q": 1 / 2}
    assert judged_at_k(QRELS, RUN, 10) == {"q": 3 / 4}


def test_only_judged_keeps_order_and_scores_of_the_judged() -> None:
    assert only_judged(QRELS, RUN) == {"q": {"b": 0.8, "c": 0.7, "a": 0.6}}
    assert only_judged({}, RUN) == {"q": {}}


def test_a_query_without_an_answer_counts_as_zero() -> None:
    qrels = {"q": {"a": 1}, "lost": {"a": 1}}
    run = {"q": {"a": 1.0}}
    assert reciprocal_rank(qrels, run) == {"q": 1.0, "lost": 0.0}
    assert average(reciprocal_rank(qrels, run)) == 1 / 2
    assert judged_at_k(qrels, run, 5)["lost"] == 0.0


def test_a_query_without_anything_relevant_counts_as_zero() -> None:
    qrels = {"q": {"a": 0}}
    run = {"q": {"a": 1.0}}
    for values in (
        ndcg_at_k(qrels, run, 5),
        recall_at_k(qrels, run, 5),
        reciprocal_rank(qrels, run),
        average_precision(qrels, run),
        success_at_k(qrels, run, 5),
    ):
        assert values == {"q": 0.0}


def test_the_average_of_nothing_is_zero() -> None:
    assert average({}) == 0.0


@pytest.mark.parametrize(
    "metric", [ndcg_at_k, recall_at_k, success_at_k, judged_at_k, r_precision_at_k]
)
def test_a_cut_below_one_is_refused(metric: object) -> None:
    with pytest.raises(InputError, match="cannot be cut at 0"):
        metric(QRELS, RUN, 0)  # type: ignore[operator]  # any of five signatures


@pytest.mark.parametrize("metric", [reciprocal_rank, average_precision])
def test_an_optional_cut_below_one_is_refused_too(metric: object) -> None:
    with pytest.raises(InputError, match="cannot be cut at -1"):
        metric(QRELS, RUN, -1)  # type: ignore[operator]  # either of two signatures


def random_qrels_and_run(
    seed: int, steps: int
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, float]]]:
    """Twenty queries, the first without an answer; few steps make many equal scores."""
    rng = np.random.default_rng(seed)
    ids = [f"d{number}" for number in range(40)]
    qrels = {
        f"q{number}": {str(id): int(rng.integers(4)) for id in rng.choice(ids, 12, replace=False)}
        for number in range(20)
    }
    run = {
        f"q{number}": {
            str(id): float(rng.integers(steps)) / 8 for id in rng.choice(ids, 25, replace=False)
        }
        for number in range(1, 20)
    }
    return qrels, run


def theirs(measure: Any, qrels: Qrels, run: Run) -> dict[str, float]:
    return {each.query_id: each.value for each in ir_measures.iter_calc([measure], qrels, run)}


@pytest.mark.parametrize("seed", range(5))
def test_all_metrics_agree_with_trec_eval_also_where_scores_are_equal(seed: int) -> None:
    qrels, run = random_qrels_and_run(seed, steps=8)
    exponential = {q: {id: 2**g - 1 for id, g in grades.items()} for q, grades in qrels.items()}
    for ours, measure, judgements in (
        (ndcg_at_k(qrels, run, 10, Gain.LINEAR), nDCG @ 10, qrels),
        (ndcg_at_k(qrels, run, 10), nDCG @ 10, exponential),
        (recall_at_k(qrels, run, 5, relevant=2), R(rel=2) @ 5, qrels),
        (reciprocal_rank(qrels, run, relevant=3), RR(rel=3), qrels),
        (average_precision(qrels, run), AP, qrels),
        (average_precision(qrels, run, k=10, relevant=2), AP(rel=2) @ 10, qrels),
        (success_at_k(qrels, run, 3, relevant=3), Success(rel=3) @ 3, qrels),
    ):
        assert ours == pytest.approx(theirs(measure, judgements, run)), str(measure)


def test_judged_agrees_with_ir_measures_where_scores_differ() -> None:
    # its own provider, unlike trec_eval, orders equal scores by id, first first
    qrels, run = random_qrels_and_run(7, steps=10**9)
    assert judged_at_k(qrels, run, 10) == pytest.approx(theirs(Judged @ 10, qrels, run))
