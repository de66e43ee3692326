"""Seats are given at the least cost of all: as a solver of the plain assignment problem does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matcher.match.spread.seats import seat

BEYOND = 3.0


def seated(costs: list[dict[int, float]], room: list[int]) -> list[int | None]:
    """Return the column of each list, of which is told what each column costs."""
    ends = np.cumsum([0, *map(len, costs)])
    columns = np.array([column for one in costs for column in one], np.int64)
    prices = np.array([price for one in costs for price in one.values()], np.float64)
    found = seat(ends, columns, prices, np.array(room), BEYOND)
    return [int(columns[edge]) if edge >= 0 else None for edge in found]


def cost(costs: list[dict[int, float]], columns: list[int | None]) -> float:
    pairs = zip(costs, columns, strict=True)
    return sum(BEYOND if column is None else one[column] for one, column in pairs)


def least(costs: list[dict[int, float]], room: list[int]) -> float:
    """Return the least cost, by a row of numbers for every list: a column for each seat."""
    seats = [column for column, count in enumerate(room) for _ in range(count)]
    table = np.full((len(costs), len(seats) + len(costs)), BEYOND)
    for row, one in enumerate(costs):
        table[row, : len(seats)] = [one.get(column, 2 * BEYOND) for column in seats]
    return float(table[linear_sum_assignment(table)].sum())


def test_who_loses_less_by_it_moves_on() -> None:
    # The first has taken column 0; to move on costs it .1, and the second would lose .5.
    assert seated([{0: 0.0, 1: 0.1}, {0: 0.0, 1: 0.5}], [1, 1]) == [1, 0]


def test_a_column_has_as_many_seats_as_it_has_room() -> None:
    assert seated([{0: 0.0}, {0: 0.0}, {0: 0.0}, {1: 0.0}], [2, 0]) == [0, 0, None, None]


def test_who_can_go_nowhere_else_is_left_without_a_seat_though_it_had_one() -> None:
    # Two seats for three: the one whose seat costs most is left, whenever it came.
    assert seated([{0: 0.3}, {0: 0.1, 1: 0.2}, {1: 0.1}], [1, 1]) == [None, 0, 1]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.integers(0, 4), st.integers(0, 99).map(lambda n: n / 100), min_size=1),
        min_size=1,
        max_size=9,
    ),
    st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
def test_no_other_seats_cost_less_altogether(
    costs: list[dict[int, float]], room: list[int]
) -> None:
    found = seated(costs, room)
    assert all(found.count(column) <= count for column, count in enumerate(room))
    assert cost(costs, found) == pytest.approx(least(costs, room))
