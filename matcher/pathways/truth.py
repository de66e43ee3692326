"""Three-valued truth: yes, no, and unknown, each with the facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.pathways.factnames import FactName


class Truth(StrEnum):
    """An answer of Kleene's strong logic of indeterminacy.

    References
    ----------
    Kleene, S. C. (1952). Introduction to Metamathematics, § 64.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, and the facts that it rests on.

    Parameters
    ----------
    truth
        The answer.
    facts
        What decided it or, if it is unknown, what could; sorted.
    """

    truth: Truth
    facts: tuple[FactName, ...]

    @property
    def missing(self) -> tuple[FactName, ...]:
        """The facts that nobody has told; none unless the answer is unknown."""
        return self.facts if self.truth is Truth.UNKNOWN else ()

    @property
    def because(self) -> tuple[FactName, ...]:
        """The facts that decided; none if the answer is unknown."""
        return () if self.truth is Truth.UNKNOWN else self.facts


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return no if one is, else unknown if one is, else yes."""
    return _first(verdicts, (Truth.NO, Truth.UNKNOWN, Truth.YES))


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Return yes if one is, else unknown if one is, else no."""
    return _first(verdicts, (Truth.YES, Truth.UNKNOWN, Truth.NO))


def negated(verdict: Verdict) -> Verdict:
    """Return the opposite; unknown stays unknown."""
    opposite = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
    return Verdict(opposite[verdict.truth], verdict.facts)


def _first(verdicts: Sequence[Verdict], order: Sequence[Truth]) -> Verdict:
    present = {each.truth for each in verdicts}
    truth = next(each for each in order if each in present)
    return Verdict(truth, _union(each.facts for each in verdicts if each.truth is truth))


def _union(facts: Iterable[tuple[FactName, ...]]) -> tuple[FactName, ...]:
    return tuple(sorted({name for each in facts for name in each}))
