"""What rules said of people and offers before: many people have the same facts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property
from typing import Final, Protocol

import orjson

from matcher.domain.match import GateOutcome, GateResult
from matcher.match.gates.rules import RULES
from matcher.match.gates.sides import Demands, Facts

#: So many outcomes are remembered, of a few hundred bytes each.
MOST: Final = 200_000


#: What one rule reads of an offer: number of the rule, the demand spelled out, and the demand.
Demand = tuple[int, str, Hashable]


class Asking(Protocol):
    """An offer with what rules read of it."""

    @property
    def asked(self) -> tuple[Demand, ...]:
        """What rules read of the offer, as `demanded` returns it."""


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


def demanded(demands: Demands) -> tuple[Demand, ...]:
    """Return what rules read of an offer, without the rules that it gives no reason for.

    Offers that ask for the same in the same words are told from each other by nothing.
    """
    return tuple(
        (at, f"{at}{demand!r}", demand) for at, demand in enumerate(demands) if demand is not None
    )


class Remembered:
    """Remembers how rules came out, for as long as somebody keeps it."""

    def __init__(self) -> None:
        #: By rule and facts, then by demand.
        self._judged: dict[tuple[int, str], dict[str, Judged]] = {}
        self._count = 0

    def judge(self, facts: Facts, spelled: tuple[str, ...]) -> Judge:
        """Return what judges one person.

        Parameters
        ----------
        facts, spelled
            Of the person, and the same as `spelled_out`.
        """
        if self._count > MOST:
            # Whoever judges at the moment has what they need of it at hand.
            self._judged, self._count = {}, 0
        known = [self._judged.setdefault(one, {}) for one in enumerate(spelled)]
        return Judge(self, facts, known)

    def count(self) -> None:
        """Count one outcome more."""
        self._count += 1


class Judge:
    """Judges one person, and asks no rule about what it said before of the same facts.

    Parameters
    ----------
    remembered
        Counts what is remembered.
    facts
        Of the person.
    known
        How each rule came out for such facts, by demand.
    """

    def __init__(
        self, remembered: Remembered, facts: Facts, known: Sequence[dict[str, Judged]]
    ) -> None:
        self._remembered = remembered
        self._facts = facts
        self._known = known

    def judged(self, offer: Asking) -> tuple[Judged, ...]:
        """Return how the rules come out that an offer gives reason for, in their order."""
        known = self._known
        return tuple(
            [
                known[at].get(asked) or self._judge(at, asked, demand)
                for at, asked, demand in offer.asked
            ]
        )

    def _judge(self, at: int, asked: str, of_offer: Hashable) -> Judged:
        self._remembered.count()
        judged = Judged(tuple(RULES[at].judge(self._facts.parts[at], of_offer)))
        self._known[at][asked] = judged
        return judged
