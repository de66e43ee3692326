"""A package: jobs, trainings and services side by side that cover a person's barriers.

What may become part of it, within which limits, and what was chosen
(`matcher.pathways.choose`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from matcher.domain.barriers import Severity
from matcher.domain.offer import OfferKind

#: Steps in which a package is laid out: now, next, then.
STAGES: Final = 3
#: Hours of a week that full-time work or study takes, and that an unknown extent may take:
#: working hours act (työaikalaki 872/2019) 5 §.
FULL_TIME_HOURS: Final = 40.0
#: Hours of a week that a service of unknown extent may take: meetings, not a full day.
SERVICE_HOURS: Final = 6.0
#: Worth of covering a barrier wholly, by severity.
SEVERITY_WORTH: Final[dict[Severity, float]] = {
    Severity.MILD: 1.0,
    Severity.MODERATE: 2.0,
    Severity.SEVERE: 4.0,
}
#: How much of a barrier is covered by what is for its area of life, as long as nobody knows whether
#: it helps with this one. Several such things cover no more: none of them may be the right one.
AREA_SHARE: Final = 0.6
#: Worth of the best match, small beside a barrier: the barriers decide the mix, ranking the items.
RELEVANCE_WORTH: Final = 0.05
#: What an item costs in worth only by being one more thing to do.
EFFORT: Final = 0.01
#: What a thousand euros cost in worth.
THOUSAND_EUROS: Final = 0.005
#: What a later stage costs in worth, so that nothing waits without need.
DELAY: Final = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may become part of a package.

    Parameters
    ----------
    kind, offer_id
        Which offer.
    relevance
        0 to 1, how high it ranks for the person.
    covers
        For each barrier it helps with, by position, how much of it: above 0 to 1.
    touches
        Positions of the barriers of whose area it is, while nobody knows whether it helps.
    weekly_hours
        Time it takes; None is unknown, counts as full time for work and study and as some
        meetings for a service, and is to be asked.
    places
        How many people it can still take; None is unknown.
    cost_eur
        What taking part costs; None is unknown, counts as nothing and is to be asked.
    requires
        What the person does not have yet and must have before, as in ``"licence:B"``.
    gives
        What the person has afterwards, in the same words.
    """

    kind: OfferKind
    offer_id: str
    relevance: float
    covers: Mapping[int, float] = field(default_factory=dict)
    touches: frozenset[int] = frozenset()
    weekly_hours: float | None = None
    places: int | None = None
    cost_eur: float | None = None
    requires: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()

    @property
    def hours(self) -> float:
        """Hours of a week that have to be kept free for it."""
        if self.weekly_hours is not None:
            return self.weekly_hours
        return SERVICE_HOURS if self.kind is OfferKind.SERVICE else FULL_TIME_HOURS

    @property
    def lasts(self) -> bool:
        """Whether it goes on in the later stages: a job does."""
        return self.kind in {OfferKind.VACANCY, OfferKind.NEED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Within what a package has to stay.

    Parameters
    ----------
    hours_a_week
        What the person can do.
    budget_eur
        What may be spent; None is no limit.
    most
        Most items of each kind; a kind that is missing has no limit. The phase of the
        person decides this mix.
    """

    hours_a_week: float = FULL_TIME_HOURS
    budget_eur: float | None = None
    most: Mapping[OfferKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a package.

    Parameters
    ----------
    candidate
        What.
    stage
        When: 0 is now, the others follow.
    barriers
        Positions of the barriers it helps with, or may help with.
    after
        Ids of the items that make it possible, by what each gives.
    """

    candidate: Candidate
    stage: int
    barriers: tuple[int, ...]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """What was chosen.

    Parameters
    ----------
    steps
        Items in the order in which they begin.
    covered
        For each barrier how much of it the items cover, 0 to 1.
    uncoverable
        Positions of the barriers that nothing at hand covers at all.
    left_out
        Positions of the barriers that something could cover, but not within the limits.
    """

    steps: tuple[Step, ...]
    covered: tuple[float, ...]
    uncoverable: tuple[int, ...]
    left_out: tuple[int, ...]
