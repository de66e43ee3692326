"""Where the offers of a list are: dots of municipalities on a small map around the home.

The map is a plain cylindrical projection: over a few hundred kilometres that is as true as any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from matcher.domain.codes import EARTH_RADIUS_KM, Municipality, municipalities
from matcher.domain.text import Lang

#: Width and height of the map, in its own units.
SIZE: Final = 320
_MARGIN: Final = 40
#: Kilometres from the middle to the edge, at the least: so that neighbours do not seem far.
_LEAST_KM: Final = 25.0
#: Circles around the home, in kilometres.
_RINGS: Final = (10, 25, 50, 100, 200, 400)
#: Size of a letter of a name, in units of the map.
_LETTER: Final = (7.2, 14.0)


@dataclass(frozen=True, slots=True)
class Name:
    """Where the name of a dot stands: its base line, and whether it ends or starts there."""

    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A municipality with offers.

    Parameters
    ----------
    text
        Name of the municipality.
    x, y, radius
        On the map, from its upper left.
    labels
        What its offers are called.
    name
        Where the name stands; None where there is no room for it.
    """

    text: str
    x: float
    y: float
    radius: float
    labels: tuple[str, ...]
    name: Name | None


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of equal distance around the home."""

    km: int
    radius: float


@dataclass(frozen=True, slots=True)
class Map:
    """The home in the middle of a square of `SIZE`, with the offers around it."""

    home: str
    dots: tuple[Dot, ...]
    rings: tuple[Ring, ...]


def offer_map(
    home: str | None, offers: Iterable[tuple[str, Sequence[str]]], lang: Lang
) -> Map | None:
    """Return the map of some offers.

    Parameters
    ----------
    home
        Code of the client's municipality.
    offers
        What each offer is called, and the codes of its municipalities; one without is left out.
    lang
        Of the names.

    Returns
    -------
    Map or None
        None if the home is unknown, or no offer has a place.
    """
    known = municipalities()
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for label, codes in offers:
        for code in codes:
            if code in known:
                labels[code].append(label)
    if home not in known or not labels:
        return None
    middle = known[home]
    shifts = {code: _shift(middle, known[code]) for code in labels}
    reach = max(_LEAST_KM, *(abs(km) for shift in shifts.values() for km in shift))
    scale = (SIZE / 2 - _MARGIN) / reach
    order = sorted(labels, key=lambda code: (-len(labels[code]), code))
    taken: list[_Box] = []
    return Map(
        middle.name.best(lang),
        tuple(
            _dot(known[code].name.best(lang), shifts[code], scale, labels[code], taken)
            for code in order
        ),
        tuple(Ring(km, round(km * scale, 1)) for km in _RINGS if km * scale <= SIZE / 2),
    )


#: Left, top, right, bottom.
_Box = tuple[float, float, float, float]


def _shift(home: Municipality, place: Municipality) -> tuple[float, float]:
    """Return kilometres to the east and to the north."""
    north = radians(place.lat - home.lat) * EARTH_RADIUS_KM
    east = radians(place.lon - home.lon) * EARTH_RADIUS_KM * cos(radians(home.lat))
    return east, north


def _dot(
    text: str,
    shift: tuple[float, float],
    scale: float,
    labels: Sequence[str],
    taken: list[_Box],
) -> Dot:
    east, north = shift
    x, y = round(SIZE / 2 + east * scale, 1), round(SIZE / 2 - north * scale, 1)
    radius = round(4 + 1.5 * min(len(labels), 6), 1)
    taken.append((x - radius, y - radius, x + radius, y + radius))
    return Dot(text, x, y, radius, tuple(labels), _named(text, (x, y), radius, taken))


def _named(text: str, dot: tuple[float, float], radius: float, taken: list[_Box]) -> Name | None:
    """Put a name beside its dot where nothing else stands, if there is such a place."""
    width, height = len(text) * _LETTER[0], _LETTER[1]
    x, y = dot
    for anchor, dy in (("start", 4.0), ("end", 4.0), ("start", -8.0), ("start", 16.0)):
        at = x + radius + 3 if anchor == "start" else x - radius - 3
        left = at if anchor == "start" else at - width
        box = (left, y + dy - height + 3, left + width, y + dy + 3)
        if _is_inside(box) and not any(_meet(box, other) for other in taken):
            taken.append(box)
            return Name(round(at, 1), round(y + dy, 1), anchor)
    return None


def _is_inside(box: _Box) -> bool:
    return min(box) >= 0 and max(box) <= SIZE


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
