"""Ways to score every corpus text for every query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.encode.lexical import LexicalModel, count_rows
from matcher.encode.protocol import Encoder, TextRole

Scores = NDArray[np.float32]
Score = Callable[[Sequence[str]], Scores]


class Method(StrEnum):
    """How an evaluation ranks."""

    DENSE = "dense"
    TFIDF = "tfidf"
    FUSION = "fusion"


class Scorer(Protocol):
    """Reads a corpus once, then scores queries against all of it.

    Attributes
    ----------
    name
        Says in a report what ranked.
    """

    @property
    def name(self) -> str:
        """What ranked, with the revision of any model."""
        ...

    def fit(self, corpus: Sequence[str]) -> Score:
        """Read the corpus.

        Parameters
        ----------
        corpus
            The texts to be searched, at least one.

        Returns
        -------
        callable
            From n queries to float32 scores of shape (n, len(corpus)); higher is better.
        """
        ...


class DenseScorer:
    """Cosine of the encoder's vectors.

    Parameters
    ----------
    encoder
        Encodes queries and corpus in their roles.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """The encoder's revision."""
        return f"dense {self._encoder.revision}"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Encode the corpus."""
        passages = self._encoder.encode(corpus, TextRole.PASSAGE)

        def score(queries: Sequence[str]) -> Scores:
            return self._encoder.encode(queries, TextRole.QUERY) @ passages.T

        return score


class CharacterTfidfScorer:
    """TF-IDF over characters 1–3, across word borders and folded: MELO's lexical baseline.

    References
    ----------
    Retyk et al. (2024), "MELO: An Evaluation Benchmark for Multilingual Entity Linking of
    Occupations".
    """

    @property
    def name(self) -> str:
        """The method and its n-grams."""
        return "tfidf char 1-3"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Fit the vocabulary and its idf on the corpus."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), dtype=np.float32)
        passages = vectorizer.fit_transform(corpus).T.tocsr()

        def score(queries: Sequence[str]) -> Scores:
            scores: Scores = (vectorizer.transform(queries) @ passages).toarray()
            return scores

        return score


class LexicalScorer:
    """The service's own lexical overlap: characters 3–5 within words, sublinear, with idf."""

    @property
    def name(self) -> str:
        """The method and its n-grams."""
        return "tfidf char_wb 3-5"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Fit the idf on the corpus."""
        counted = count_rows(corpus)
        model = LexicalModel.fit(counted)
        passages = model.weigh(counted).T.tocsr()

        def score(queries: Sequence[str]) -> Scores:
            scores: Scores = (model.weigh(count_rows(queries)) @ passages).toarray()
            return scores

        return score


class FusionScorer:
    """Sum of the z-scores of several scorers, each over the whole corpus of a query.

    Parameters
    ----------
    parts
        Scorer and its weight.

    References
    ----------
    Lee (1997), "Analyses of multiple evidence combination"; Montague and Aslam (2001),
    "Relevance score normalization for metasearch".
    """

    def __init__(self, parts: Sequence[tuple[Scorer, float]]) -> None:
        self._parts = parts

    @property
    def name(self) -> str:
        """The parts with their weights."""
        return " + ".join(f"{weight:g} {part.name}" for part, weight in self._parts)

    def fit(self, corpus: Sequence[str]) -> Score:
        """Fit every part."""
        fitted = [(part.fit(corpus), np.float32(weight)) for part, weight in self._parts]

        def score(queries: Sequence[str]) -> Scores:
            total = np.zeros((len(queries), len(corpus)), np.float32)
            for each, weight in fitted:
                total += weight * z_scores(each(queries))
            return total

        return score


def wording_fusion(encoder: Encoder) -> FusionScorer:
    """Return meaning and wording in equal parts, for texts and labels of one language."""
    return FusionScorer([(DenseScorer(encoder), 1.0), (LexicalScorer(), 1.0)])


def choose_scorer(
    method: Method,
    tfidf: Scorer,
    fusion: Callable[[Encoder], Scorer],
    encoder: Callable[[], Encoder],
) -> Scorer:
    """Return the scorer of a method.

    Parameters
    ----------
    method
        How to rank.
    tfidf
        The task's lexical baseline.
    fusion
        Makes the task's fusion of an encoder.
    encoder
        Loads the encoder; not called where none is needed.
    """
    match method:
        case Method.TFIDF:
            return tfidf
        case Method.DENSE:
            return DenseScorer(encoder())
        case Method.FUSION:
            return fusion(encoder())


def z_scores(scores: Scores) -> Scores:
    """Shift and scale each row to mean 0 and deviation 1; a constant row becomes 0.

    Parameters
    ----------
    scores
        Shape (n, m).

    Returns
    -------
    ndarray of float32, shape (n, m)
    """
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    result: Scores = centred / np.where(spread > 0, spread, 1).astype(np.float32)
    return result
