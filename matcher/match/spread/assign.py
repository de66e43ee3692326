"""Spread: not everybody is sent to the same few jobs.

The first three positions of all lists are filled one after another. Each is an assignment
of lists to offers with capacities: every list gets one offer that is nearly as good as the
best one left in it, no offer more lists than it has room for, and the loss of score is the
least possible. What follows the first positions keeps its order.

For whom no nearly equal offer has room left, the best one stays: relevance is not given up
for spread. Since every position k holds an offer with at least ``1 - slack`` times the k-th
best score, no list loses more than ``slack`` of its nDCG, at any cut, with its own scores
as gains.

References
----------
Borisyuk, Zhang and Kenthapadi (2017), "LiJAR: a system for job application redistribution
towards efficient career marketplace". KDD.
Mashayekhi, Kang, Lijffijt and De Bie (2023), "ReCon: reducing congestion in job
recommendation using optimal transport". RecSys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.match.spread.seats import seat

#: The positions that are spread: those that are read.
POSITIONS: Final = 3
#: An offer that does not tell how many people it can take counts as one that takes so many.
UNKNOWN_PLACES: Final = 1
#: Of equal solutions the one that keeps more of the order before.
_TIE: Final = 1e-7
#: Price of standing beyond the room of an offer: above any loss, which is below 1.
_BEYOND: Final = 3.0

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SpreadRule:
    """How lists are spread.

    Parameters
    ----------
    slack
        Share of the best score that an offer may lack to count as nearly equal, 0 to 1; also
        the most that a list may lose of its nDCG.
    multiple
        How many times its fair share of the first positions an offer may get; its fair share
        is its share of all places.
    """

    slack: float = 0.1
    multiple: float = 2.0

    def __post_init__(self) -> None:
        """Refuse what is no rule."""
        if not 0 <= self.slack < 1 or self.multiple <= 0:
            raise InputError(
                f"slack {self.slack} and multiple {self.multiple} make no rule.",
                remedy="Give a slack from 0 to below 1, and a multiple above 0.",
            )


@dataclass(frozen=True, slots=True)
class Ranking:
    """A person's offers, best first, with their scores."""

    person: str
    offers: tuple[str, ...]
    scores: tuple[float, ...]


def capacities(
    rankings: Sequence[Ranking], places: Mapping[str, int | None], rule: SpreadRule, position: int
) -> dict[str, int]:
    """Return how often each offer may stand among the first positions of all lists.

    Parameters
    ----------
    rankings
        All lists that hold something.
    places
        How many people each offer can take; None, or absent, is unknown.
    rule
        How lists are spread.
    position
        How many first positions are counted together.

    Returns
    -------
    dict
        For each offer of the lists, at least 1.
    """
    offers = sorted({offer for ranking in rankings for offer in ranking.offers})
    taken = {offer: places.get(offer) or UNKNOWN_PLACES for offer in offers}
    shown = sum(min(position, len(ranking.offers)) for ranking in rankings)
    fair = rule.multiple * shown / max(1, sum(taken.values()))
    return {offer: max(1, int(fair * count)) for offer, count in taken.items()}


def spread(
    rankings: Sequence[Ranking], places: Mapping[str, int | None], rule: SpreadRule
) -> list[tuple[int, ...]]:
    """Spread the first positions of many lists over the offers.

    Parameters
    ----------
    rankings
        All lists of one kind of offer; empty ones stay empty.
    places
        How many people each offer can take; None, or absent, is unknown.
    rule
        How lists are spread.

    Returns
    -------
    list of tuple of int
        For each list which of its positions (from 0) stands first, second and so on: a
        permutation. The same lists in the same order give the same answer.
    """
    filled = [ranking for ranking in rankings if ranking.offers]
    chosen: list[list[int]] = [[] for _ in rankings]
    used: Counter[str] = Counter()
    for position in range(1, POSITIONS + 1):
        room = capacities(filled, places, rule, position)
        free = {offer: room[offer] - used[offer] for offer in room}
        for row, place in _assign(rankings, chosen, free, rule.slack).items():
            chosen[row].append(place)
            used[rankings[row].offers[place]] += 1
    return [
        (*first, *(place for place in range(len(ranking.offers)) if place not in first))
        for ranking, first in zip(rankings, chosen, strict=True)
    ]


def _assign(
    rankings: Sequence[Ranking],
    chosen: Sequence[Sequence[int]],
    free: Mapping[str, int],
    slack: float,
) -> dict[int, int]:
    """Give every list one more offer: its row, and the place of the offer in it."""
    edges = [
        (row, place)
        for row, ranking in enumerate(rankings)
        for place in _nearly_best(ranking, chosen[row], slack)
    ]
    if not edges:
        return {}
    rows = sorted({row for row, _ in edges})
    offers = sorted({rankings[row].offers[place] for row, place in edges})
    lists = np.searchsorted(rows, [row for row, _ in edges])
    number = {offer: n for n, offer in enumerate(offers)}
    columns = np.array([number[rankings[row].offers[place]] for row, place in edges])
    values = np.array([rankings[row].scores[place] for row, place in edges])
    best = np.zeros(len(rows))
    np.maximum.at(best, lists, values)
    loss = 1 - values / np.maximum(best[lists], 1e-12)
    loss += _TIE * np.array([place for _, place in edges])
    room = np.array([max(0, free[offer]) for offer in offers])
    solution = _solve(loss, lists, columns, room)
    return dict(edges[edge] for edge in solution.tolist())


def _nearly_best(ranking: Ranking, chosen: Sequence[int], slack: float) -> list[int]:
    """Return the places of the offers left that are nearly as good as the best of them."""
    left = [place for place in range(len(ranking.offers)) if place not in chosen]
    if not left:
        return []
    enough = (1 - slack) * max(ranking.scores[place] for place in left)
    return [place for place in left if ranking.scores[place] >= enough]


def _solve(loss: Floats, lists: Rows, columns: Rows, room: Rows) -> Rows:
    """Return the edges of the best assignment, one for each list, in the order of the lists.

    An offer stands as often as it has room; a list for which there is none keeps its best
    offer beyond that offer's room, at a price no nearly equal one has.
    """
    ends = np.concatenate([[0], np.cumsum(np.bincount(lists))])
    found = seat(ends, columns, loss, room, _BEYOND)
    order = np.lexsort((np.arange(len(loss)), loss, lists))
    return np.where(found >= 0, found, order[ends[:-1]])
