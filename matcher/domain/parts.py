"""The parts that profiles and offers are made of.

``None`` always means *unknown*, an empty tuple means *known to be none*: a gate turns the
first into a question and never into agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """How well a competence is mastered (perus, hyvä, vahva)."""

    BASIC = "basic"
    GOOD = "good"
    STRONG = "strong"


class Evidence(StrEnum):
    """What a competence rests on."""

    WORK = "work"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    HOBBY = "hobby"
    MAPPING = "mapping"


class Importance(StrEnum):
    """Whether a requirement must be met or is a plus."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"


class Cefr(StrEnum):
    """Level of a language skill in the Common European Framework, and mother tongue."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def rank(self) -> int:
        """Position on the scale, 0 (A1) to 6 (mother tongue)."""
        return _CEFR_ORDER.index(self)


_CEFR_ORDER: Final = tuple(Cefr)


class WorkingTime(StrEnum):
    """When work is done (Työmarkkinatori's TYÖSKENTELYAIKA)."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    PERIOD = "period"
    FLEXIBLE = "flexible"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    SHIFT = "shift"


class WorkExtent(StrEnum):
    """How much work is done (Työmarkkinatori's TYÖAIKA)."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Support(StrEnum):
    """What an employer is ready for, or an offer includes, to help a person start.

    Työkokeilu, palkkatuki, koulutussopimus, oppisopimus, työhönvalmennus;
    arbetsprövning, lönesubvention, utbildningsavtal, läroavtal, arbetsträning.
    """

    WORK_TRIAL = "work_trial"
    PAY_SUBSIDY = "pay_subsidy"
    TRAINING_AGREEMENT = "training_agreement"
    APPRENTICESHIP = "apprenticeship"
    JOB_COACHING = "job_coaching"


@dataclass(frozen=True, slots=True)
class Competence:
    """One thing a person can do, as the mapping words it."""

    name: str
    level: Level | None = None
    evidence: Evidence | None = None
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing an offer asks for, as the offer words it."""

    text: str
    importance: Importance = Importance.ESSENTIAL
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation by title, with its ESCO or ISCO concept where known."""

    title: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language that a person knows, or that an offer asks for; the level may be unknown."""

    code: str
    level: Cefr | None = None


@dataclass(frozen=True, slots=True)
class Commute:
    """How far and by what means a person can get to work."""

    max_km: float | None = None
    own_car: bool | None = None
    relocation: bool | None = None
    remote: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an offer takes place.

    Parameters
    ----------
    municipalities
        Three-digit codes; several sites are alternatives.
    regions
        Two-digit codes, for offers that name a region only.
    countries
        ISO 3166 codes; empty means Finland.
    remote
        True if it can be done from home, False if not, None if not told.
    """

    municipalities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remote: bool | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When and how much a person can work, or an offer needs work done; None is unknown."""

    times: tuple[WorkingTime, ...] | None = None
    extents: tuple[WorkExtent, ...] | None = None
    per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Availability:
    """From when a person can start, or an offer starts; None is unknown or as agreed."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a person cannot do, in plain words, for health, care duty or another reason."""

    text: str
