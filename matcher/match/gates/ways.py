"""Which sites lie too far from somebody's home, for many sites at once.

The same as `matcher.match.gates.journeys.commute` finds site by site. A country has too
many pairs of a home and a site to ask it about each.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import GateOutcome
from matcher.match.gates.journeys import MARGIN_KM, Site, Travels, by_region, kilometres

#: People come home by home: distances of so many homes are kept.
_HOMES: Final = 16


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
        self._kilometres = lru_cache(maxsize=_HOMES)(self._kilometres_from)

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
        km = self._kilometres(travels.home)
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
        found = (kilometres(home, site.place) for site in self._sites)
        return np.array([np.nan if km is None else km for km in found], np.float64)
