"""One person under one area's rules on one day: target group and routing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic

from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.errors import InputError
from matcher.pathways.area import Area, R, RoutingRule, TargetRule, in_force
from matcher.pathways.conditions import Facts, evaluate
from matcher.pathways.factnames import FactName
from matcher.pathways.facts import person_facts, search_of
from matcher.pathways.terms import JobSearch
from matcher.pathways.truth import Truth, Verdict


@dataclass(frozen=True, slots=True)
class Ruling(Generic[R]):
    """What a rule answers for a person.

    Parameters
    ----------
    rule
        The version that was asked, with its source.
    verdict
        Yes, no, or unknown with the missing facts.
    """

    rule: R
    verdict: Verdict

    @property
    def truth(self) -> Truth:
        """The answer."""
        return self.verdict.truth

    @property
    def missing(self) -> tuple[FactName, ...]:
        """The facts that nobody has told."""
        return self.verdict.missing


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one person, in the words of one area's rules, on one day.

    Make it with `Standing.of`.

    Parameters
    ----------
    area, on
        Whose rules are asked, and for which day.
    home
        Code of the home municipality; None if unknown.
    situation
        Registrations and the rest.
    facts
        What rules may read; what is absent is unknown.
    """

    area: Area
    on: date
    home: str | None
    situation: Situation
    facts: Facts

    @classmethod
    def of(cls, profile: Profile, situation: Situation, area: Area, on: date) -> Standing:
        """Read the facts of a person for a day.

        Raises
        ------
        InputError
            If the area has no rules for that day.
        """
        if not area.valid.holds(on):
            raise InputError(
                f"The area {area.name} has no rules for {on}: they hold from {area.valid.start}"
                + (f" to {area.valid.end}." if area.valid.end else " on."),
                remedy="Name another area or day; `matcher areas list` shows them.",
            )
        facts = person_facts(profile, situation, area, on)
        return cls(area, on, profile.municipality, situation, facts)

    @property
    def search(self) -> JobSearch | None:
        """The job search of the day; None if there is none or nothing is known of it."""
        return search_of(self.situation, self.area, self.on)


@dataclass(frozen=True, slots=True)
class Route:
    """Which unit serves a person.

    Parameters
    ----------
    rulings
        The rule that decides; if facts are missing, every rule that may, in order.
    """

    rulings: tuple[Ruling[RoutingRule], ...]

    @property
    def rule(self) -> RoutingRule | None:
        """The rule that decides; None while facts are missing."""
        return self.rulings[0].rule if len(self.rulings) == 1 else None

    @property
    def missing(self) -> tuple[FactName, ...]:
        """The facts that nobody has told."""
        return tuple(sorted({fact for each in self.rulings for fact in each.missing}))


def belongs(standing: Standing) -> Ruling[TargetRule]:
    """Judge whether the area serves a person."""
    [rule] = in_force(standing.area.target, standing.on)
    return Ruling(rule, evaluate(rule.when, standing.facts))


def route(standing: Standing) -> Route:
    """Find the unit that serves a person: the first rule that holds decides."""
    found: list[Ruling[RoutingRule]] = []
    for rule in in_force(standing.area.routing, standing.on):
        verdict = evaluate(rule.when, standing.facts) if rule.when else Verdict(Truth.YES, ())
        if verdict.truth is not Truth.NO:
            found.append(Ruling(rule, verdict))
        if verdict.truth is Truth.YES:
            break
    return Route(tuple(found))
