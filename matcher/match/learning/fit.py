"""Weights of the ranking fitted to judgements, and their comparison with those in use.

Everything here is on tables of features alone: no store, no encoder, no texts.
"""

from __future__ import annotations

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
from matcher.match.bands import GOOD_FROM
from matcher.match.learning.fairness import good_share, means, out_of_bounds
from matcher.match.ranker import DIGITS

Floats = NDArray[np.float64]

#: Every third person is held out: two thirds teach, one third judges.
HELD_OUT: Final = 3
#: So many held-out persons and so many judgements in all are the least one can decide by.
LEAST_PERSONS: Final = 30
LEAST_JUDGEMENTS: Final = 300
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
    listed
        float32, shape (candidates, features): what a list of the person is made from; read
        of held-out people only, and may be empty.
    """

    profile_id: str
    groups: tuple[str, ...]
    table: Vectors
    fits: NDArray[np.bool_]
    weights: Floats
    listed: Vectors

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
        The fitted ones, in the order of the features; empty if there was too little to fit.
    persons, judgements
        How many held-out people could be compared, and how many judgements there are in all.
    incumbent, fitted
        Mean nDCG@10 of the weights in use and of the fitted ones.
    low, high
        Ends of the 90 % interval of the difference, over resampled people.
    groups
        Mean change of everybody and of each large group of held-out people
        (`matcher.match.learning.fairness`).
    bands
        Of the same, how the share of *good* and *strong* among the first ten changes.
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
    bands: Mapping[str, float]
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
    held_out = [one for one in people if one.comparable and is_held_out(one.profile_id)]
    teaching = [one for one in people if not is_held_out(one.profile_id)]
    short = tuple(_too_little(len(held_out), told, teaching))
    if short:
        return Verdict((), len(held_out), told, 0.0, 0.0, 0.0, 0.0, {}, {}, short)
    weights = on_scale(fit(teaching, incumbent), incumbent, teaching).round(DIGITS)
    before, after = _ndcg(held_out, incumbent), _ndcg(held_out, weights)
    change = after - before
    drawn = rng.integers(len(change), size=(RESAMPLES, len(change)))
    low, high = np.quantile(change[drawn].mean(axis=1), [0.05, 0.95]).tolist()
    groups = means([one.groups for one in held_out], change.tolist())
    bands = _band_shifts(people, incumbent, weights)
    return Verdict(
        weights=tuple(weights.tolist()),
        persons=len(held_out),
        judgements=told,
        incumbent=float(before.mean()),
        fitted=float(after.mean()),
        low=low,
        high=high,
        groups=groups,
        bands=bands,
        against=(*_uncertain(low), *out_of_bounds(groups, bands)),
    )


def on_scale(weights: Floats, incumbent: Floats, people: Sequence[Judged]) -> Floats:
    """Scale weights so that as many judged offers are at least *good* as before.

    Bands belong to scores: with weights on features that are higher or lower throughout,
    the same offers would get other bands.

    Parameters
    ----------
    weights, incumbent
        float64, shape (features,): those to scale, and those in use.
    people
        Whose judged offers are looked at.

    Returns
    -------
    ndarray of float64, shape (features,)
        With a sum of at most 1; as they are if all judged offers or none are good.
    """
    table = np.concatenate([one.table for one in people]).astype(np.float64)
    share = float((table @ incumbent >= GOOD_FROM).mean())
    level = float(np.quantile(table @ weights, 1 - share))
    if not 0 < share < 1 or level <= 0:
        return weights
    scaled: Floats = weights * min(GOOD_FROM / level, 1 / weights.sum())
    return scaled


def is_held_out(profile_id: str) -> bool:
    """Tell whether a person judges what others have taught."""
    return crc32(profile_id.encode()) % HELD_OUT == 0


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


def _uncertain(low: float) -> tuple[str, ...]:
    if low > 0:
        return ()
    return (f"the gain is not certain: the 90 % interval of the change begins at {low:+.3f}",)


def _band_shifts(people: Sequence[Judged], incumbent: Floats, weights: Floats) -> dict[str, float]:
    listed = [one for one in people if is_held_out(one.profile_id) and len(one.listed)]
    shifts = [good_share(one.listed, weights) - good_share(one.listed, incumbent) for one in listed]
    return means([one.groups for one in listed], shifts)


def _ndcg(people: Sequence[Judged], weights: Floats) -> Floats:
    """Return nDCG@10 of each person; what fits is worth its weight."""
    return np.array(
        [
            ndcg_score([one.fits * one.weights], [(one.table @ weights).round(4)], k=_K)
            for one in people
        ]
    )
