"""The trainings and the offers of a region, with their coverage, kept up with the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Training
from matcher.domain.text import Lang
from matcher.encode.batch import Rows
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.match.likeness import Likeness
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.upskill.coverage import Coverage
from matcher.match.upskill.gifts import Gift, Keyring, gift_of
from matcher.match.upskill.joined import Given
from matcher.match.upskill.screen import Taught, screen


@dataclass(frozen=True, slots=True)
class Trainings:
    """All trainings, and what each gives.

    Parameters
    ----------
    trainings
        The trainings.
    offered
        The same with their words and vectors.
    gifts
        What each gives.
    keyring
        Which of them open which locks.
    given
        The gifts, encoded like profiles.
    """

    trainings: tuple[Training, ...]
    offered: tuple[Offered, ...]
    gifts: tuple[Gift, ...]
    keyring: Keyring
    given: Given

    @classmethod
    def of(cls, offered: Sequence[Offered], records: RecordEncoder) -> Trainings:
        """Keep the trainings that say what one can do afterwards; the others open nothing."""
        told = [(one.offer, one) for one in offered if isinstance(one.offer, Training)]
        given = [(training, one, gift_of(training)) for training, one in told]
        given = [(training, one, gift) for training, one, gift in given if gift.competences]
        texts = records.profile_texts([gift.as_profile(training) for training, _, gift in given])
        batch = records.encode_texts(texts, TextRole.QUERY)
        return cls(
            tuple(training for training, _, _ in given),
            tuple(one for _, one, _ in given),
            tuple(gift for _, _, gift in given),
            Keyring([gift for _, _, gift in given]),
            Given.of(batch, texts, records.encoder.occupations),
        )

    def speaks(self, number: int, language: Lang) -> bool:
        """Tell whether what a training gives is named in a language as it is in its own."""
        named = any(one.concept for one in self.gifts[number].competences)
        return not named or self.trainings[number].language == language


@dataclass(frozen=True, slots=True)
class Covered:
    """A coverage, and which of its offers are still there as they were.

    Parameters
    ----------
    kind
        Of the offers.
    coverage
        Of trainings and offers.
    living
        bool, shape (offers,).
    """

    kind: RecordKind
    coverage: Coverage
    living: NDArray[np.bool_]


def cover(
    trainings: Trainings, corpus: Corpus, likeness: Likeness, known: Covered | None
) -> list[Covered]:
    """Cover all offers of a corpus.

    Parameters
    ----------
    trainings
        All of them.
    corpus
        Offers of one kind as they are now.
    likeness
        Scale of the encoder.
    known
        A coverage with the same trainings; only what it lacks is computed.

    Returns
    -------
    list of Covered
        The known one first, if it is given; then one of what it lacks, if there is any.
    """
    rows = corpus.living()
    if known is None:
        whole = Coverage.of(trainings.given.batch, corpus, rows, likeness)
        return [Covered(corpus.kind, whole, np.ones(len(rows), np.bool_))]
    now = dict(zip(corpus.ids_of(rows), corpus.digests_of(rows), strict=True))
    before = known.coverage.offers
    pairs = list(zip(before.ids, before.hashes, strict=True))
    living = np.array([now.get(id) == digest for id, digest in pairs], np.bool_)
    held = {pair for pair, alive in zip(pairs, living.tolist(), strict=True) if alive}
    absent = [row for row, pair in zip(rows.tolist(), now.items(), strict=True) if pair not in held]
    found = [Covered(corpus.kind, known.coverage, living)]
    if absent:
        late = np.array(absent, np.int64)
        more = Coverage.of(trainings.given.batch, corpus, late, likeness)
        found.append(Covered(corpus.kind, more, np.ones(len(late), np.bool_)))
    return found


@dataclass(frozen=True, slots=True)
class View:
    """Every offer as one person sees it, and after each training.

    Parameters
    ----------
    covered
        Where the offers are.
    part, place, row
        int64, shape (offers,): number of the coverage, place in it, and row of its corpus.
    before
        float32, shape (offers,): scores now; 0 for what is out of reach.
    after
        float32, shape (trainings, offers): scores after each training; 0 for what is out of
        reach.
    """

    covered: tuple[Covered, ...]
    part: Rows
    place: Rows
    row: Rows
    before: Vectors
    after: Vectors

    @classmethod
    def of(
        cls,
        person: Person,
        trainings: Trainings,
        covered: Sequence[Covered],
        by: Explainer,
        reachable: NDArray[np.bool_],
        *,
        floor: float,
    ) -> View:
        """Score the offers that a person can reach, of all that are covered.

        Scores after trainings that are below the floor may be told too low.
        """
        taught = Taught.of(person.encoded, trainings.given, covered[0].coverage)
        sizes = [len(one.living) for one in covered]
        before = np.zeros(len(reachable), np.float32)
        after = np.zeros((len(trainings.gifts), len(reachable)), np.float32)
        first = 0
        for one, size in zip(covered, sizes, strict=True):
            columns = np.flatnonzero(reachable[first : first + size])
            seen = screen(person.encoded, taught, one.coverage, columns, by, floor=floor)
            before[first + columns], after[:, first + columns] = seen.before, seen.after
            first += size
        return cls(
            tuple(covered),
            np.repeat(np.arange(len(sizes)), sizes),
            np.concatenate([np.arange(size) for size in sizes]),
            np.concatenate([one.coverage.rows for one in covered]),
            before,
            after,
        )

    def corpus_of(self, column: int) -> Corpus:
        """Return where the offer of a column stands."""
        return self.covered[int(self.part[column])].coverage.corpus
