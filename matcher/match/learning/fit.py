"""Weights of the ranking fitted to judgements, and their comparison with those in use.

Everything here is on tables of features alone: no store, no encoder, no texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import ndcg_score

from matcher.encode.protocol import Vectors

Floats = NDArray[np.float64]

#: Every third person is held out: two thirds teach, one third judges.
HELD_OUT: Final = 3
#: So many held-out persons and so many judgements in all are the least one can decide by.
LEAST_PERSONS: Final = 30
LEAST_JUDGEMENTS: Final = 300
#: A group of people this large may lose no more than this on average.
LEAST_GROUP: Final = 10
MOST_LOST: Final = 0.02
RESAMPLES: Final = 2000
#: How firmly the fit is held to the proportions of the weights in use.
_HOLD: Final = 0.1
_K: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One person's judged offers.

    Parameters
    ----------
    profile_id
        Whose.
    groups
        The groups whose members must not lose, as in ``"language fi"``.
    table
        float32, shape (offers, features).
    fits
        bool, shape (offers,).
    weights
        float64, shape (offers,): one over the chance of having been looked at.
    """

    profile_id: str
    groups: tuple[str, ...]
    table: Vectors
    fits: NDArray[np.bool_]
    weights: Floats

    @property
    def comparable(self) -> bool:
        """Whether there is both something to rank first and something to rank last."""
        return bool(self.fits.any() and not self.fits.all())


@dataclass(frozen=True, slots=True)
class Verdict:
    """How fitted weights do beside those in use, on people they were not fitted to.

    Parameters
    ----------
    weights
        The fitted ones, in the order of the features, with the sum of those in use; empty if
        there was too little to fit.
    persons, judgements
        How many held-out people could be compared, and how many judgements there are in all.
    incumbent, fitted
        Mean nDCG@10 of the weights in use and of the fitted ones.
    low, high
        Ends of the 90 % interval of the difference, over resampled people.
    groups
        Mean change of each group of at least `LEAST_GROUP` held-out people.
    against
        What speaks against the fitted weights; empty if they should be taken.
    """

    weights: tuple[float, ...]
    persons: int
    judgements: int
    incumbent: float
    fitted: float
    low: float
    high: float
    groups: Mapping[str, float]
    against: tuple[str, ...]

    @property
    def better(self) -> bool:
        """Whether the fitted weights should be taken."""
        return not self.against


def fit(people: Sequence[Judged], incumbent: Floats) -> Floats:
    """Fit weights, none below 0, to judgements.

    A logistic regression in which every judgement counts by its weight and the weights are
    drawn towards the proportions of those in use. Since no weight is below 0, more of a
    feature never lowers a score.

    Parameters
    ----------
    people
        With at least one offer that fits and one that does not.
    incumbent
        float64, shape (features,): the weights in use.

    Returns
    -------
    ndarray of float64, shape (features,)
        With the sum of `incumbent`; `incumbent` itself if no feature tells the two apart.
    """
    table = np.concatenate([one.table for one in people]).astype(np.float64)
    signs = np.where(np.concatenate([one.fits for one in people]), 1.0, -1.0)
    counts = np.concatenate([one.weights for one in people])
    counts = counts / counts.mean()
    direction = incumbent / incumbent.sum()

    def loss(values: Floats) -> tuple[float, Floats]:
        weights, offset = values[:-1], values[-1]
        margins = signs * (table @ weights + offset)
        pull = -counts * signs * expit(-margins)
        apart = weights - weights.sum() * direction
        held = 2 * _HOLD * (apart - apart @ direction)
        value = float(counts @ np.logaddexp(0, -margins) + _HOLD * apart @ apart)
        return value, np.append(table.T @ pull + held, pull.sum())

    start = np.append(direction, 0.0)
    bounds = [(0.0, None)] * len(direction) + [(None, None)]
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x[:-1]
    total = found.sum()
    return found * incumbent.sum() / total if total > 0 else incumbent


def judge(people: Sequence[Judged], incumbent: Floats, rng: np.random.Generator) -> Verdict:
    """Fit weights on two thirds of the people and compare them on the others.

    Parameters
    ----------
    people
        Each once.
    incumbent
        float64, shape (features,): the weights in use.
    rng
        Resamples people.
    """
    told = sum(len(one.fits) for one in people)
    held_out = [one for one in people if one.comparable and _is_held_out(one)]
    teaching = [one for one in people if not _is_held_out(one)]
    short = tuple(_too_little(len(held_out), told, teaching))
    if short:
        return Verdict((), len(held_out), told, 0.0, 0.0, 0.0, 0.0, {}, short)
    weights = fit(teaching, incumbent)
    before, after = _ndcg(held_out, incumbent), _ndcg(held_out, weights)
    change = after - before
    drawn = rng.integers(len(change), size=(RESAMPLES, len(change)))
    low, high = np.quantile(change[drawn].mean(axis=1), [0.05, 0.95]).tolist()
    groups = _by_group(held_out, change)
    return Verdict(
        weights=tuple(weights.round(4).tolist()),
        persons=len(held_out),
        judgements=told,
        incumbent=float(before.mean()),
        fitted=float(after.mean()),
        low=low,
        high=high,
        groups=groups,
        against=tuple(_against(low, groups)),
    )


def _is_held_out(one: Judged) -> bool:
    return crc32(one.profile_id.encode()) % HELD_OUT == 0


def _too_little(persons: int, judgements: int, teaching: Sequence[Judged]) -> Iterator[str]:
    if persons < LEAST_PERSONS:
        yield (
            f"{persons} held-out people with both fitting and unfitting offers; "
            f"at least {LEAST_PERSONS} are needed"
        )
    if judgements < LEAST_JUDGEMENTS:
        yield f"{judgements} judgements; at least {LEAST_JUDGEMENTS} are needed"
    if not any(one.comparable for one in teaching):
        yield "nobody to learn from with both fitting and unfitting offers; at least 1 is needed"


def _against(low: float, groups: Mapping[str, float]) -> Iterator[str]:
    if low <= 0:
        yield f"the gain is not certain: the 90 % interval of the change begins at {low:+.3f}"
    for name, change in groups.items():
        if change < -MOST_LOST:
            yield f"{name} would lose {-change:.3f} on average; at most {MOST_LOST} is allowed"


def _ndcg(people: Sequence[Judged], weights: Floats) -> Floats:
    """Return nDCG@10 of each person; what fits is worth its weight."""
    return np.array(
        [
            ndcg_score([one.fits * one.weights], [(one.table @ weights).round(4)], k=_K)
            for one in people
        ]
    )


def _by_group(people: Sequence[Judged], change: Floats) -> dict[str, float]:
    changes: dict[str, list[float]] = defaultdict(list)
    for one, each in zip(people, change.tolist(), strict=True):
        for group in one.groups:
            changes[group].append(each)
    return {
        name: float(np.mean(values))
        for name, values in sorted(changes.items())
        if len(values) >= LEAST_GROUP
    }
