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

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import GroupHead, Groups
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.encode.records import GROUP_WEIGHTS, mix, pool
from matcher.match.features import Feature, interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.upskill.coverage import (
    Coverage,
    said,
    spread_groups,
    squares_of,
    weighed,
)

#: So many trainings are scored at once: their tables stay in the processor's cache.
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Given:
    """What the trainings give, encoded; the same for everybody.

    Parameters
    ----------
    batch
        Encoded like profiles, one record a training.
    head
        Tells occupations; None if the encoder brings none.
    likely
        float32, shape (phrases, groups): occupations of each phrase; no columns without head.
    """

    batch: EncodedBatch
    head: GroupHead | None
    likely: Vectors

    @classmethod
    def of(cls, batch: EncodedBatch, head: GroupHead | None) -> Given:
        """Tell the occupations of all phrases."""
        empty = np.zeros((len(batch.phrases), 0), np.float32)
        return cls(batch, head, empty if head is None else head.shares(batch.phrases))


@dataclass(frozen=True, slots=True)
class Taught:
    """One person after each training, as records are compared.

    Parameters
    ----------
    pooled
        float32, shape (trainings, d): unit rows.
    groups
        csr_matrix of float32, shape (trainings, MAX_GROUPS): likely occupations.
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
    groups: csr_matrix
    own: csr_matrix
    length: float
    lengths: Vectors
    said: float
    told: Vectors

    @classmethod
    def of(cls, person: EncodedBatch, given: Given, model: LexicalModel) -> Taught:
        """Add what each training gives to a person (a batch of one)."""
        own, others = weighed(person.lexical, model), weighed(given.batch.lexical, model)
        shared = np.asarray((others @ own.T).toarray(), np.float32).ravel()
        square = squares_of(own)[0]
        pooled, groups = _joined(person, given)
        told = np.add.reduceat(said(given.batch), given.batch.offsets[:-1])
        return cls(
            pooled,
            spread_groups(groups),
            own,
            float(np.sqrt(square)),
            np.sqrt(square + squares_of(others) + 2 * shared),
            float(said(person).sum()),
            told,
        )


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


def screen(
    person: EncodedBatch, taught: Taught, coverage: Coverage, likeness: Likeness, ranker: Ranker
) -> Screen:
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
    ranker
        Weighs the features.
    """
    shared = coverage.corpus.lexical_products(taught.own)[0, coverage.rows]
    held = interact(person, coverage.offers, shared / max(taught.length, 1e-9), likeness)
    asked = coverage.asked
    rise = np.maximum(asked.alike - held.best[asked.phrase], 0) * coverage.share[asked.phrase]
    covered = asked.folded(rise, np.add, coverage.titled.shape)
    lines = np.asarray((coverage.groups @ taught.groups.T).toarray(), np.float32).T
    own_taken = held.table[:, Feature.TAKEN_UP] * taught.said
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
        taken, told = coverage.taken[part] + own_taken, taught.told[part] + taught.said
        table[:, :, Feature.TAKEN_UP] = taken / told[:, None]
        table[:, :, Feature.OCCUPATION] = np.clip(lines[part], 0, 1)
        open_to = coverage.offers.openness
        table[:, :, Feature.WITHIN_REACH] = table[:, :, Feature.TAKEN_UP] * open_to
        after[part] = ranker.score(table.reshape(-1, table.shape[2])).reshape(table.shape[:2])
    return Screen(ranker.score(held.table), after)


def _joined(person: EncodedBatch, given: Given) -> tuple[Vectors, Groups]:
    """Return the person's pooled vector and occupations after each training."""
    gifts = given.batch
    lengths = np.diff(gifts.offsets)
    own = len(person.phrases)
    offsets = np.concatenate([[0], np.cumsum(lengths + own)]).astype(np.int64)
    # Which of "first the person's phrases, then those of all trainings" stands where.
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths + own)
    shift = np.repeat(gifts.offsets[:-1], lengths + own)
    picked = np.where(within < own, within, within + shift)
    roles = np.concatenate([person.roles, gifts.roles])[picked]
    weights = np.concatenate([person.weights, gifts.weights])[picked]
    phrases = np.concatenate([person.phrases, gifts.phrases])
    pooled = pool(phrases[picked], offsets, roles, weights)
    if given.head is None:
        return pooled, Groups.unknown(len(gifts))
    mixed = mix(offsets, roles, weights, GROUP_WEIGHTS)
    mixed = csr_matrix(
        (mixed.data, picked[mixed.indices], mixed.indptr), (len(gifts), len(phrases))
    )
    likely = np.concatenate([given.head.shares(person.phrases), given.likely])
    shares = given.head.shares(pooled) + np.asarray(mixed @ likely, np.float32)
    return pooled, Groups.likeliest(shares.astype(np.float32))
