"""Metrics of exposure: how evenly lists of many people show the offers of a region."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from matcher.errors import InputError


def gini(exposures: Sequence[float]) -> float:
    """Return how unevenly exposure is spread: 0 if all have the same, towards 1 if one has all.

    Parameters
    ----------
    exposures
        Of all offers, those without any too; none below 0.

    Returns
    -------
    float
        Half the relative mean absolute difference; 0 if there is no exposure at all.

    References
    ----------
    Gini (1912), "Variabilità e mutabilità". Fleder and Hosanagar (2009), "Blockbuster
    culture's next rise or fall", Management Science 55(5), for recommendations.
    """
    ordered = sorted(exposures)
    if ordered and ordered[0] < 0:
        raise InputError(f"An exposure is {ordered[0]}.", remedy="Count from 0.")
    total, n = math.fsum(ordered), len(ordered)
    if not total:
        return 0.0
    weighed = math.fsum((2 * rank - n - 1) * value for rank, value in enumerate(ordered, start=1))
    return weighed / (n * total)


def lorenz(exposures: Sequence[float], steps: int) -> tuple[float, ...]:
    """Return what share of all exposure the least exposed offers have.

    Parameters
    ----------
    exposures
        Of all offers, those without any too; none below 0.
    steps
        Into how many equal parts the offers are cut, the least exposed first; at least 1.

    Returns
    -------
    tuple of float
        At 0, 1/steps, 2/steps … 1 of the offers, from 0 to 1; empty if there is no exposure
        at all. Where all have the same, it is the share of the offers itself.

    References
    ----------
    Lorenz (1905), "Methods of measuring the concentration of wealth"; twice the area between
    the curve and the diagonal is the Gini coefficient of `gini`.
    """
    ordered = sorted(exposures)
    total = math.fsum(ordered)
    if not total:
        return ()
    summed = (0.0, *accumulate(ordered))
    at = np.linspace(0, len(ordered), steps + 1)
    shares = np.interp(at, np.arange(len(summed)), np.array(summed) / total)
    return tuple(round(float(share), 4) for share in shares)


def top_share(
    exposures: Mapping[str, float], places: Mapping[str, int], n: int
) -> tuple[float, float]:
    """Return what share of exposure, and of places, the n most exposed offers have.

    Parameters
    ----------
    exposures
        Of offers by id.
    places
        Of the same offers by id.
    n
        How many; of equal ones the first by id.

    Returns
    -------
    share of exposure, share of places
        0 and 0 if there is no exposure.

    References
    ----------
    Singh and Joachims (2018), "Fairness of exposure in rankings": exposure in proportion to
    merit; merit is here how many people an offer can take.
    """
    total, all_places = math.fsum(exposures.values()), sum(places.values())
    if not total or not all_places:
        return 0.0, 0.0
    top = sorted(exposures, key=lambda id: (-exposures[id], id))[:n]
    shown = math.fsum(exposures[id] for id in top)
    return shown / total, sum(places[id] for id in top) / all_places


def order_ndcg(scores: Sequence[float], k: int) -> float:
    """Return the nDCG@k of an order, with the scores themselves as gains.

    Parameters
    ----------
    scores
        None below 0, in the order in which they are shown.
    k
        Cut.

    Returns
    -------
    float
        1 for the order of the scores; 1 if there is no gain at all.

    References
    ----------
    Järvelin and Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques".
    """
    best, shown = sorted(scores, reverse=True)[:k], list(scores[:k])
    # Most lists stay as they are, and millions are asked.
    if shown == best:
        return 1.0
    return _dcg(shown) / _dcg(best)


def _dcg(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
