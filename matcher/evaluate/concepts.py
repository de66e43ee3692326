"""Rank the labels of a taxonomy with the help of the other labels of their concepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.protocol import Encoder, TextRole, Vectors
from matcher.evaluate.readers import LinkingSet
from matcher.evaluate.scorers import Score, Scores

#: How much the concept counts beside the label itself.
CONCEPT_SHARE: Final = 0.25
#: What a label loses for each better label of its concept: a list of synonyms is no choice.
REPEATED: Final = 0.05


class ConceptScorer:
    """Cosine with a label, and with the mean of all labels of its concept.

    One label of a concept may be odd; all of them together seldom are. The further labels of
    a concept step back, so that a list shows many concepts and not one by all its names.

    Parameters
    ----------
    encoder
        Encodes queries and labels in their roles.
    concepts
        Label to the concepts that it names.
    """

    def __init__(self, encoder: Encoder, concepts: Mapping[str, Sequence[str]]) -> None:
        self._encoder = encoder
        self._concepts = concepts

    @property
    def name(self) -> str:
        """The encoder's revision and the share of the concept."""
        share = CONCEPT_SHARE
        dense = f"{1 - share:g} dense {self._encoder.revision}"
        return f"{dense} + {share:g} mean of the concept - {REPEATED:g} repeated"

    def fit(self, corpus: Sequence[str]) -> Score:
        """Encode the labels, and take the mean of each concept."""
        labels = self._encoder.encode(corpus, TextRole.PASSAGE)
        pairs = [
            (row, concept)
            for row, label in enumerate(corpus)
            for concept in self._concepts.get(label, (label,))
        ]
        rows = np.array([row for row, _ in pairs])
        names, owners = np.unique([concept for _, concept in pairs], return_inverse=True)
        means = label_means(labels, rows, owners, len(names))
        # One column for each pair, so that a label of several concepts takes the best.
        starts = np.searchsorted(rows, np.arange(len(corpus)))

        def score(queries: Sequence[str]) -> Scores:
            asked = self._encoder.encode(queries, TextRole.QUERY)
            whole = np.maximum.reduceat((asked @ means.T)[:, owners], starts, axis=1)
            own = asked @ labels.T
            own += np.float32(CONCEPT_SHARE) * (whole - own)
            places = np.stack([_places(row[rows], owners) for row in own])
            own -= np.float32(REPEATED) * np.minimum.reduceat(places, starts, axis=1)
            return own

        return score


def concepts_of_labels(task: LinkingSet) -> dict[str, list[str]]:
    """Return the concepts that each label of a linking set names."""
    found: dict[str, list[str]] = {}
    for element, label in task.elements.items():
        named = found.setdefault(label, [])
        concept = task.concepts.get(element, element)
        if concept not in named:
            named.append(concept)
    return found


def _places(scores: Scores, owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count for each score how many better ones its owner has."""
    order = np.lexsort((-scores, owners))
    ranks = np.arange(len(order))
    begins = np.diff(owners[order], prepend=-1) > 0
    places = np.empty_like(ranks)
    places[order] = ranks - np.maximum.accumulate(np.where(begins, ranks, 0))
    return places


def label_means(
    vectors: Vectors, rows: NDArray[np.int64], owners: NDArray[np.int64], n: int
) -> Vectors:
    """Return the unit mean of each concept's labels.

    Parameters
    ----------
    vectors
        Of the labels, float32, shape (m, dimension).
    rows, owners
        Pairs of a label and a concept that it names.
    n
        How many concepts there are.

    Returns
    -------
    ndarray of float32, shape (n, dimension)
    """
    ones = np.ones(len(rows), np.float32)
    sums: Vectors = csr_matrix((ones, (owners, rows)), shape=(n, len(vectors))) @ vectors
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    sums /= np.where(lengths > 0, lengths, 1)
    return sums
