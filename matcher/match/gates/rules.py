"""The hard constraints in their order: what each reads of both sides, and how it is judged.

What a rule reads of a person (its facts) and of an offer (its demand) decides alone: people
with equal facts and offers with equal demands come out the same. Sentences that are only
shown take no part in equality, so that a rule is judged once for all who are equal
(`matcher.match.gates.columns`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer
from matcher.match.gates.ages import Work, age_of, limits
from matcher.match.gates.asked import Ask, Asked, asks
from matcher.match.gates.burdens import burdens, checked, checks, limits_of, restrictions
from matcher.match.gates.degrees import Schooling, qualification
from matcher.match.gates.holdings import (
    Judged,
    car,
    car_of,
    card,
    cards_of,
    judge_asks,
    licence,
    licences_of,
)
from matcher.match.gates.journeys import Site, Travels, commute
from matcher.match.gates.known import Known
from matcher.match.gates.times import Load, Rota, Working, extents, free, needed, start, times
from matcher.match.gates.tongues import languages, languages_asked, spoken
from matcher.requirements.statement import Topic

#: A kind of gate, and what is asked for and not met.
Unmet = tuple[GateKind, str]

_Facts = TypeVar("_Facts", bound=Hashable)
_Demand = TypeVar("_Demand", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rule(Generic[_Facts, _Demand]):
    """One hard constraint.

    Parameters
    ----------
    gate
        The kind of its results.
    facts
        Reads a person.
    demand
        Reads an offer; None has no results, whoever the person is.
    judge
        Holds a demand against facts.
    """

    gate: GateKind
    facts: Callable[[Known], _Facts]
    demand: Callable[[Offer, Asked], _Demand | None]
    judge: Callable[[_Facts, _Demand], Iterable[GateResult]]

    def unmet(self, facts: _Facts, demand: _Demand) -> frozenset[Unmet]:
        """Return what a demand asks for and a person does not meet."""
        return frozenset(
            (one.gate, one.required)
            for one in self.judge(facts, demand)
            if one.outcome is GateOutcome.UNMET
        )


def _held(
    gate: GateKind,
    facts: Callable[[Known], _Facts],
    demand: Callable[[Offer, Asked], tuple[Ask, ...]],
    judged: Callable[[_Facts, tuple[str, ...]], Judged],
) -> Rule[_Facts, tuple[Ask, ...]]:
    """Return the rule on something that is held or not."""
    return Rule(
        gate,
        facts,
        lambda offer, asked: demand(offer, asked) or None,
        lambda person, asked: judge_asks(gate, person, asked, judged),
    )


#: In the order in which results are shown.
RULES: Final[tuple[Rule[Any, Any], ...]] = (
    _held(
        GateKind.LICENCE,
        licences_of,
        lambda offer, asked: asks(offer.licences, asked, Topic.LICENCE),
        licence,
    ),
    _held(GateKind.OWN_CAR, car_of, lambda _, asked: asked.of(Topic.CAR), car),
    _held(
        GateKind.CARD,
        cards_of,
        lambda offer, asked: asks(offer.cards, asked, Topic.CARD),
        card,
    ),
    _held(
        GateKind.QUALIFICATION,
        Schooling.of,
        lambda _, asked: asked.of(Topic.QUALIFICATION),
        qualification,
    ),
    Rule(GateKind.LANGUAGE, spoken, languages_asked, languages),
    Rule(GateKind.COMMUTE, Travels.of, Site.of, commute),
    Rule(GateKind.WORKING_TIME, Working.of, Rota.of, times),
    Rule(GateKind.WORKING_TIME, Load.can, Load.of, extents),
    Rule(GateKind.START, free, needed, start),
    Rule(GateKind.RESTRICTION, limits_of, burdens, restrictions),
    Rule(GateKind.BACKGROUND_CHECK, lambda _: None, checked, checks),
    Rule(GateKind.AGE, age_of, Work.of, limits),
)
