"""From features to one score.

A ranker is linear: every feature raises the score, none can lower it, and each point of a
score can be named. The prior's weights were chosen once from a coarse grid on 24 profiles,
leaving each out in turn, on a plateau where they hardly matter; how is told in
docs/decisions/0002-ranking-prior.md. Weights that were fitted to feedback and promoted take
their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np

from matcher.domain.ranker import RankerEntry
from matcher.encode.protocol import Vectors
from matcher.errors import InputError
from matcher.match.features import Feature

#: Weights are what they are to this many digits: a revision means the same on every machine.
DIGITS: Final = 4
_NAMES: Final = tuple(feature.name.lower() for feature in Feature)


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of the features.

    Parameters
    ----------
    revision
        Told by what the weights are, as in ``fitted-1f0c88d2``.
    weights
        float32, shape (features,), read-only: one for each `Feature`, none below 0.
    """

    revision: str
    weights: Vectors

    @classmethod
    def of(cls, weights: Mapping[str, float], made: str) -> Ranker:
        """Return the ranker of weights by name of the feature.

        Parameters
        ----------
        weights
            Rounded to `DIGITS`.
        made
            How they were made: the beginning of the revision.

        Raises
        ------
        InputError
            If they are not those of today's features, or a weight is below 0 or no number.
        """
        if set(weights) != set(_NAMES):
            raise InputError(
                f"Weights of {', '.join(sorted(weights))} do not rank by {', '.join(_NAMES)}.",
                remedy="Fit them anew with `matcher train-ranker`.",
            )
        rounded = [round(float(weights[name]), DIGITS) for name in _NAMES]
        for name, weight in zip(_NAMES, rounded, strict=True):
            if not 0 <= weight <= 1:
                raise InputError(
                    f"The weight of {name} is {weight}, which is not from 0 to 1.",
                    remedy="Fit the weights anew with `matcher train-ranker`.",
                )
        told = ",".join(
            f"{name}={weight:.{DIGITS}f}" for name, weight in zip(_NAMES, rounded, strict=True)
        )
        digest = sha256(told.encode()).hexdigest()[:8]
        values = np.array(rounded, np.float32)
        values.setflags(write=False)
        return cls(f"{made}-{digest}", values)

    def score(self, table: Vectors) -> Vectors:
        """Score candidates.

        Parameters
        ----------
        table
            float32, shape (candidates, features), columns as in `Feature`, values 0 to 1.

        Returns
        -------
        ndarray of float32, shape (candidates,)
            0 to the sum of the weights.
        """
        # Not a matrix product: its last bits would depend on how many candidates there are.
        total: Vectors = (table * self.weights).sum(axis=1)
        return total

    def weight(self, feature: Feature) -> float:
        """Return what a feature adds where it is 1."""
        return float(self.weights[feature])

    def by_name(self) -> dict[str, float]:
        """Return the weights by name of the feature."""
        values = [round(weight, DIGITS) for weight in self.weights.tolist()]
        return dict(zip(_NAMES, values, strict=True))


PRIOR: Final = Ranker.of(
    {
        "dense": 0.22,
        "lexical": 0.06,
        "title": 0.10,
        "coverage": 0.06,
        "taken_up": 0.20,
        "occupation": 0.18,
        "within_reach": 0.18,
    },
    "prior",
)


def ranker_of(entry: RankerEntry | None) -> Ranker:
    """Return the ranker that a decision put to use; the prior if there was none.

    Weights of other features than today's rank nothing any more: the prior does, until
    weights are fitted anew.
    """
    if entry is None or entry.revision is None or set(entry.weights) != set(_NAMES):
        return PRIOR
    return Ranker.of(entry.weights, entry.revision.rpartition("-")[0])


def chosen(entry: RankerEntry, encoder: str) -> Ranker:
    """Return the ranker of a decision that somebody chooses by its revision.

    Parameters
    ----------
    entry
        Of that revision.
    encoder
        Revision of the encoder in use.

    Raises
    ------
    InputError
        If the weights were fitted with another encoder, or to other features.
    """
    if entry.encoder != encoder:
        raise InputError(
            f"{entry.revision} was fitted with encoder {entry.encoder}, but {encoder} is in use.",
            remedy="Set MATCHER_ENCODER back, or fit anew with `matcher train-ranker`.",
        )
    return Ranker.of(entry.weights, str(entry.revision).rpartition("-")[0])
