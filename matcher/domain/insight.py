"""What an employer learns of a need at once: how many people fit, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.domain.match import Band, GateKind
from matcher.domain.parts import Support


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A gate or a requirement that keeps people from a need.

    Parameters
    ----------
    gate
        Which hard constraint; None for a requirement.
    required
        What is asked for: a gate's code or number, or the requirement in its own words.
    shuts_out
        How many people it keeps out: of those who fit otherwise, all who fail the gate; or
        of those who fit less than well, all who do not answer the requirement.
    brings
        How many of them would fit if nobody asked for it: free of unmet gates, or, where a
        requirement goes, in one of the two upper bands.
    """

    gate: GateKind | None
    required: str
    shuts_out: int
    brings: int


@dataclass(frozen=True, slots=True)
class Helping:
    """A support that could help some of the people in reach to start.

    Parameters
    ----------
    support
        Which one.
    offered
        Whether the need says that the company is ready for it.
    people
        How many it could help; who is entitled to it is decided person by person.
    """

    support: Support
    offered: bool
    people: int


@dataclass(frozen=True, slots=True)
class Insight:
    """How many people fit a need, exactly: for the service itself, not for showing.

    Parameters
    ----------
    bands
        People in reach whom no gate keeps out, by band.
    obstacles
        What stands in the way, the most promising to ease first.
    supports
        What could help.
    """

    bands: Mapping[Band, int]
    obstacles: tuple[Obstacle, ...]
    supports: tuple[Helping, ...]
