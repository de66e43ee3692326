"""How a client or coach tilts the order of a list: what I can or what I want, near or far.

Only the order is tilted. Scores and bands tell how well a job fits, whatever is wished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.errors import InputError
from matcher.match.likeness import Likeness

#: The most of an offer's standing that wishes make up, and that distance takes away: an offer
#: that hardly fits never passes for a wish, and one that fits is never lost for its distance.
MOST: Final = 0.5
#: From this distance on, in km, an offer is as far as can be.
FAR_KM: Final = 100.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts in the order of a list, beside how well an offer fits.

    Parameters
    ----------
    want
        0 to 1: how much the wanted occupations count; 0 leaves the order to competence.
    near
        0 to 1: how much nearness counts.

    Raises
    ------
    InputError
        If either is not between 0 and 1.
    """

    want: float = 0.0
    near: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (("want", self.want), ("near", self.near)):
            if not 0 <= value <= 1:
                raise InputError(
                    f"The weight {value} is not between 0 and 1.",
                    field=name,
                    remedy="Give 0 for no say, 1 for the most.",
                )

    def order(
        self, scores: Vectors, wanted: Vectors, kilometres: Sequence[float | None]
    ) -> list[int]:
        """Return the places of offers, best first; equal ones stay in their order.

        Parameters
        ----------
        scores
            float32, shape (n,): how well each offer fits.
        wanted
            float32, shape (n,): as from `wantedness`.
        kilometres
            To each offer; 0 for remote work, None if unknown, which counts as far.
        """
        far = np.array([1.0 if km is None else min(km / FAR_KM, 1.0) for km in kilometres])
        wish = MOST * self.want
        standing = ((1 - wish) * scores + wish * wanted) * (1 - MOST * self.near * far)
        order: list[int] = np.argsort(-standing, kind="stable").tolist()
        return order


def wantedness(profile: EncodedBatch, offers: EncodedBatch, likeness: Likeness) -> Vectors:
    """Return how alike each offer's titles are to the nearest wanted occupation.

    Parameters
    ----------
    profile
        A batch of one.
    offers
        Any number of offers.
    likeness
        Scale of the encoder.

    Returns
    -------
    ndarray of float32, shape (n,)
        0 to 1; 0 where nothing is wanted or an offer has no title.
    """
    wishes = profile.phrases[profile.roles == PhraseRole.WANTED]
    titled = offers.roles == PhraseRole.TITLE
    wanted = np.zeros(len(offers), np.float32)
    if len(wishes):
        alike = likeness.of_phrases(wishes @ offers.phrases[titled].T).max(axis=0)
        record = np.repeat(np.arange(len(offers)), np.diff(offers.offsets))
        np.maximum.at(wanted, record[titled], alike)
    return wanted
