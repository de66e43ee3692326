"""Where in the path of a job search a person stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matcher.pathways.area import PhaseKind, PhaseRule, in_force
from matcher.pathways.conditions import evaluate
from matcher.pathways.factnames import FactName
from matcher.pathways.standing import Ruling, Standing
from matcher.pathways.truth import Truth

#: Whatever the order of the versions in the file.
_ORDER: Final = tuple(PhaseKind)


@dataclass(frozen=True, slots=True)
class PhaseAnswer:
    """The phase of a person, or the phases that it may be.

    Parameters
    ----------
    reached
        The last phase that has surely begun; None if none has.
    possible
        Later phases that may have begun already, in order, with the missing facts.
    """

    reached: Ruling[PhaseRule] | None
    possible: tuple[Ruling[PhaseRule], ...]

    @property
    def phase(self) -> PhaseKind | None:
        """The phase; None while facts are missing, and for who is no jobseeker."""
        return None if self.possible or self.reached is None else self.reached.rule.phase

    @property
    def missing(self) -> tuple[FactName, ...]:
        """The facts that nobody has told."""
        return tuple(sorted({fact for each in self.possible for fact in each.missing}))


def phase_of(standing: Standing) -> PhaseAnswer:
    """Find the phase of a person: the last one that has begun."""
    rulings = [
        Ruling(rule, evaluate(rule.begins, standing.facts))
        for rule in sorted(in_force(standing.area.phases, standing.on), key=_order)
    ]
    begun = [i for i, each in enumerate(rulings) if each.truth is Truth.YES]
    later = rulings[begun[-1] + 1 :] if begun else rulings
    return PhaseAnswer(
        reached=rulings[begun[-1]] if begun else None,
        possible=tuple(each for each in later if each.truth is Truth.UNKNOWN),
    )


def _order(rule: PhaseRule) -> int:
    return _ORDER.index(rule.phase)
