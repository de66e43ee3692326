"""From features to one score.

The prior is linear: every feature raises the score, none can lower it, and each point of a
score can be named. Its weights were chosen once from a coarse grid on 24 profiles, leaving
each out in turn, on a plateau where they hardly matter; how is told in
docs/decisions/0002-ranking-prior.md.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from matcher.encode.protocol import Vectors
from matcher.match.features import Feature

PRIOR: Final[dict[Feature, float]] = {
    Feature.DENSE: 0.22,
    Feature.LEXICAL: 0.06,
    Feature.TITLE: 0.10,
    Feature.COVERAGE: 0.06,
    Feature.TAKEN_UP: 0.20,
    Feature.OCCUPATION: 0.18,
    Feature.WITHIN_REACH: 0.18,
}


def score(table: Vectors) -> Vectors:
    """Score candidates by the prior.

    Parameters
    ----------
    table
        float32, shape (candidates, features), columns as in `Feature`, values 0 to 1.

    Returns
    -------
    ndarray of float32, shape (candidates,)
        0 to 1.
    """
    weights = np.array([PRIOR[feature] for feature in Feature], np.float32)
    # Not a matrix product: its last bits would depend on how many candidates there are.
    total: Vectors = (table * weights).sum(axis=1)
    return total
