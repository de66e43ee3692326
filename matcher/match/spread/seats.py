"""The cheapest way to give each of many lists one seat, where columns have several each.

Lists are taken one after the other. Each takes the seat that costs least altogether, also if
others have to move on to other seats: a shortest augmenting path. A path looks only at the
neighbourhood in which seats are scarce, so that the time grows with the lists; with a row of
numbers for every list and all seats, as solvers of the plain assignment problem keep it, it
grows with the square.

References
----------
Jonker and Volgenant (1987), "A shortest augmenting path algorithm for dense and sparse
linear assignment problems". Computing 38.
Tomizawa (1971), "On some techniques useful for solution of transportation network problems".
Networks 1: prices keep all lengths from falling below 0.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.compiled import compiled, fixed

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
#: Where the edges of each list end, the column of each, and its cost.
Edges = tuple[Rows, Rows, Floats]
#: Where the seats of each column begin, how many are taken, by which lists; each list's edge.
Seats = tuple[Rows, Rows, Rows, Rows]
#: How far each column is from a new list, by which edge and list, and whether that is final.
Way = tuple[Floats, Rows, Rows, NDArray[np.bool_]]
#: Instead of an edge, a column or a list.
_NONE: Final = -1


def seat(ends: Rows, columns: Rows, costs: Floats, room: Rows, beyond: float) -> Rows:
    """Give each list a seat in one of its columns, or none, at the least cost altogether.

    Parameters
    ----------
    ends
        int64, shape (n + 1,): the edges of list i are ``ends[i]:ends[i + 1]``.
    columns, costs
        int64 and float64, shape (e,): to which column an edge leads, and what it costs, not
        below 0.
    room
        int64, shape (m,): how many seats each column has.
    beyond
        What it costs to leave a list without a seat.

    Returns
    -------
    ndarray of int64, shape (n,)
        The edge of each list; −1 without a seat. The same input gives the same answer.
    """
    asked = np.bincount(columns, minlength=len(room))
    first = np.concatenate([[0], np.cumsum(np.minimum(room, asked))])
    chosen = np.full(len(ends) - 1, _NONE)
    seats = first, np.zeros(len(room), np.int64), np.full(first[-1], _NONE), chosen
    _seat_all((fixed(ends), fixed(columns), fixed(costs)), seats, beyond)
    return chosen


@compiled
def _seat_all(edges: Edges, seats: Seats, beyond: float) -> None:
    """Seat one list after the other.

    The price of a column, 0 or below, is what its scarcity adds to the cost of a seat in it,
    as a negative number: with prices taken off, no edge is shorter than the one in use.
    """
    count = len(seats[0]) - 1
    prices = np.zeros(count)
    found = np.full(count, np.inf), np.zeros(count, np.int64), np.zeros(count, np.int64)
    way = (*found, np.zeros(count, np.bool_))
    far, final = way[0], way[3]
    for new in range(len(seats[3])):
        reached = [_NONE]
        end, length, leaver = _shortest(edges, (seats, prices, way), reached, new, beyond)
        _move(edges[1], seats, way, (end, leaver, new))
        for column in reached[1:]:
            if final[column]:
                prices[column] += far[column] - length
            far[column], final[column] = np.inf, False


@compiled
def _shortest(
    edges: Edges,
    state: tuple[Seats, Floats, Way],
    reached: list[int],
    new: int,
    beyond: float,
) -> tuple[int, float, int]:
    """Return the column with a free seat that is nearest to a new list, and how far it is.

    If it costs less to leave a list without a seat, that list comes third, and no column.
    """
    (first, taken, sitting, chosen), prices, way = state
    costs, far, final = edges[2], way[0], way[3]
    shortest, leaver = beyond, new
    heap = [(0.0, _NONE)]
    heap.pop()  # It told what it is a list of.
    _reach(edges, (prices, way), (new, 0.0), reached, heap)
    while heap:
        length, column = heappop(heap)
        if length >= shortest:
            break
        if final[column] or length > far[column]:
            continue
        if taken[column] < first[column + 1] - first[column]:
            return column, length, _NONE
        final[column] = True
        for at in range(first[column], first[column] + taken[column]):
            mover = sitting[at]
            left = length - (costs[chosen[mover]] - prices[column])
            if left + beyond < shortest:
                shortest, leaver = left + beyond, mover
            _reach(edges, (prices, way), (mover, left), reached, heap)
    return _NONE, shortest, leaver


@compiled
def _reach(
    edges: Edges,
    state: tuple[Floats, Way],
    mover: tuple[int, float],
    reached: list[int],
    heap: list[tuple[float, int]],
) -> None:
    """Note how far columns are over a list that has so much behind it without its own seat."""
    ends, columns, costs = edges
    prices, (far, by_edge, by_list, final) = state
    one, left = mover
    for edge in range(ends[one], ends[one + 1]):
        column = columns[edge]
        there = left + costs[edge] - prices[column]
        if not final[column] and there < far[column]:
            if far[column] == np.inf:
                reached.append(column)
            far[column], by_edge[column], by_list[column] = there, edge, one
            heappush(heap, (there, column))


@compiled
def _move(columns: Rows, seats: Seats, way: Way, path: tuple[int, int, int]) -> None:
    """Seat the new list at the beginning of a path, each list on it taking the next one's seat."""
    first, taken, sitting, chosen = seats
    _, by_edge, by_list, _ = way
    column, leaver, new = path
    if leaver == new:
        return
    if column >= 0:
        at = first[column] + taken[column]
        taken[column] += 1
    else:
        column = columns[chosen[leaver]]
        at = _seat_of(leaver, first[column], sitting)
        chosen[leaver] = _NONE
    while True:
        mover, before = by_list[column], chosen[by_list[column]]
        sitting[at], chosen[mover] = mover, by_edge[column]
        if mover == new:
            return
        column = columns[before]
        at = _seat_of(mover, first[column], sitting)


@compiled
def _seat_of(one: int, at: int, sitting: Rows) -> int:
    """Return the seat of a list, which is this one or one after it."""
    while sitting[at] != one:
        at += 1
    return at
