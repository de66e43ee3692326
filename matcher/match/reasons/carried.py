"""What carries the matches of many pairs, as numbers; put into words pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import Missing, PhrasePair
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.text import Phrase
from matcher.index.corpus import Corpus
from matcher.match.features import measure_of
from matcher.match.interaction import pairs_of, side_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.reasons.clauses import Clauses
from matcher.match.reasons.explain import missing_of, pair_of, worths_of
from matcher.match.reasons.naming import MAX_MISSING, MAX_REASONS, NO_PHRASE, name_pairs
from matcher.match.reasons.spelling import Spelled, joined


class Grounds(NamedTuple):
    """What carries one pair: phrases that answer each other, strongest first, and what lacks.

    A tuple: a night makes millions of them, and makes one in a fifth of the time.

    Parameters
    ----------
    asked, held
        Phrases of the offer, and those of the profile that answer them, by their place in
        the record.
    strengths, adds
        How well one answers the other, and what it adds.
    missing
        Phrases of the offer that nothing answers.
    """

    asked: Sequence[int]
    held: Sequence[int]
    strengths: list[float]
    adds: list[float]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What carries pairs and what is missing; pair after pair.

    Parameters
    ----------
    phrases
        int32, shape (pairs, 2, MAX_REASONS): phrases of the offer and of the profile that are
        named, by their place in the record, strongest first; `NO_PHRASE` after the last.
    amounts
        float64, shape as before: how well one answers the other, and what it adds to the score.
    missing
        int32, shape (pairs, MAX_MISSING): phrases of the offer that nothing answers.
    """

    phrases: NDArray[np.int32]
    amounts: NDArray[np.float64]
    missing: NDArray[np.int32]

    @classmethod
    def none(cls, pairs: int) -> Carried:
        """Return room for so many pairs, of which nothing is named yet."""
        return cls(
            np.full((pairs, 2, MAX_REASONS), NO_PHRASE, np.int32),
            np.zeros((pairs, 2, MAX_REASONS), np.float64),
            np.full((pairs, MAX_MISSING), NO_PHRASE, np.int32),
        )

    def grounds(self) -> list[Grounds | None]:
        """Return what carries each pair; None where nothing can be named."""
        named = (self.phrases[:, 0] != NO_PHRASE).sum(axis=1).tolist()
        gaps = (self.missing != NO_PHRASE).sum(axis=1).tolist()
        columns = self.phrases.tolist(), self.amounts.tolist(), self.missing.tolist()
        return [
            Grounds(asked[:n], held[:n], strengths[:n], adds[:n], tuple(missing[:m])) if n else None
            for (asked, held), (strengths, adds), missing, n, m in zip(
                *columns, named, gaps, strict=True
            )
        ]


@dataclass(frozen=True, slots=True)
class Spellings:
    """How the phrases of both sides of pairs are spelled.

    Parameters
    ----------
    people
        Of all people of a block, one after the other.
    offers
        Of the offer of each pair; of the same offer it is the same object.
    """

    people: Spelled
    offers: Sequence[Spelled]


def carry(
    profiles: EncodedBatch,
    corpus: Corpus,
    pairs: tuple[Rows, Rows],
    spellings: Spellings,
    scale: tuple[Likeness, Ranker],
) -> Carried:
    """Name what carries pairs of profiles and offers.

    Parameters
    ----------
    profiles, corpus
        Both sides.
    pairs
        Which profile with which row of the corpus.
    spellings
        Of both sides.
    scale
        Of the encoder, and what made the scores.
    """
    likeness, ranker = scale
    people, rows = pairs
    carried = Carried.none(len(rows))
    for segment, places, kept in corpus.by_segment(rows):
        of_offers, firsts = _offers_of([spellings.offers[place] for place in places.tolist()])
        worths = worths_of(ranker, segment.batch.openness[kept])
        part = Carried.none(len(places))
        name_pairs(
            (side_of(profiles), side_of(segment.batch)),
            pairs_of(people[places], kept),
            (spellings.people, of_offers, firsts),
            (measure_of(likeness), worths),
            (part.phrases, part.amounts, part.missing),
        )
        carried.phrases[places] = part.phrases
        carried.amounts[places] = part.amounts
        carried.missing[places] = part.missing
    return carried


@dataclass(frozen=True, slots=True)
class Texts:
    """The words and vectors of one pair's phrases."""

    offer: Sequence[Phrase]
    profile: Sequence[Phrase]
    offer_vectors: NDArray[np.float32]
    profile_vectors: NDArray[np.float32]


def in_words(
    grounds: Grounds, texts: Texts, clauses: Clauses
) -> tuple[tuple[PhrasePair, ...], tuple[Missing, ...]]:
    """Return what carries one pair and what is missing, in its words."""
    reasons = tuple(
        pair_of(
            (texts.offer[asked], texts.profile[held]),
            (texts.offer_vectors[asked], texts.profile_vectors[held]),
            (strength, adds),
            clauses,
        )
        for asked, held, strength, adds in zip(*grounds[:4], strict=True)
    )
    return reasons, missing_of(texts.offer, grounds.missing)


def _offers_of(spelled: Sequence[Spelled]) -> tuple[Spelled, Rows]:
    """Return the phrases of different offers once each, and where those of each begin."""
    firsts: dict[int, int] = {}
    different: list[Spelled] = []
    phrases = 0
    for one in spelled:
        if id(one) not in firsts:
            firsts[id(one)] = phrases
            different.append(one)
            phrases += len(one[1]) - 1
    return joined(different), np.array([firsts[id(one)] for one in spelled], np.int64)
