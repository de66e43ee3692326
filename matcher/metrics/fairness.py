"""Metrics of fairness: rates of groups with intervals, their ratios, and exposure of people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError

CONFIDENCE = 0.95
#: How many standard errors the interval reaches on either side.
_REACH: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the interval of `CONFIDENCE` around it."""

    value: float
    low: float
    high: float


def rate(successes: int, n: int) -> Interval:
    """Return a share with its Wilson score interval.

    Parameters
    ----------
    successes, n
        How many of how many; n at least 1.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22(158).
    Brown, L. D., Cai, T. T. and DasGupta, A. (2001). Interval estimation for a binomial
    proportion. Statistical Science 16(2): better than the usual one for small n.
    """
    if not 0 <= successes <= n or n == 0:
        raise InputError(
            f"{successes} of {n} is no share.", remedy="Give 0 to n successes, n at least 1."
        )
    # Imported late: it takes a third of a second, and a service that starts needs none of it.
    from scipy.stats import binomtest

    found = binomtest(successes, n).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(successes / n, float(found.low), float(found.high))


def impact_ratio(successes: int, n: int, other_successes: int, other_n: int) -> Interval | None:
    """Return the rate of a group divided by that of everybody else.

    Parameters
    ----------
    successes, n
        Of the group.
    other_successes, other_n
        Of everybody else.

    Returns
    -------
    Interval or None
        None where a rate is 0 or there is nobody: then no ratio can be told.

    References
    ----------
    Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D) (1978): the
    four-fifths rule, there against the group with the highest rate.
    Katz, D. et al. (1978). Obtaining confidence intervals for the risk ratio in cohort
    studies. Biometrics 34(3): the interval.
    """
    if not (successes and other_successes):
        return None
    p, q = successes / n, other_successes / other_n
    spread = math.sqrt((1 - p) / successes + (1 - q) / other_successes)
    reach = math.exp(_REACH * spread)
    return Interval(p / q, p / q / reach, p / q * reach)


def person_exposure(
    offers: NDArray[np.int64], people: NDArray[np.int64], scores: NDArray[np.float32], n: int
) -> NDArray[np.float64]:
    """Return how much each person is exposed where offers rank the people who see them.

    Parameters
    ----------
    offers, people
        int64, shape (m,): which offer stands in the list of which person.
    scores
        float32, shape (m,): of each pair; of equal scores the earlier person stands first.
    n
        How many people there are, those without any list included.

    Returns
    -------
    ndarray of float64, shape (n,)
        Sum over offers of 1 / log2(1 + position of the person in the offer's ranking).

    References
    ----------
    Singh, A. and Joachims, T. (2018). Fairness of exposure in rankings. KDD.
    """
    order = np.lexsort((people, -scores, offers))
    ranked = offers[order]
    # Within each run of one offer, positions count from 1.
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(ranked) else ranked
    lengths = np.diff(np.r_[starts, len(ranked)])
    positions = np.arange(len(ranked)) - np.repeat(starts, lengths) + 1
    return np.bincount(people[order], 1 / np.log2(1 + positions), n).astype(np.float64)


def mean_interval(values: NDArray[np.float64]) -> Interval:
    """Return a mean with the interval of the normal approximation; at least one value."""
    if not len(values):
        raise InputError("There is no value to take the mean of.")
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else 0.0
    reach = _REACH * error
    return Interval(mean, mean - reach, mean + reach)
