"""What spread costs and brings: one point for each slack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.match.spread.assign import POSITIONS, UNKNOWN_PLACES, Ranking, SpreadRule, spread
from matcher.metrics.exposure import gini, lorenz, order_ndcg, top_share

_TOP: Final = 10
_CUT: Final = 10
_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class SpreadFigures:
    """How lists show the offers of a region.

    Parameters
    ----------
    loss
        Mean loss of nDCG@10, with the scores before as gains.
    worst
        Greatest loss of one list.
    top_first, top_places
        Share of the ten offers with most first places in first places, and in places.
    gini
        Of how often offers stand among the first three, for each of their places.
    starving
        How many offers of the lists never stand among the first three.
    moved
        How many lists have another first three.
    curve
        Of the same exposures as `gini`, by twentieths of the offers, as `lorenz` gives it.
    """

    loss: float
    worst: float
    top_first: float
    top_places: float
    gini: float
    starving: int
    moved: int
    curve: tuple[float, ...] = ()


def figures(
    rankings: Sequence[Ranking],
    orders: Sequence[Sequence[int]],
    places: Mapping[str, int | None],
) -> SpreadFigures:
    """Measure lists in an order.

    Parameters
    ----------
    rankings
        The lists as they were ranked.
    orders
        For each which of its positions (from 0) stands first, second and so on.
    places
        How many people each offer can take.
    """
    offers = sorted({offer for ranking in rankings for offer in ranking.offers})
    taken = {offer: places.get(offer) or UNKNOWN_PLACES for offer in offers}
    pairs = [pair for pair in zip(rankings, orders, strict=True) if pair[0].offers]
    first = Counter(ranking.offers[order[0]] for ranking, order in pairs)
    shown = Counter(
        ranking.offers[place] for ranking, order in pairs for place in order[:POSITIONS]
    )
    lost = losses(rankings, orders)
    exposures = [shown[offer] / taken[offer] for offer in offers]
    top = top_share({offer: first[offer] for offer in offers}, taken, _TOP)
    return SpreadFigures(
        sum(lost) / max(1, len(lost)),
        max(lost, default=0.0),
        *top,
        gini(exposures),
        sum(not shown[offer] for offer in offers),
        sum(list(order[:POSITIONS]) != sorted(order)[:POSITIONS] for _, order in pairs),
        lorenz(exposures, _STEPS),
    )


def losses(rankings: Sequence[Ranking], orders: Sequence[Sequence[int]]) -> list[float]:
    """Return what each list that holds something loses of its nDCG@10, 0 to 1.

    Parameters
    ----------
    rankings, orders
        As for `figures`; the scores are the gains.
    """
    return [
        1 - order_ndcg([ranking.scores[place] for place in order], _CUT)
        for ranking, order in zip(rankings, orders, strict=True)
        if ranking.offers
    ]


def trade_off(
    rankings: Sequence[Ranking],
    places: Mapping[str, int | None],
    slacks: Sequence[float],
    multiple: float = SpreadRule().multiple,
) -> list[tuple[float, SpreadFigures]]:
    """Spread the same lists with growing slack.

    Parameters
    ----------
    rankings, places
        As for `matcher.match.spread.assign.spread`.
    slacks
        Of the rules; the first point is that of slack 0, if it is among them.
    multiple
        Of all rules.

    Returns
    -------
    list of (slack, figures)
    """
    return [
        (slack, figures(rankings, spread(rankings, places, SpreadRule(slack, multiple)), places))
        for slack in slacks
    ]
