"""Candidates for re-ranking: dense and lexical neighbours together."""

from __future__ import annotations

import numpy as np

from matcher.encode.batch import EncodedBatch, Rows
from matcher.index.corpus import Corpus


def candidates(queries: EncodedBatch, corpus: Corpus, k: int) -> list[Rows]:
    """Return for each query the corpus rows worth re-ranking.

    Parameters
    ----------
    queries
        Encoded profiles, or offers when the corpus holds profiles.
    corpus
        What is searched.
    k
        How many neighbours each of the two searches returns; their union is at most 2 k.

    Returns
    -------
    list of int64 arrays
        Distinct rows in ascending order, one array a query.
    """
    if corpus.size == 0:
        return [np.zeros(0, np.int64) for _ in range(len(queries))]
    dense = corpus.search(queries.pooled, k)
    lexical = corpus.search_lexical(corpus.lexical.weigh(queries.lexical), k)
    return [
        np.union1d(near, same).astype(np.int64)
        for near, same in zip(dense.rows, lexical.rows, strict=True)
    ]
