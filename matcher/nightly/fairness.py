"""The fairness audit of a night: twins before lists are made, groups once they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from matcher.domain.kinds import RecordKind
from matcher.evaluate.fairness.groups import Attribute, group_of
from matcher.evaluate.fairness.pairs import BOUNDS, PairFigure
from matcher.evaluate.fairness.rates import RATIO_AT_LEAST, GroupRate, group_rates
from matcher.nightly.gates import Gate, GateFigure
from matcher.store.store import Store

_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Groups:
    """How groups fare in a night's lists; kept with the report, also of a night that is refused.

    Parameters
    ----------
    rates
        By attribute and group.
    """

    rates: tuple[GroupRate, ...]

    def figures(self, accept: Collection[Gate]) -> tuple[GateFigure, ...]:
        """Return a figure for the worst off group of each attribute that has a bound."""
        worst: dict[Attribute, GroupRate] = {}
        for one in self.rates:
            before = worst.get(one.attribute)
            if one.is_bounded and one.ratio and (before is None or _reach(one) < _reach(before)):
                worst[one.attribute] = one
        found = [_figure(one) for one in worst.values()]
        return tuple(
            replace(figure, passed=figure.passed or figure.gate in accept) for figure in found
        )


def audit_groups(store: Store, run_id: str, on: date) -> Groups:
    """Measure how groups fare in the lists of a run."""

    def groups_of(ids: Sequence[str]) -> Mapping[Attribute, Sequence[str]]:
        known, homes = store.attributes.get_many(ids), store.attributes.homes(ids)
        return {
            attribute: [group_of(attribute, known.get(id), homes.get(id), on) for id in ids]
            for attribute in Attribute
        }

    return Groups(tuple(group_rates(store.lists.orders_of(run_id, _AT_ONCE), groups_of)))


def twin_figure(found: PairFigure) -> GateFigure:
    """Return how alike twins are as a figure of a gate."""
    told = (
        f"{found.variation}: {found.pairs:,} pairs, worst {1 - found.worst:.3f}, "
        f"{found.shared:.0%} of the first ten shared"
    )
    at_least = 1 - BOUNDS[found.variation]
    return GateFigure(Gate.TWINS, RecordKind.PROFILE, 1 - found.mean, at_least, told, found.passes)


def _reach(one: GroupRate) -> float:
    return one.ratio.high if one.ratio else float("inf")


def _figure(one: GroupRate) -> GateFigure:
    rate = f"{one.good.value:.0%} of {one.people:,}" if one.good else "nobody"
    told = f"{one.attribute} {one.group}: {rate} have a good match; upper end against the others"
    return GateFigure(
        Gate.GROUPS, RecordKind.PROFILE, _reach(one), RATIO_AT_LEAST, told, one.passes
    )
