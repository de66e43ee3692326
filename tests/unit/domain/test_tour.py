"""A tour of the municipalities keeps neighbours together."""

from __future__ import annotations

from itertools import pairwise

from matcher.domain.codes import distance_km, municipalities
from matcher.domain.tour import curve, tour


def test_the_curve_passes_every_cell_once_and_only_steps_to_the_next() -> None:
    cells = [(x, y) for x in range(8) for y in range(8)]
    along = sorted(cells, key=lambda cell: curve(cell[0], cell[1], 8))
    assert sorted(curve(x, y, 8) for x, y in cells) == list(range(64))
    assert all(abs(x - u) + abs(y - v) == 1 for (x, y), (u, v) in pairwise(along))


def test_the_tour_comes_to_every_municipality_once_and_mostly_to_a_neighbour() -> None:
    places = municipalities()
    order = sorted(tour(), key=tour().__getitem__)

    def mean_hop(codes: list[str]) -> float:
        return sum(distance_km(a, b) for a, b in pairwise(codes)) / (len(codes) - 1)

    assert set(order) == set(places)
    assert sorted(tour().values()) == list(range(len(places)))
    assert mean_hop(order) < mean_hop(sorted(places)) / 4
