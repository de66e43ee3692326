"""What all rules read of a person, and of an offer."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from matcher.domain.match import GateResult
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.match.gates.asked import asked_in
from matcher.match.gates.known import Known
from matcher.match.gates.rules import RULES


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules read of one person on a day, in the order of the rules."""

    parts: tuple[Hashable, ...]

    @classmethod
    def of(cls, profile: Profile, on: date) -> Facts:
        """Read a profile.

        Parameters
        ----------
        profile
            Whose.
        on
            The day on which age limits are judged.
        """
        known = Known.of(profile, on)
        return cls(tuple(rule.facts(known) for rule in RULES))


#: What the rules read of an offer, in their order; None where nothing is asked for.
Demands = tuple[Hashable | None, ...]


def demands_of(offer: Offer) -> Demands:
    """Read an offer."""
    asked = asked_in(offer)
    return tuple(rule.demand(offer, asked) for rule in RULES)


def results(facts: Facts, demands: Demands) -> tuple[GateResult, ...]:
    """Return the results that are shown of one person and one offer, rule after rule."""
    parts = zip(RULES, facts.parts, demands, strict=True)
    return tuple(
        result
        for rule, part, demand in parts
        if demand is not None
        for result in rule.judge(part, demand)
    )
