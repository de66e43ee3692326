"""Score advertisements, which are long, for statements, which are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from matcher.domain.text import Lang
from matcher.encode.bm25 import Bm25Model, count_stems
from matcher.encode.protocol import Encoder, TextRole
from matcher.evaluate.scorers import FusionScorer, LexicalScorer, Score, Scores

WINDOW_WORDS: Final = 10
_CLAUSE = re.compile(r"(?<=[.!?:;])\s+|,\s+|\n+|\s+(?:and|ja|sekä|och|samt)\s+")
_WORDS = re.compile(r"\w{3}")


class Bm25Scorer:
    """BM25 over stemmed words and pairs of words.

    Parameters
    ----------
    lang
        Language of the texts.
    """

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    @property
    def name(self) -> str:
        """The method and the language of its stems."""
        return f"bm25 {self._lang} stems 1-2"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Fit the idf on the corpus."""
        counted = count_stems(corpus, self._lang)
        passages = Bm25Model.fit(counted).weigh(counted).T.tocsr()

        def score(queries: Sequence[str]) -> Scores:
            asked = count_stems(queries, self._lang)
            asked.data[:] = 1
            scores: Scores = (asked @ passages).toarray()
            return scores

        return score


class LateScorer:
    """Mean over the clauses of a query, each by its best window of a text.

    A long text drowns in its own vector, and so does a query that tells several things. A
    clause weighs the logarithm of its words. Windows overlap by half.

    Parameters
    ----------
    encoder
        Encodes clauses and windows in their roles.

    References
    ----------
    Khattab, O. and Zaharia, M. (2020). ColBERT: Efficient and Effective Passage Search via
    Contextualized Late Interaction over BERT. SIGIR 2020.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """The encoder's revision and the length of a window."""
        return f"late {self._encoder.revision} windows of {WINDOW_WORDS} words"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Encode the windows of the corpus."""
        cut = [windows(text) for text in corpus]
        starts = _starts(cut)
        passages = self._encoder.encode([each for one in cut for each in one], TextRole.PASSAGE)

        def score(queries: Sequence[str]) -> Scores:
            told = [clauses(query) for query in queries]
            flat = [clause for one in told for clause in one]
            cosines = self._encoder.encode(flat, TextRole.QUERY) @ passages.T
            best = np.maximum.reduceat(cosines, starts, axis=1)
            weights = np.log1p([[len(clause.split())] for clause in flat]).astype(np.float32)
            begin = _starts(told)
            total = np.add.reduceat(best * weights, begin)
            total /= np.add.reduceat(weights, begin)
            return total

        return score


class TitleScorer:
    """Cosine of the encoder's vectors with the first line of a text: the title of an ad.

    Parameters
    ----------
    encoder
        Encodes queries and titles in their roles.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """The encoder's revision."""
        return f"title {self._encoder.revision}"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Encode the first lines."""
        titles = [text.strip().partition("\n")[0] for text in corpus]
        passages = self._encoder.encode(titles, TextRole.PASSAGE)

        def score(queries: Sequence[str]) -> Scores:
            return self._encoder.encode(queries, TextRole.QUERY) @ passages.T

        return score


def statement_fusion(encoder: Encoder, lang: Lang) -> FusionScorer:
    """Return the fusion for statements against ads: four signals of equal weight.

    Words, characters, meaning clause by clause, and meaning of the title err in different
    places; there is nothing to tune among them.
    """
    parts = (Bm25Scorer(lang), LexicalScorer(), LateScorer(encoder), TitleScorer(encoder))
    return FusionScorer([(part, 1.0) for part in parts])


def clauses(text: str) -> list[str]:
    """Return the parts of a text between stops, commas and *and*; one of no word is dropped."""
    return [part for part in _CLAUSE.split(text) if _WORDS.search(part)] or [text]


def windows(text: str) -> list[str]:
    """Return the runs of `WINDOW_WORDS` words of a text, each half over the one before."""
    words, step = text.split(), WINDOW_WORDS // 2
    starts = range(0, max(1, len(words) - step), step)
    return [" ".join(words[start : start + WINDOW_WORDS]) for start in starts]


def _starts(groups: Sequence[Sequence[str]]) -> list[int]:
    sizes = [len(group) for group in groups]
    return [0, *np.cumsum(sizes)[:-1].tolist()]
