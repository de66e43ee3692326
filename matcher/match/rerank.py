"""Retrieve and re-rank, on encoded records alone: no store, no gates, no texts.

Evaluations and lists share this code, so that what is measured is what is served.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.protocol import Vectors
from matcher.index.corpus import Corpus
from matcher.match.employer.people_features import PeopleInteraction, interact_people
from matcher.match.features import feature_table
from matcher.match.interaction import pairs_of
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.retrieve import candidates


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates of one query, best first.

    Parameters
    ----------
    rows
        int64, shape (n,): rows of the corpus.
    scores
        float32, shape (n,): descending; ties are in row order.
    """

    rows: Rows
    scores: Vectors


def rank_offers(
    profiles: EncodedBatch, corpus: Corpus, likeness: Likeness, ranker: Ranker, k: int
) -> list[Ranked]:
    """Rank offers for profiles.

    Parameters
    ----------
    profiles
        Any number of encoded profiles.
    corpus
        Offers of one kind.
    likeness
        Scale of the encoder.
    ranker
        Weighs what the two sides have in common.
    k
        Candidates of each search (`matcher.match.retrieve.candidates`).

    Returns
    -------
    list of Ranked
        One a profile.
    """
    return rank_rows(profiles, corpus, likeness, ranker, candidates(profiles, corpus, k))


def rank_rows(
    profiles: EncodedBatch,
    corpus: Corpus,
    likeness: Likeness,
    ranker: Ranker,
    found: Sequence[Rows],
) -> list[Ranked]:
    """Rank candidates that were found already.

    Parameters
    ----------
    profiles, corpus, likeness, ranker
        As in `rank_offers`.
    found
        The candidates of each profile: rows of the corpus.
    """
    weighed = corpus.lexical.weigh(profiles.lexical)
    bounds = np.cumsum([0, *(len(rows) for rows in found)])
    people = np.repeat(np.arange(len(found)), np.diff(bounds))
    rows = np.concatenate([np.zeros(0, np.int64), *found])
    scores = np.zeros(len(rows), np.float32)
    for segment, places, kept in corpus.by_segment(rows):
        lexical = segment.pair_products(weighed, people[places], kept)
        pairs = pairs_of(people[places], kept)
        table = feature_table(profiles, segment.batch, pairs, lexical, likeness)
        scores[places] = ranker.score(table)
    return [
        _ordered(some, scores[start:end])
        for some, start, end in zip(found, bounds[:-1], bounds[1:], strict=True)
    ]


def rank_profiles(
    offer: EncodedBatch, corpus: Corpus, likeness: Likeness, ranker: Ranker, k: int
) -> Ranked:
    """Rank profiles for one offer, by the same score read from the other side.

    Parameters
    ----------
    offer
        A batch of one.
    corpus
        Profiles.
    likeness, ranker, k
        As in `rank_offers`.
    """
    rows = candidates(offer, corpus, k)[0]
    return _ordered(rows, ranker.score(hold_people(offer, corpus, likeness, rows).table))


def hold_people(
    offer: EncodedBatch, corpus: Corpus, likeness: Likeness, rows: Rows
) -> PeopleInteraction:
    """Hold the people of some rows against one offer.

    Parameters
    ----------
    offer, corpus, likeness
        As in `rank_profiles`.
    rows
        int64, shape (n,): rows of the corpus.
    """
    weighed = corpus.lexical.weigh(offer.lexical)
    lexical = corpus.lexical_scores(weighed, rows[None, :])[0]
    return interact_people(corpus.take(rows), offer, lexical, likeness)


def score_profiles(
    people: EncodedBatch,
    offer: EncodedBatch,
    lexical: Vectors,
    likeness: Likeness,
    ranker: Ranker,
) -> Vectors:
    """Score profiles for one offer.

    Parameters
    ----------
    people
        Any number of encoded profiles.
    offer
        A batch of one.
    lexical
        float32, shape (profiles,): cosine of the weighed n-grams.
    likeness, ranker
        As in `rank_offers`.

    Returns
    -------
    ndarray of float32, shape (profiles,)
        0 to 1.
    """
    return ranker.score(interact_people(people, offer, lexical, likeness).table)


def _ordered(rows: Rows, scores: Vectors) -> Ranked:
    order = np.lexsort((rows, -scores))
    return Ranked(rows[order], scores[order])
