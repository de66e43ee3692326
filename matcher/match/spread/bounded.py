"""Spread as far as the loss of relevance allows, and no further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matcher.errors import InputError
from matcher.match.spread.assign import Ranking, SpreadRule, spread
from matcher.match.spread.curve import losses

#: The lists may lose so much nDCG@10 on average.
MOST_LOST: Final = 0.05
#: How often the slack is halved towards the bound: to a sixty-fourth of the span.
_HALVINGS: Final = 6


@dataclass(frozen=True, slots=True)
class Bounded:
    """Lists that were spread within a bound.

    Parameters
    ----------
    orders
        For each list which of its positions (from 0) stands first, second and so on.
    slack
        With which they were spread.
    loss
        Mean loss of nDCG@10, with the scores before as gains.
    """

    orders: list[tuple[int, ...]]
    slack: float
    loss: float


def spread_within(
    rankings: Sequence[Ranking],
    places: Mapping[str, int | None],
    rule: SpreadRule,
    most_lost: float = MOST_LOST,
) -> Bounded:
    """Spread with the slack of a rule or, where that loses too much, with less.

    A slack of `most_lost` cannot lose more than that (`matcher.match.spread.assign`). Between
    it and the slack of the rule the bound is looked for by halving; what is returned was
    measured to keep within it.

    Parameters
    ----------
    rankings, places
        As for `matcher.match.spread.assign.spread`.
    rule
        Its slack is the largest that is tried.
    most_lost
        Greatest mean loss, 0 to below 1.

    Returns
    -------
    Bounded
        The same lists in the same order give the same answer.

    Raises
    ------
    InputError
        If `most_lost` is not from 0 to below 1.
    """
    if not 0 <= most_lost < 1:
        raise InputError(
            f"A loss of {most_lost} is no bound.", remedy="Give a share from 0 to below 1."
        )
    found = _spread(rankings, places, rule)
    if found.loss <= most_lost:
        return found
    high = rule.slack
    found = _spread(rankings, places, replace(rule, slack=most_lost))
    for _ in range(_HALVINGS):
        tried = _spread(rankings, places, replace(rule, slack=(found.slack + high) / 2))
        if tried.loss <= most_lost:
            found = tried
        else:
            high = tried.slack
    return found


def _spread(
    rankings: Sequence[Ranking], places: Mapping[str, int | None], rule: SpreadRule
) -> Bounded:
    orders = spread(rankings, places, rule)
    lost = losses(rankings, orders)
    return Bounded(orders, rule.slack, sum(lost) / max(1, len(lost)))
