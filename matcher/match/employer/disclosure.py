"""What may be told of counts of people: nothing that points at fewer than five.

Small numbers are not told, nought included, and no number is told from which a small one
could be had by subtraction.

References
----------
Hundepool, A. et al. (2012). Statistical disclosure control. Wiley. Chapter 4: primary and
secondary suppression in tables of frequencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from matcher.domain.insight import Helping, Insight, Obstacle
from matcher.domain.match import Band, GateKind
from matcher.domain.parts import Support

#: Smaller groups are not counted out: one could recognise somebody.
SMALLEST: Final = 5

#: The bands whose people a support could help, all or some of them.
_HELPED: Final[dict[Support, tuple[Band, ...]]] = {
    Support.WORK_TRIAL: (Band.POSSIBLE, Band.TOO_LITTLE_KNOWN),
    Support.PAY_SUBSIDY: (Band.GOOD, Band.POSSIBLE),
    Support.TRAINING_AGREEMENT: (Band.GOOD, Band.POSSIBLE),
}
_BELOW: Final = (Band.POSSIBLE, Band.TOO_LITTLE_KNOWN)


@dataclass(frozen=True, slots=True)
class ToldObstacle:
    """An obstacle as it may be shown; a number is None if it is under five.

    Parameters
    ----------
    gate, required
        As in `Obstacle`.
    shuts_out, brings
        As in `Obstacle`; the first may be told too low where a small number would show.
    """

    gate: GateKind | None
    required: str
    shuts_out: int | None
    brings: int | None


@dataclass(frozen=True, slots=True)
class ToldHelping:
    """A support as it may be shown; the number is None if it is under five."""

    support: Support
    offered: bool
    people: int | None


@dataclass(frozen=True, slots=True)
class ToldInsight:
    """An insight as it may be shown to an employer.

    Parameters
    ----------
    bands
        People by band; None if they are under five.
    at_least
        All of them that are told: the true total would give small bands away.
    obstacles, supports
        As in `Insight`.
    """

    bands: Mapping[Band, int | None]
    at_least: int | None
    obstacles: tuple[ToldObstacle, ...]
    supports: tuple[ToldHelping, ...]


def told(count: int) -> int | None:
    """Return a count if it may be told."""
    return count if count >= SMALLEST else None


def disclosed(insight: Insight) -> ToldInsight:
    """Return what may be told of an insight."""
    bands = {band: told(count) for band, count in insight.bands.items()}
    return ToldInsight(
        bands=bands,
        at_least=_sum(bands, bands),
        obstacles=tuple(_obstacle(one, insight, bands) for one in insight.obstacles),
        supports=tuple(_helping(one, insight, bands) for one in insight.supports),
    )


def _obstacle(one: Obstacle, insight: Insight, bands: Mapping[Band, int | None]) -> ToldObstacle:
    if one.gate is None:
        shuts_out = _part(one.shuts_out, _BELOW, insight, bands)
        brings = _part(one.brings, _BELOW, insight, bands)
    else:
        # Who fails this gate alone is among those who fail it.
        brings = told(one.brings)
        apart = one.shuts_out - one.brings >= SMALLEST
        shuts_out = told(one.shuts_out) if apart else brings
    return ToldObstacle(one.gate, one.required, shuts_out, brings)


def _helping(one: Helping, insight: Insight, bands: Mapping[Band, int | None]) -> ToldHelping:
    people = _part(one.people, _HELPED[one.support], insight, bands)
    return ToldHelping(one.support, one.offered, people)


def _part(
    count: int, whole: Iterable[Band], insight: Insight, bands: Mapping[Band, int | None]
) -> int | None:
    """Tell how many of the people of some bands; nearly all of them are told as all."""
    whole = tuple(whole)
    rest = sum(insight.bands[band] for band in whole) - count
    return told(count) if rest >= SMALLEST else _sum(bands, whole)


def _sum(bands: Mapping[Band, int | None], wanted: Iterable[Band]) -> int | None:
    return told(sum(bands[band] or 0 for band in wanted))
