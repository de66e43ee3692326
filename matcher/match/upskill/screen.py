"""The scores of every offer after every training, for one person, all at once.

Title and coverage come out as the re-ranker would see them, since late interaction takes
for each phrase the better of two answers; so does what the offer takes up, a mean over the
phrases of both; and so do the dense likeness and the occupations, whose vectors are made by
the encoder's own rules. The lexical overlap is nearly so: n-grams that person and training
share count as the sum of both, where the encoder dampens the sum of their counts. A phrase
that both have word for word counts twice, where a profile says it once. What a feature
beyond these would say is held at what it says without the training.
So these scores choose, and the re-ranker itself judges what was chosen
(`matcher.match.upskill.exact`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import fixed
from matcher.encode.groups import Groups
from matcher.encode.protocol import Vectors
from matcher.index.blend import add_groups
from matcher.match.features import Feature, interact_pairs
from matcher.match.interaction import pairs_of
from matcher.match.sides import Explainer
from matcher.match.upskill.coverage import (
    Coverage,
    said,
    squares_of,
    weighed,
)
from matcher.match.upskill.joined import Given, whole
from matcher.match.upskill.loops import Where, add_coverage, score_after


@dataclass(frozen=True, slots=True)
class Taught:
    """One person after each training, as records are compared.

    Parameters
    ----------
    pooled
        float32, shape (trainings, d): unit rows.
    groups
        Likely occupations.
    own
        csr_matrix of float32, shape (1, FEATURES): the person's n-grams, weighed by idf.
    length
        Of that row.
    lengths
        float32, shape (trainings,): its length with the training's n-grams added.
    said
        What the person's phrases count all together.
    told
        float32, shape (trainings,): what each training's phrases count.
    """

    pooled: Vectors
    groups: Groups
    own: csr_matrix
    length: float
    lengths: Vectors
    said: float
    told: Vectors

    @classmethod
    def of(cls, person: EncodedBatch, given: Given, coverage: Coverage) -> Taught:
        """Add what each training of a coverage gives to a person (a batch of one)."""
        own = weighed(person.lexical, coverage.corpus.lexical)
        spread = np.zeros(own.shape[1], np.float32)
        spread[own.indices] = own.data
        shared: Vectors = coverage.grams @ spread
        square = squares_of(own)[0]
        pooled, groups = whole(person, given.sums, given.head)
        told = np.add.reduceat(said(given.batch), given.batch.offsets[:-1])
        return cls(
            pooled,
            groups,
            own,
            float(np.sqrt(square)),
            np.sqrt(square + coverage.squares + 2 * shared),
            float(said(person).sum()),
            told,
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """Scores of one person.

    Parameters
    ----------
    before
        float32, shape (n,): of each offer without a training, as the re-ranker scores.
    after
        float32, shape (trainings, n): after each training.
    """

    before: Vectors
    after: Vectors


def screen(
    person: EncodedBatch,
    taught: Taught,
    coverage: Coverage,
    columns: Rows,
    by: Explainer,
    *,
    floor: float,
) -> Screen:
    """Score some offers of a coverage, before and after every training.

    Parameters
    ----------
    person
        A batch of one.
    taught
        The same person after the trainings of the coverage.
    coverage
        Of one kind of offer.
    columns
        int64, shape (n,): which of its offers.
    by
        Tells the scale of the encoder and the ranker.
    floor
        Scores below it need not be exact: they may be told too low.
    """
    offers, likeness, ranker = coverage.offers, by.likeness, by.ranker
    shared = coverage.corpus.lexical_products(taught.own)[0, coverage.rows[columns]]
    pairs = pairs_of(np.zeros(len(columns), np.int64), columns)
    lexical = shared / np.float32(max(taught.length, 1e-9))
    held = interact_pairs(person, offers, pairs, lexical, likeness)
    after = np.zeros((len(taught.pooled), len(columns)), np.float32)
    alike = np.zeros((len(taught.pooled), len(offers)), np.float32)
    asking = fixed(taught.groups.ids), fixed(taught.groups.shares)
    add_groups(alike, asking, coverage.listed, np.float32(1))
    score_after(
        (fixed(columns), held.table, shared),
        (
            taught.pooled @ offers.pooled[columns].T,
            alike,
            taught.lengths,
            taught.told,
        ),
        coverage.compiled(),
        (
            fixed(ranker.weights),
            np.float32(likeness.noise),
            np.float32(1 - likeness.noise),
            np.float32(taught.said),
        ),
        after,
    )
    weight = np.float32(ranker.weight(Feature.COVERAGE))
    where = _where(offers, columns)
    add_coverage(coverage.runs(), where, held.best, (weight, np.float32(floor)), after)
    return Screen(ranker.score(held.table), after)


def _where(offers: EncodedBatch, columns: Rows) -> Where:
    places = np.full(len(offers), -1, np.int64)
    places[columns] = np.arange(len(columns))
    lengths = np.diff(offers.offsets)[columns]
    shift = np.zeros(len(offers), np.int64)
    shift[columns] = np.cumsum(lengths) - lengths - offers.offsets[columns]
    return places, shift
