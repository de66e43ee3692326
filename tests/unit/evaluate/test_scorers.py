"""What each scorer scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from matcher.encode.protocol import Encoder
from matcher.evaluate.scorers import (
    CharacterTfidfScorer,
    DenseScorer,
    FusionScorer,
    LexicalScorer,
    Method,
    Scores,
    choose_scorer,
    z_scores,
)
from tests.fakes import FakeEncoder

CORPUS = ["sairaanhoitaja", "hitsaaja", "sjuksköterska"]


class FixedScorer:
    """Gives every query the same scores."""

    name = "fixed"

    def __init__(self, *scores: float) -> None:
        self._scores = scores

    def fit(self, corpus: Sequence[str]) -> Callable[[Sequence[str]], Scores]:
        return lambda queries: np.array([self._scores] * len(queries), np.float32)


def no_encoder() -> Encoder:
    raise AssertionError("the encoder was loaded")


def test_dense_scores_are_the_cosines_of_the_encoder() -> None:
    encoder = FakeEncoder()
    scores = DenseScorer(encoder).fit(CORPUS)(["hitsaaja", "hoitaja"])
    expected = encoder.encode(["hitsaaja", "hoitaja"]) @ encoder.encode(CORPUS).T
    np.testing.assert_allclose(scores, expected)
    assert scores[0, 1] == pytest.approx(1)


@pytest.mark.parametrize("scorer", [CharacterTfidfScorer(), LexicalScorer()])
def test_lexical_scores_are_one_for_the_same_text_whatever_its_case(
    scorer: CharacterTfidfScorer | LexicalScorer,
) -> None:
    scores = scorer.fit(CORPUS)(["HITSAAJA", "Sairaanhoitajat"])
    assert scores[0, 1] == pytest.approx(1, abs=1e-6)
    assert scores.argmax(axis=1).tolist() == [1, 0]


def test_single_characters_count_in_the_papers_baseline_only() -> None:
    query = ["k"]
    assert CharacterTfidfScorer().fit(CORPUS)(query)[0, 2] > 0
    assert LexicalScorer().fit(CORPUS)(query).tolist() == [[0, 0, 0]]


def test_z_scores_have_mean_zero_and_deviation_one() -> None:
    row = z_scores(np.array([[1, 2, 3]], np.float32))
    np.testing.assert_allclose(row, [[-np.sqrt(1.5), 0, np.sqrt(1.5)]], rtol=1e-6)


def test_z_scores_of_a_constant_row_are_zero() -> None:
    assert z_scores(np.full((1, 3), 7, np.float32)).tolist() == [[0, 0, 0]]


def test_fusion_adds_weighted_z_scores() -> None:
    fusion = FusionScorer([(FixedScorer(1, 2, 3), 1.0), (FixedScorer(30, 20, 10), 0.5)])
    expected = 0.5 * z_scores(np.array([[1, 2, 3]], np.float32))
    np.testing.assert_allclose(fusion.fit(CORPUS)(["q"]), expected, rtol=1e-6)
    assert fusion.name == "1 fixed + 0.5 fixed"


def test_tfidf_needs_no_encoder() -> None:
    baseline = CharacterTfidfScorer()
    assert choose_scorer(Method.TFIDF, baseline, DenseScorer, no_encoder) is baseline


def test_the_method_decides_the_scorer() -> None:
    encoder = FakeEncoder()

    def fusion(encoder: Encoder) -> FusionScorer:
        return FusionScorer([(DenseScorer(encoder), 1.0), (LexicalScorer(), 2.0)])

    def chosen(method: Method) -> str:
        return choose_scorer(method, LexicalScorer(), fusion, lambda: encoder).name

    assert {method: chosen(method) for method in Method} == {
        Method.DENSE: "dense fake-32-0",
        Method.TFIDF: "tfidf char_wb 3-5",
        Method.FUSION: "1 dense fake-32-0 + 2 tfidf char_wb 3-5",
    }
