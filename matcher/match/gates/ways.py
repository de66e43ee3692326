"""Which sites lie too far from somebody's home, for many sites at once.

The same as `matcher.match.gates.journeys.commute` finds site by site. A country has too
many pairs of a home and a site to ask it about each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.domain.codes import municipalities
from matcher.domain.match import GateOutcome
from matcher.match.gates.journeys import MARGIN_KM, Site, Travels, between, by_region


class Ways:
    """The ways to some sites.

    Parameters
    ----------
    sites
        Where offers take place.
    """

    def __init__(self, sites: Sequence[Site]) -> None:
        places = [site.place for site in sites]
        self._sites = sites
        self._remote = np.array([bool(place.remote) for place in places], np.bool_)
        self._told = np.array(
            [bool(place.municipalities or place.regions or place.countries) for place in places],
            np.bool_,
        )
        self._moves = np.array(
            [site.moves and not set(site.place.countries) - {"FI"} for site in sites], np.bool_
        )
        known = {code: place for place, code in enumerate(municipalities())}
        named = [
            [known[code] for code in place.municipalities if code in known] for place in places
        ]
        counts = np.array([len(codes) for codes in named], np.int64)
        self._placed = np.flatnonzero(counts)
        #: The municipalities of the sites that have any, one site after the other.
        self._named = np.array([code for codes in named for code in codes], np.int64)
        self._starts = np.cumsum(counts[self._placed]) - counts[self._placed]

    def __len__(self) -> int:
        return len(self._sites)

    def shut(self, travels: Travels) -> NDArray[np.bool_]:
        """Tell to which sites a person cannot get.

        Parameters
        ----------
        travels
            From where and how far the person travels.

        Returns
        -------
        ndarray of bool, shape (sites,)
            True where the gate of the way is unmet; where nobody knows it is not.
        """
        km = self._kilometres_from(travels.home)
        unknown = np.isnan(km)
        most = np.inf if travels.max_km is None else travels.max_km + MARGIN_KM
        shut = km > most
        for site in np.flatnonzero(unknown & self._told).tolist():
            ruled = by_region(travels, self._sites[site].place)
            shut[site] = ruled is GateOutcome.UNMET
        shut &= self._told
        if travels.relocation:
            shut &= ~self._moves
        if travels.remote is not False:
            shut &= ~self._remote
        return shut

    def _kilometres_from(self, home: str | None) -> NDArray[np.float64]:
        """Return how far the sites are from a home: float64, NaN where that is unknown."""
        km = np.full(len(self), np.nan)
        if len(self._placed) and home in municipalities():
            km[self._placed] = np.minimum.reduceat(_from(home)[self._named], self._starts)
        return km


@cache
def _from(home: str) -> NDArray[np.float64]:
    """Return how far every municipality is from one of them, in km: float64, shape (308,)."""
    return np.array([between(home, code) for code in municipalities()], np.float64)
