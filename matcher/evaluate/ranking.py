"""From a scorer to a run."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.evaluate.scorers import Scorer, Scores

_BLOCK = 128


def rank_texts(
    queries: Mapping[str, str], corpus: Mapping[str, str], scorer: Scorer, cut: int
) -> dict[str, dict[str, float]]:
    """Rank all corpus texts for every query, and cut after so many different texts.

    Ids with the same text are scored once and share a rank; the cut never separates them.

    Parameters
    ----------
    queries, corpus
        Id to text; at least one of each.
    scorer
        What ranks.
    cut
        How many different texts are kept for a query.

    Returns
    -------
    dict
        The run: query to corpus id to score.
    """
    ids_of: dict[str, list[str]] = {}
    for id, text in corpus.items():
        ids_of.setdefault(text, []).append(id)
    owners = list(ids_of.values())
    score = scorer.fit(list(ids_of))
    run: dict[str, dict[str, float]] = {}
    names = list(queries)
    for start in range(0, len(names), _BLOCK):
        block = names[start : start + _BLOCK]
        scores = score([queries[name] for name in block])
        for name, row in zip(block, scores, strict=True):
            run[name] = {id: float(row[at]) for at in best_first(row, cut) for id in owners[at]}
    return run


def best_first(row: Scores, cut: int) -> NDArray[np.int64]:
    """Return where the highest scores are; equal ones in their order, also at the cut.

    Parameters
    ----------
    row
        Scores, shape (n,).
    cut
        How many to return at most, at least 1.

    Returns
    -------
    ndarray of int64, shape (min(cut, n),)
    """
    if cut < len(row):
        lowest = np.partition(row, -cut)[-cut]
        candidates = np.flatnonzero(row >= lowest)
    else:
        candidates = np.arange(len(row))
    order = np.argsort(-row[candidates], kind="stable")
    return candidates[order][:cut]
