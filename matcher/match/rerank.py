"""Retrieve and re-rank, on encoded records alone: no store, no gates, no texts.

Evaluations and lists share this code, so that what is measured is what is served.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.protocol import Vectors
from matcher.index.corpus import Corpus
from matcher.match.employer.people_features import PeopleInteraction, interact_people
from matcher.match.features import interact
from matcher.match.likeness import Likeness
from matcher.match.ranker import score
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


def rank_offers(profiles: EncodedBatch, corpus: Corpus, likeness: Likeness, k: int) -> list[Ranked]:
    """Rank offers for profiles.

    Parameters
    ----------
    profiles
        Any number of encoded profiles.
    corpus
        Offers of one kind.
    likeness
        Scale of the encoder.
    k
        Candidates of each search (`matcher.match.retrieve.candidates`).

    Returns
    -------
    list of Ranked
        One a profile.
    """
    weighed = corpus.lexical.weigh(profiles.lexical)
    found = candidates(profiles, corpus, k)
    ranked = []
    for i, rows in enumerate(found):
        lexical = corpus.lexical_scores(weighed[i], rows[None, :])[0]
        one = profiles.take_dense(np.array([i]))
        table = interact(one, corpus.take(rows), lexical, likeness).table
        ranked.append(_ordered(rows, score(table)))
    return ranked


def rank_profiles(offer: EncodedBatch, corpus: Corpus, likeness: Likeness, k: int) -> Ranked:
    """Rank profiles for one offer, by the same score read from the other side.

    Parameters
    ----------
    offer
        A batch of one.
    corpus
        Profiles.
    likeness, k
        As in `rank_offers`.
    """
    rows = candidates(offer, corpus, k)[0]
    return _ordered(rows, score(hold_people(offer, corpus, likeness, rows).table))


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
    people: EncodedBatch, offer: EncodedBatch, lexical: Vectors, likeness: Likeness
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
    likeness
        Scale of the encoder.

    Returns
    -------
    ndarray of float32, shape (profiles,)
        0 to 1.
    """
    return score(interact_people(people, offer, lexical, likeness).table)


def _ordered(rows: Rows, scores: Vectors) -> Ranked:
    order = np.lexsort((rows, -scores))
    return Ranked(rows[order], scores[order])
