"""The gates of one offer for many people: each rule is judged once for equal facts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from matcher.domain.offer import Offer
from matcher.match.gates.rules import RULES, Unmet
from matcher.match.gates.sides import Facts, demands_of


def unmet_by(people: Sequence[Facts], offer: Offer) -> list[frozenset[Unmet]]:
    """Return what an offer asks for and each of many people lacks.

    Parameters
    ----------
    people
        What gates read of each of them.
    offer
        Of any kind.

    Returns
    -------
    list of frozenset
        For each person the kinds of gate with what they ask for. What a restriction asks for
        is told in the words of somebody with an equal one.
    """
    found: list[frozenset[Unmet]] = [frozenset()] * len(people)
    for number, (rule, demand) in enumerate(zip(RULES, demands_of(offer), strict=True)):
        if demand is None:
            continue
        judged: dict[Hashable, frozenset[Unmet]] = {}
        for place, person in enumerate(people):
            part = person.parts[number]
            if part not in judged:
                judged[part] = rule.unmet(part, demand)
            if judged[part]:
                found[place] |= judged[part]
    return found
