"""Conditions of rules: comparisons of facts joined by all, any and not, read in three values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from matcher.errors import InputError
from matcher.pathways.factnames import FactName, FactValue, Span
from matcher.pathways.truth import Truth, Verdict, all_of, any_of, negated

Facts: TypeAlias = Mapping[FactName, FactValue]


class Bound(StrEnum):
    """How a number is compared with a limit."""

    BELOW = "below"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class FlagIs:
    """A flag has this value."""

    fact: FactName
    value: bool


@dataclass(frozen=True, slots=True)
class NumberIs:
    """A number is below a limit, or at least that."""

    fact: FactName
    bound: Bound
    limit: float


@dataclass(frozen=True, slots=True)
class CodeIs:
    """A code is one of these."""

    fact: FactName
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Comparison: TypeAlias = FlagIs | NumberIs | CodeIs
Condition: TypeAlias = Comparison | All | Any | Not


def evaluate(condition: Condition, facts: Facts) -> Verdict:
    """Judge a condition; a fact that is absent is unknown, and unknown is never agreement.

    Parameters
    ----------
    condition
        As a rule states it.
    facts
        What is known.

    Returns
    -------
    Verdict
        Learning a missing fact never turns a yes into a no, or a no into a yes.

    Raises
    ------
    InputError
        If a fact has a value of another kind than the rule compares it with.
    """
    match condition:
        case All(parts):
            return all_of([evaluate(part, facts) for part in parts])
        case Any(parts):
            return any_of([evaluate(part, facts) for part in parts])
        case Not(part):
            return negated(evaluate(part, facts))
        case _:
            return Verdict(_compare(condition, facts), (condition.fact,))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of a condition, from left to right."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)
        case _:
            yield condition


def _compare(comparison: Comparison, facts: Facts) -> Truth:
    value = facts.get(comparison.fact)
    match comparison, value:
        case _, None:
            return Truth.UNKNOWN
        case FlagIs(_, wanted), bool():
            return _known(value is wanted)
        case CodeIs(_, codes), str():
            return _known(value in codes)
        case NumberIs(_, bound, limit), Span(low, high):
            return _within(bound, limit, low, high)
    raise InputError(
        f"The fact {comparison.fact} cannot be compared: its value is {value!r}.",
        remedy="Give a flag for a flag, a number for a number and a code for a code.",
        field=comparison.fact,
    )


def _known(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def _within(bound: Bound, limit: float, low: float, high: float) -> Truth:
    """Compare a number of which perhaps only bounds are known."""
    if low < limit <= high:
        return Truth.UNKNOWN
    return _known((high < limit) if bound is Bound.BELOW else (low >= limit))
