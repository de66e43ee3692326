"""From scores to a run."""

from __future__ import annotations

import numpy as np

from matcher.evaluate.ranking import best_first, rank_texts
from tests.unit.evaluate.test_scorers import FixedScorer


def test_best_scores_come_first() -> None:
    assert best_first(np.array([0.1, 0.9, 0.5], np.float32), 2).tolist() == [1, 2]


def test_equal_scores_keep_their_order_also_at_the_cut() -> None:
    row = np.array([0.5, 0.9, 0.5, 0.5], np.float32)
    assert best_first(row, 3).tolist() == [1, 0, 2]
    assert best_first(row, 9).tolist() == [1, 0, 2, 3]


def test_every_query_gets_its_best_texts_with_their_scores() -> None:
    run = rank_texts({"q": "x", "p": "y"}, {"a": "A", "b": "B"}, FixedScorer(0.25, 0.5), cut=1)
    assert run == {"q": {"b": 0.5}, "p": {"b": 0.5}}


def test_ids_with_the_same_text_share_a_place_and_a_score() -> None:
    corpus = {"a": "same", "b": "other", "c": "same", "d": "last"}
    run = rank_texts({"q": "x"}, corpus, FixedScorer(0.5, 0.25, 0.75), cut=2)
    assert run == {"q": {"d": 0.75, "a": 0.5, "c": 0.5}}


def test_more_queries_than_a_block_holds_are_all_ranked() -> None:
    queries = {str(number): "x" for number in range(300)}
    run = rank_texts(queries, {"a": "A"}, FixedScorer(0.5), cut=1)
    assert run == {str(number): {"a": 0.5} for number in range(300)}
