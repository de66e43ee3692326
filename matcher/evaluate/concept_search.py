"""Find the concepts of a taxonomy for texts, each concept by all of its labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matcher.encode.protocol import Encoder, TextRole
from matcher.evaluate.concepts import CONCEPT_SHARE, label_means
from matcher.evaluate.esco import Label
from matcher.evaluate.ranking import best_first
from matcher.evaluate.scorers import DenseScorer, LexicalScorer, Method, Score, Scorer, Scores
from matcher.taxonomy.words import plain

#: So many concepts of each text enter a run.
KEPT: Final = 100
_BLOCK: Final = 64


@dataclass(frozen=True, slots=True)
class Finder:
    """A way to score concepts.

    Parameters
    ----------
    name
        Says in a report what ranked.
    score
        From n texts to float32 scores of shape (n, number of concepts).
    """

    name: str
    score: Score


class ConceptSearch:
    """The concepts that are searched.

    Parameters
    ----------
    labels
        All their labels, at least one; what a label says in parentheses to tell it from
        others is left out.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        ordered = sorted(labels, key=lambda label: label.uri)
        owners = [label.uri for label in ordered]
        self._texts = [plain(label.text) for label in ordered]
        self.uris: list[str] = list(dict.fromkeys(owners))
        self._owners = np.unique(owners, return_inverse=True)[1]
        self._starts = np.searchsorted(self._owners, np.arange(len(self.uris)))

    def by_label(self, scorer: Scorer) -> Finder:
        """Return the finder of concepts by the best of their labels."""
        score = scorer.fit(self._texts)
        return Finder(
            scorer.name, lambda texts: np.maximum.reduceat(score(texts), self._starts, axis=1)
        )

    def by_concept(self, encoder: Encoder) -> Finder:
        """Return the finder of concepts by the best of their labels and the mean of all."""
        labels = encoder.encode(self._texts, TextRole.PASSAGE)
        rows = np.arange(len(self._texts))
        means = label_means(labels, rows, self._owners, len(self.uris))

        def score(texts: Sequence[str]) -> Scores:
            asked = encoder.encode(texts, TextRole.QUERY)
            best: Scores = np.maximum.reduceat(asked @ labels.T, self._starts, axis=1)
            best += np.float32(CONCEPT_SHARE) * (asked @ means.T - best)
            return best

        share = CONCEPT_SHARE
        dense = f"{1 - share:g} dense {encoder.revision}"
        return Finder(f"{dense} + {share:g} mean of the concept", score)

    def rank(self, texts: Mapping[str, str], finder: Finder) -> dict[str, dict[str, float]]:
        """Return the run of the `KEPT` best concepts of each text."""
        run: dict[str, dict[str, float]] = {}
        names = list(texts)
        for start in range(0, len(names), _BLOCK):
            block = names[start : start + _BLOCK]
            scores = finder.score([texts[name] for name in block])
            for name, row in zip(block, scores, strict=True):
                best = best_first(row, KEPT).tolist()
                run[name] = {self.uris[at]: float(row[at]) for at in best}
        return run


def choose_finder(
    search: ConceptSearch,
    method: Method,
    fusion: Callable[[ConceptSearch, Encoder], Finder],
    encoder: Callable[[], Encoder],
) -> Finder:
    """Return the finder of a method.

    Parameters
    ----------
    search
        What is searched.
    method
        How to rank; all but the fusion read texts as they are.
    fusion
        Makes the task's own finder.
    encoder
        Loads the encoder; not called where none is needed.
    """
    match method:
        case Method.TFIDF:
            return search.by_label(LexicalScorer())
        case Method.DENSE:
            return search.by_label(DenseScorer(encoder()))
        case Method.FUSION:
            return fusion(search, encoder())
