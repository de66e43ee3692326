"""Candidates for re-ranking: neighbours in meaning, in letters and in occupation, together."""

from __future__ import annotations

from typing import Final

import numpy as np

from matcher.encode.batch import EncodedBatch, Rows
from matcher.index.blend import NOT_FOUND
from matcher.index.corpus import Corpus
from matcher.index.protocol import Among

#: Up to so many candidates are sought in one search, which costs a fraction of three; it finds
#: what stands in lists, while of the first two hundred it holds less (docs/decisions/0010).
FEW: Final = 256


def nearest(
    queries: EncodedBatch, corpus: Corpus, k: int, among: Among | None = None
) -> list[Rows]:
    """Return the k rows that are nearest to each query in meaning and occupation together.

    Parameters
    ----------
    queries, corpus
        As in `candidates`.
    k
        How many.
    among
        Which rows of the snapshot may be found, by query; all if left out.

    Returns
    -------
    list of int64 arrays
        Distinct rows in ascending order, one array a query.
    """
    hits = corpus.search_blend(queries, k, among)
    found = zip(hits.rows, hits.scores > NOT_FOUND, strict=True)
    return [np.sort(rows[there]) for rows, there in found]


def candidates(queries: EncodedBatch, corpus: Corpus, k: int) -> list[Rows]:
    """Return for each query the corpus rows worth re-ranking.

    Parameters
    ----------
    queries
        Encoded profiles, or offers when the corpus holds profiles.
    corpus
        What is searched.
    k
        How many neighbours in meaning; half as many in letters and half as many in
        occupation come beside them, so that their union is at most 2 k. Who has no
        occupation in common with a query is no neighbour in occupation.

    Returns
    -------
    list of int64 arrays
        Distinct rows in ascending order, one array a query.
    """
    if corpus.size == 0:
        return [np.zeros(0, np.int64) for _ in range(len(queries))]
    half = (k + 1) // 2
    dense = corpus.search(queries.pooled, k)
    lexical = corpus.search_lexical(corpus.lexical.weigh(queries.lexical), half)
    kin = corpus.search_groups(queries.groups, half)
    return [
        np.unique(np.concatenate([near, same, trade[shared > 0]])).astype(np.int64)
        for near, same, trade, shared in zip(
            dense.rows, lexical.rows, kin.rows, kin.scores, strict=True
        )
    ]
