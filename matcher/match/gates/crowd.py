"""Many people as gates read them: facts that several of them share are looked at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.encode.batch import Rows
from matcher.match.gates.rules import RULES
from matcher.match.gates.sides import Facts


@dataclass(frozen=True, slots=True)
class Shared:
    """What one rule reads of many people.

    Parameters
    ----------
    facts
        The different ones.
    of
        int64, shape (people,): which of them are each person's.
    """

    facts: tuple[Hashable, ...]
    of: Rows


@dataclass(frozen=True, slots=True)
class Crowd:
    """What all rules read of many people.

    Parameters
    ----------
    parts
        Rule after rule.
    """

    parts: tuple[Shared, ...]

    @classmethod
    def of(cls, people: Sequence[Facts]) -> Crowd:
        """Bring together who has the same facts to a rule."""
        return cls(tuple(_shared([one.parts[at] for one in people]) for at in range(len(RULES))))


def _shared(facts: Sequence[Hashable]) -> Shared:
    numbers: dict[Hashable, int] = {}
    of = np.array([numbers.setdefault(one, len(numbers)) for one in facts], np.int64)
    return Shared(tuple(numbers), of)
