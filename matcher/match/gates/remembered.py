"""What rules said of people and offers before: many people have the same facts."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import Final, Protocol

import orjson

from matcher.domain.match import GateOutcome, GateResult
from matcher.match.gates.rules import RULES
from matcher.match.gates.sides import Demands, Facts

#: So many outcomes are remembered, of a few hundred bytes each.
MOST: Final = 200_000


class Asking(Protocol):
    """An offer with what rules read of it."""

    @property
    def number(self) -> int:
        """Another one for every offer that was read, also for the same offer read again."""

    @property
    def demands(self) -> Demands:
        """What rules read of the offer."""


class Judged:
    """How one rule came out for somebody and an offer.

    Parameters
    ----------
    results
        What is shown of it.
    """

    def __init__(self, results: tuple[GateResult, ...]) -> None:
        self.results = results
        self.is_unmet = any(one.outcome is GateOutcome.UNMET for one in results)

    @cached_property
    def written(self) -> str:
        """The results as JSON, without brackets around them."""
        return orjson.dumps(self.results)[1:-1].decode()


def spelled_out(facts: Facts) -> tuple[str, ...]:
    """Return all that each rule reads of a person, also what is only shown.

    Facts that are equal to a rule may be of people who say it in other words, and nobody is
    shown another one's.
    """
    return tuple(map(repr, facts.parts))


class Remembered:
    """Remembers how rules came out, for as long as somebody keeps it."""

    def __init__(self) -> None:
        self._judged: dict[tuple[int, int, str], Judged] = {}

    def judged(self, facts: Facts, spelled: tuple[str, ...], offer: Asking) -> tuple[Judged, ...]:
        """Return how the rules come out that an offer gives reason for, in their order.

        Parameters
        ----------
        facts, spelled
            Of the person, and the same as `spelled_out`.
        offer
            Held against them.
        """
        number, known = offer.number, self._judged
        return tuple(
            known.get((number, at, spelled[at]))
            or self._judge((number, at, spelled[at]), facts.parts[at], demand)
            for at, demand in enumerate(offer.demands)
            if demand is not None
        )

    def _judge(self, key: tuple[int, int, str], part: Hashable, demand: Hashable) -> Judged:
        if len(self._judged) > MOST:
            self._judged.clear()
        judged = self._judged[key] = Judged(tuple(RULES[key[1]].judge(part, demand)))
        return judged
