"""A person after a training, put together from what is encoded of both.

Nothing is encoded anew: phrases have their vectors already, n-grams stay within words, and
both add up. It comes out as the encoder makes it of the profile with what is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix, vstack

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.groups import KEPT, GroupHead, Groups
from matcher.encode.lexical import FEATURES, MAX_CHARACTERS, count_rows
from matcher.encode.protocol import Vectors
from matcher.encode.records import GROUP_WEIGHTS, POOL_WEIGHTS, mix
from matcher.encode.text import PhraseRole, RecordText
from matcher.match.sides import Person
from matcher.match.upskill.loops import keep_likeliest

#: What all outcomes of trainings are learnt as.
_LEARNT: Final = PhraseRole.COMPETENCE
#: Stands between the phrases of a text.
_BETWEEN: Final = " \n"


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the competences of records, each by its weight.

    Parameters
    ----------
    weights
        float32, shape (n,).
    phrases
        float32, shape (n, d): of their vectors.
    likely
        float32, shape (n, groups): of their occupations.
    """

    weights: Vectors
    phrases: Vectors
    likely: Vectors

    @classmethod
    def of(cls, batch: EncodedBatch, likely: Vectors) -> Sums:
        """Add up what records have learnt, all of whose phrases are competences."""
        columns, shape = np.arange(len(batch.phrases)), (len(batch), len(batch.phrases))
        by_record = csr_matrix((batch.weights, columns, batch.offsets), shape)
        return cls(
            np.asarray(by_record.sum(axis=1), np.float32).ravel(),
            np.asarray(by_record @ batch.phrases, np.float32),
            np.asarray(by_record @ likely, np.float32),
        )

    def without(self, dropped: Sequence[Rows], batch: EncodedBatch, likely: Vectors) -> Sums:
        """Return the sums without some phrases of each record."""
        weights, phrases, told = self.weights.copy(), self.phrases.copy(), self.likely.copy()
        for row, out in enumerate(dropped):
            if len(out):
                weighed = batch.weights[out]
                weights[row] -= weighed.sum()
                phrases[row] -= weighed @ batch.phrases[out]
                told[row] -= weighed @ likely[out]
        return Sums(weights, phrases, told)

    def take(self, rows: Rows) -> Sums:
        """Return the sums of some records."""
        return Sums(self.weights[rows], self.phrases[rows], self.likely[rows])


@dataclass(frozen=True, slots=True)
class Given:
    """What the trainings give, encoded; the same for everybody.

    Parameters
    ----------
    batch
        Encoded like profiles, one record a training.
    texts
        Its words.
    head
        Tells occupations; None if the encoder brings none.
    likely
        float32, shape (phrases, groups): occupations of each phrase; no columns without head.
    sums
        Of each training.
    counts
        csr_matrix of float32, shape (phrases, FEATURES): how often each n-gram occurs.
    """

    batch: EncodedBatch
    texts: tuple[RecordText, ...]
    head: GroupHead | None
    likely: Vectors
    sums: Sums
    counts: csr_matrix

    @classmethod
    def of(cls, batch: EncodedBatch, texts: Sequence[RecordText], head: GroupHead | None) -> Given:
        """Tell the occupations and n-grams of all phrases."""
        empty = np.zeros((len(batch.phrases), 0), np.float32)
        likely = empty if head is None else head.shares(batch.phrases)
        phrases = [phrase.text for text in texts for phrase in text.phrases]
        return cls(
            batch,
            tuple(texts),
            head,
            likely,
            Sums.of(batch, likely),
            _often(count_rows(phrases)),
        )


def whole(person: EncodedBatch, sums: Sums, head: GroupHead | None) -> tuple[Vectors, Groups]:
    """Return a person's pooled vector and occupations after each of some trainings.

    Parameters
    ----------
    person
        A batch of one.
    sums
        Of what each training adds.
    head
        Tells occupations.
    """
    learnt = person.roles == _LEARNT
    mine = person.weights[learnt]
    share = 1 / (sums.weights + mine.sum())[:, None]

    def joined(own: Vectors, added: Vectors, weights: dict[PhraseRole, float]) -> Vectors:
        factors = mix(person.offsets, person.roles, person.weights, weights).data
        others = np.where(learnt, 0, factors) @ own
        sides: Vectors = (others + weights[_LEARNT] * share * (mine @ own[learnt] + added)).astype(
            np.float32
        )
        return sides

    pooled = joined(person.phrases, sums.phrases, POOL_WEIGHTS)
    pooled /= np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), np.float32(1e-12))
    if head is None:
        return pooled, Groups.unknown(len(pooled))
    shares = joined(head.shares(person.phrases), sums.likely, GROUP_WEIGHTS)
    return pooled, _likeliest(shares + head.shares(pooled))


def all_read(person: Person, given: Given) -> bool:
    """Tell whether the n-grams of all words are counted, whatever training is added."""
    most = max((len(text.full) for text in given.texts), default=0)
    return len(person.words.full) + len(_BETWEEN) + most <= MAX_CHARACTERS


def join(person: Person, given: Given, numbers: Sequence[int]) -> EncodedBatch:
    """Encode a person after each of some trainings.

    Parameters
    ----------
    person
        As now; `all_read` says that they can be joined.
    given
        What all trainings give, in words of the person's language.
    numbers
        Of those trainings.

    Returns
    -------
    EncodedBatch
        Record i is the person after training ``numbers[i]``.
    """
    now, batch, of = person.encoded, given.batch, np.array(numbers, np.int64)
    known = {(phrase.role, phrase.text.casefold()) for phrase in person.words.phrases}
    rows = [np.arange(batch.offsets[n], batch.offsets[n + 1]) for n in numbers]
    new = [
        np.array([(one.role, one.text.casefold()) not in known for one in text.phrases], np.bool_)
        for text in (given.texts[n] for n in numbers)
    ]
    added = [each[fresh] for each, fresh in zip(rows, new, strict=True)]
    dropped = [each[~fresh] for each, fresh in zip(rows, new, strict=True)]
    sums = given.sums.take(of).without(dropped, batch, given.likely)
    pooled, groups = whole(now, sums, given.head)
    own, every = len(now.phrases), np.concatenate([np.zeros(0, np.int64), *added])
    lengths = np.array([own + len(each) for each in added], np.int64)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    # Which of "first the person's phrases, then what is added" stands where.
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    shift = np.repeat(offsets[:-1] - own * np.arange(len(added)), lengths)
    picked = np.where(within < own, within, within + shift)
    return EncodedBatch(
        now.ids * len(added),
        now.hashes * len(added),
        pooled,
        np.concatenate([now.phrases, batch.phrases[every]])[picked],
        offsets,
        np.concatenate([now.roles, batch.roles[every]])[picked],
        np.concatenate([now.weights, batch.weights[every]])[picked],
        _grams(person, given, added),
        groups,
        np.repeat(now.openness, len(added)),
    )


def _grams(person: Person, given: Given, added: Sequence[Rows]) -> csr_matrix:
    """Count the n-grams of a person's words with those of what is added."""
    said = {phrase.text for phrase in person.words.phrases}
    phrases = [phrase.text for text in given.texts for phrase in text.phrases]
    heard = [[row for row in rows.tolist() if phrases[row] not in said] for rows in added]
    every = np.array([row for rows in heard for row in rows], np.int64)
    counts = vstack([_often(person.encoded.lexical), given.counts[every]], format="csr")
    ends = np.cumsum([1 + len(rows) for rows in heard])
    picked = np.zeros(int(ends[-1]), np.int64)
    picked[np.delete(np.arange(len(picked)), np.append(0, ends[:-1]))] = 1 + np.arange(len(every))
    ones = np.ones(len(picked), np.float32)
    summed = csr_matrix((ones, picked, np.append(0, ends)), (len(heard), counts.shape[0])) @ counts
    data = (1 + np.log(summed.data)).astype(np.float32)
    return csr_matrix((data, summed.indices, summed.indptr), (len(heard), FEATURES))


def _often(counted: csr_matrix) -> csr_matrix:
    """Return how often n-grams occur, of which the logarithm is told."""
    often = np.round(np.exp(counted.data - 1)).astype(np.float32)
    return csr_matrix((often, counted.indices, counted.indptr), counted.shape)


def _likeliest(shares: Vectors) -> Groups:
    """Keep the likeliest groups, as `Groups.likeliest` does, without ordering all of them."""
    ids, found = np.zeros((len(shares), KEPT), np.uint16), np.zeros((len(shares), KEPT), np.float32)
    keep_likeliest(shares, ids, found)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-12))
    return Groups(ids, found)
