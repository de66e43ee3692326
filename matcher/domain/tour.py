"""A tour of all municipalities, on which neighbours mostly follow each other."""

from __future__ import annotations

from functools import cache
from math import cos, radians
from typing import Final

from matcher.domain.codes import municipalities

#: The square that the tour fills has so many cells on a side, a power of two: about 1 km each.
_SIDE: Final = 2048
_KM_PER_DEGREE: Final = 111.2


@cache
def tour() -> dict[str, int]:
    """Return the place of each municipality on the tour, from 0, by three-digit code.

    The tour is a Hilbert curve over their centres.

    References
    ----------
    D. Hilbert: Über die stetige Abbildung einer Linie auf ein Flächenstück. Mathematische
    Annalen 38 (1891).
    """
    places = municipalities().values()
    south, west = min(one.lat for one in places), min(one.lon for one in places)
    middle = sum(one.lat for one in places) / len(places)
    north_km, east_km = _KM_PER_DEGREE, _KM_PER_DEGREE * cos(radians(middle))
    along = {
        one.code: curve(int((one.lon - west) * east_km), int((one.lat - south) * north_km), _SIDE)
        for one in places
    }
    return {code: place for place, code in enumerate(sorted(along, key=lambda c: (along[c], c)))}


def curve(x: int, y: int, side: int) -> int:
    """Return how many cells of a square a Hilbert curve passes before it comes to one.

    Parameters
    ----------
    x, y
        Column and row of the cell, from 0.
    side
        Cells on a side of the square: a power of two.
    """
    passed, half = 0, side // 2
    while half:
        right, upper = x >= half, y >= half
        # The quarters in their order: lower left, upper left, upper right, lower right.
        quarter = 3 - upper if right else int(upper)
        passed += quarter * half * half
        x, y = x % half, y % half
        if quarter == 0:
            x, y = y, x
        elif quarter == 3:
            x, y = half - 1 - y, half - 1 - x
        half //= 2
    return passed
