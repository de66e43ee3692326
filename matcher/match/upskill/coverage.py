"""How well each training answers each phrase of each offer; nothing of it is about a person.

It is computed once for a state of the index. For a person only the larger of two numbers
remains to be taken for each phrase: how well the person answers it, and how well the
training does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.compiled import fixed
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.index.blend import ByGroup, by_group
from matcher.index.corpus import Corpus
from matcher.match.features import ASKED, CAN, SAID
from matcher.match.likeness import Likeness
from matcher.match.upskill.loops import Covers, Runs


@dataclass(frozen=True, slots=True)
class Answers:
    """The likenesses above 0 of trainings and phrases of one sort, as runs.

    A run is what one training answers of one offer; runs are ordered by training.

    Parameters
    ----------
    phrase, alike
        int32 and float32, shape (entries,): which phrase of the offers, and how well it is
        answered by the training's best outcome, times how far that is believed.
    starts
        int64, shape (runs,): first entry of each run.
    training, offer
        int32, shape (runs,): whose run it is.
    """

    phrase: NDArray[np.int32]
    alike: Vectors
    starts: Rows
    training: NDArray[np.int32]
    offer: NDArray[np.int32]

    def folded(self, values: Vectors, fold: np.ufunc, shape: tuple[int, int]) -> Vectors:
        """Fold the values of each run into one.

        Parameters
        ----------
        values
            float32, shape (entries,).
        fold
            As `numpy.add` or `numpy.maximum`.
        shape
            Trainings and offers.

        Returns
        -------
        ndarray of float32, of that shape
            0 where a training answers nothing of an offer.
        """
        table = np.zeros(shape, np.float32)
        if len(self.starts):
            table[self.training, self.offer] = fold.reduceat(values, self.starts)
        return table


@dataclass(frozen=True, slots=True)
class Coverage:
    """Trainings held against offers of one kind.

    Parameters
    ----------
    corpus, rows
        Where the offers stand; offer o is row ``rows[o]``.
    offers
        The same offers, without their n-grams.
    share
        float32, shape (phrases,): what each phrase counts in the coverage of its offer.
    asked
        What the trainings answer of what the offers ask for.
    titled
        float32, shape (trainings, offers): how well each training answers the title of the
        offer that it answers best.
    taken
        float32, shape (trainings, offers): how much of what each training teaches an offer
        takes up, as a sum over outcomes.
    overlap
        float32, shape (trainings, offers): n-grams that training and offer share, weighed
        by idf; the offer's are scaled to unit length, the training's are not.
    grams, squares
        csr_matrix of float32, shape (trainings, FEATURES), and float32, shape (trainings,):
        the trainings' n-grams weighed by idf, and the squares of their lengths.
    listed
        The offers by group of occupations.
    """

    corpus: Corpus
    rows: Rows
    offers: EncodedBatch
    share: Vectors
    asked: Answers
    titled: Vectors
    taken: Vectors
    overlap: Vectors
    grams: csr_matrix
    squares: Vectors
    listed: ByGroup

    @classmethod
    def of(cls, gifts: EncodedBatch, corpus: Corpus, rows: Rows, likeness: Likeness) -> Coverage:
        """Hold every training against every offer.

        Parameters
        ----------
        gifts
            What the trainings give, encoded like profiles; row t is training t.
        corpus, rows
            Which offers.
        likeness
            Scale of the encoder.
        """
        offers = corpus.take(rows)
        share = _shares(offers)
        grams = weighed(gifts.lexical, corpus.lexical)
        titles = _answers(gifts, offers, likeness, np.flatnonzero(offers.roles == PhraseRole.TITLE))
        return cls(
            corpus,
            rows,
            offers,
            share,
            _answers(gifts, offers, likeness, np.flatnonzero(share)),
            titles.folded(titles.alike, np.maximum, (len(gifts), len(rows))),
            _taken(gifts, offers, likeness),
            corpus.lexical_products(grams)[:, rows],
            grams,
            squares_of(grams),
            by_group(offers.groups),
        )

    def compiled(self) -> Covers:
        """Return what does not depend on a person as compiled loops take it."""
        return (
            fixed(self.titled),
            fixed(self.taken),
            fixed(self.overlap),
            fixed(self.offers.openness),
        )

    def runs(self) -> Runs:
        """Return what trainings answer as compiled loops take it."""
        asked = self.asked
        return (
            asked.phrase,
            asked.alike,
            np.append(asked.starts, len(asked.phrase)),
            asked.training,
            asked.offer,
            self.share,
        )


def weighed(counted: csr_matrix, model: LexicalModel) -> csr_matrix:
    """Return counted n-grams weighed by idf, but not scaled to unit length."""
    return csr_matrix(
        (counted.data * model.idf[counted.indices], counted.indices, counted.indptr),
        shape=counted.shape,
    )


def squares_of(rows: csr_matrix) -> Vectors:
    """Return the squared length of each row: float32, shape (rows,)."""
    squares: Vectors = np.asarray(rows.multiply(rows).sum(axis=1), np.float32).ravel()
    return squares


def record_of(batch: EncodedBatch) -> Rows:
    """Return the record of each phrase: int64, shape (phrases,)."""
    rows: Rows = np.repeat(np.arange(len(batch)), np.diff(batch.offsets))
    return rows


def said(phrases: EncodedBatch) -> Vectors:
    """Return how much each phrase of profiles counts in what an offer takes up."""
    by_role = np.array([SAID.get(role, 0.0) for role in PhraseRole], np.float32)
    weights: Vectors = phrases.weights * by_role[phrases.roles]
    return weights


def _taken(gifts: EncodedBatch, offers: EncodedBatch, likeness: Likeness) -> Vectors:
    """Add up what every offer takes up of every training, one training at a time."""
    taken = np.zeros((len(gifts), len(offers)), np.float32)
    vectors, weights = np.ascontiguousarray(offers.phrases.T), said(gifts)
    for number, start in enumerate(gifts.offsets[:-1].tolist()):
        rows = slice(start, int(gifts.offsets[number + 1]))
        alike = likeness.of_phrases(gifts.phrases[rows] @ vectors)
        # Every offer has phrases: those without are not in an index.
        best = np.maximum.reduceat(alike, offers.offsets[:-1], axis=1)
        taken[number] = weights[rows] @ best
    return taken


def _shares(offers: EncodedBatch) -> Vectors:
    by_role = np.array([ASKED.get(role, 0.0) for role in PhraseRole], np.float32)
    weight = offers.weights * by_role[offers.roles]
    total = np.bincount(record_of(offers), weight, len(offers))[record_of(offers)]
    share: Vectors = np.zeros(len(weight), np.float32)
    np.divide(weight, total, out=share, where=total > 0, casting="unsafe")
    return share


def _answers(
    gifts: EncodedBatch, offers: EncodedBatch, likeness: Likeness, phrases: Rows
) -> Answers:
    """Hold the trainings one by one against the phrases of one sort: memory stays bounded."""
    vectors = np.ascontiguousarray(offers.phrases[phrases].T)
    by_role = np.array([CAN.get(role, 0.0) for role in PhraseRole], np.float32)
    believed = gifts.weights * by_role[gifts.roles]
    found: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
    alike: list[Vectors] = [np.zeros(0, np.float32)]
    for start, end in zip(gifts.offsets[:-1], gifts.offsets[1:], strict=True):
        each = likeness.of_phrases(gifts.phrases[start:end] @ vectors)
        best = (each * believed[start:end, None]).max(axis=0, initial=0)
        rows = np.flatnonzero(best)
        found.append(phrases[rows].astype(np.int32))
        alike.append(best[rows])
    phrase = np.concatenate(found)
    training = np.repeat(np.arange(len(gifts)), [len(part) for part in found[1:]])
    offer = record_of(offers)[phrase]
    run = training * max(1, len(offers)) + offer
    starts = np.flatnonzero(np.diff(run, prepend=-1)).astype(np.int64)
    return Answers(
        phrase,
        np.concatenate(alike),
        starts,
        training[starts].astype(np.int32),
        offer[starts].astype(np.int32),
    )
