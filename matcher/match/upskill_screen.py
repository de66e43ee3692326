"""The scores of every offer after every training, for one person, all at once.

Title and coverage come out as the re-ranker would see them, since late interaction takes
for each phrase the better of two answers; so does the dense likeness, whose pooled vector
is made by the encoder's own rule. The lexical overlap is nearly so: n-grams that person
and training share count as the sum of both, where the encoder dampens the sum of their
counts. A phrase that both have word for word counts twice, where a profile says it once.
What a feature beyond these four would say is held at what it says without the training.
So these scores choose, and the re-ranker itself judges what was chosen
(`matcher.match.upskill_exact`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.encode.records import pool
from matcher.match.features import Feature, interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import score
from matcher.match.upskill_coverage import Coverage, squares_of, weighed

#: So many trainings are scored at once: their tables stay in the processor's cache.
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Taught:
    """One person after each training, as records are compared.

    Parameters
    ----------
    pooled
        float32, shape (trainings, d): unit rows.
    own
        csr_matrix of float32, shape (1, FEATURES): the person's n-grams, weighed by idf.
    length
        Of that row.
    lengths
        float32, shape (trainings,): its length with the training's n-grams added.
    """

    pooled: Vectors
    own: csr_matrix
    length: float
    lengths: Vectors

    @classmethod
    def of(cls, person: EncodedBatch, gifts: EncodedBatch, model: LexicalModel) -> Taught:
        """Add each of the gifts to a person (a batch of one)."""
        own, given = weighed(person.lexical, model), weighed(gifts.lexical, model)
        shared = np.asarray((given @ own.T).toarray(), np.float32).ravel()
        square = squares_of(own)[0]
        lengths = np.sqrt(square + squares_of(given) + 2 * shared)
        return cls(_pooled(person, gifts), own, float(np.sqrt(square)), lengths)


@dataclass(frozen=True, slots=True)
class Screen:
    """Scores of one person.

    Parameters
    ----------
    before
        float32, shape (offers,): without a training, as the re-ranker scores.
    after
        float32, shape (trainings, offers): after each training.
    """

    before: Vectors
    after: Vectors


def screen(person: EncodedBatch, taught: Taught, coverage: Coverage, likeness: Likeness) -> Screen:
    """Score all offers of a coverage, before and after every training.

    Parameters
    ----------
    person
        A batch of one.
    taught
        The same person after the trainings of the coverage.
    coverage
        Of one kind of offer.
    likeness
        Scale of the encoder.
    """
    shared = coverage.corpus.lexical_products(taught.own)[0, coverage.rows]
    held = interact(person, coverage.offers, shared / max(taught.length, 1e-9), likeness)
    asked = coverage.asked
    rise = np.maximum(asked.alike - held.best[asked.phrase], 0) * coverage.share[asked.phrase]
    covered = asked.folded(rise, np.add, coverage.titled.shape)
    after = np.empty_like(coverage.titled)
    for start in range(0, len(after), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        table = np.repeat(held.table[None], len(after[part]), axis=0)
        cosines = taught.pooled[part] @ coverage.offers.pooled.T
        table[:, :, Feature.DENSE] = likeness.of_records(cosines)
        overlap = (coverage.overlap[part] + shared) / taught.lengths[part, None]
        table[:, :, Feature.LEXICAL] = np.clip(overlap, 0, 1)
        titled = table[:, :, Feature.TITLE]
        np.maximum(titled, coverage.titled[part], out=titled)
        table[:, :, Feature.COVERAGE] += covered[part]
        after[part] = score(table.reshape(-1, table.shape[2])).reshape(table.shape[:2])
    return Screen(score(held.table), after)


def _pooled(person: EncodedBatch, gifts: EncodedBatch) -> Vectors:
    """Return the person's pooled vector after each training: float32, shape (trainings, d)."""
    lengths = np.diff(gifts.offsets)
    own = len(person.phrases)
    offsets = np.concatenate([[0], np.cumsum(lengths + own)]).astype(np.int64)
    # Which of "first the person's phrases, then those of all trainings" stands where.
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths + own)
    shift = np.repeat(gifts.offsets[:-1], lengths + own)
    picked = np.where(within < own, within, within + shift)
    return pool(
        np.concatenate([person.phrases, gifts.phrases])[picked],
        offsets,
        np.concatenate([person.roles, gifts.roles])[picked],
        np.concatenate([person.weights, gifts.weights])[picked],
    )
