"""Where a person stands: registration, benefit, integration period, language, basis facts.

The facts that rules of law ask about, kept apart from the profile because ranking may not
know them: nothing in the order of a match list imports this module, and a test holds it.
``None`` is always *unknown*, an empty tuple *known to be none*.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Benefit(StrEnum):
    """What a person lives on while unemployed.

    Ansiopäiväraha, peruspäiväraha, työmarkkinatuki, yleistuki, toimeentulotuki, ei etuutta;
    inkomstrelaterad dagpenning, grunddagpenning, arbetsmarknadsstöd, allmänt stöd,
    utkomststöd, ingen förmån.
    """

    EARNINGS_RELATED = "earnings_related"
    BASIC = "basic"
    LABOUR_MARKET_SUBSIDY = "labour_market_subsidy"
    GENERAL_SUPPORT = "general_support"
    SOCIAL_ASSISTANCE = "social_assistance"
    NONE = "none"


class Basis(StrEnum):
    """Facts that somebody established and that a rule of law rests on.

    Parameters
    ----------
    REDUCED_WORK_ABILITY
        An illness or injury lowers the chances to get or keep work (alentunut työkyky).
    COMPETENCE_GAP
        The coach has found a lack of competence that work or study would mend (osaamispuute).
    TRAINING_NEED
        The coach has found a need of training (koulutustarve).
    VOCATIONAL_STUDIES
        Studies for a vocational qualification with a personal plan (HOKS).
    FULL_TIME_STUDIES
        The studies at hand are full-time (päätoimiset opinnot).
    BUSINESS_PREREQUISITES
        Readiness for the planned full-time business (yrittäjävalmiudet, kannattavuus).
    BUSINESS_STARTED
        The business is running already.
    ACTIVATION_PLAN
        There is an activation plan (aktivointisuunnitelma).
    UNABLE_FOR_OTHER_MEASURES
        Work or employment services are not yet within reach because of limits to work and
        functional ability.
    SERVICE_NEED
        The assessment found a need that a bought service answers.
    UNEMPLOYMENT_THREAT
        The person will lose work soon (työttömyysuhka).
    """

    REDUCED_WORK_ABILITY = "reduced_work_ability"
    COMPETENCE_GAP = "competence_gap"
    TRAINING_NEED = "training_need"
    VOCATIONAL_STUDIES = "vocational_studies"
    FULL_TIME_STUDIES = "full_time_studies"
    BUSINESS_PREREQUISITES = "business_prerequisites"
    BUSINESS_STARTED = "business_started"
    ACTIVATION_PLAN = "activation_plan"
    UNABLE_FOR_OTHER_MEASURES = "unable_for_other_measures"
    SERVICE_NEED = "service_need"
    UNEMPLOYMENT_THREAT = "unemployment_threat"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; no end while it runs."""

    start: date
    end: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether a day is within it."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Registration:
    """One time as a jobseeker (työnhaku voimassa, jobbsökning i kraft).

    Parameters
    ----------
    period
        From registering to the end of the search.
    interruptions
        Times within it that do not count as unemployment, as work of some weeks.
    """

    period: Period
    interruptions: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class BenefitDays:
    """Days for which unemployment benefit was paid, as counted on a day."""

    days: int
    counted: date


@dataclass(frozen=True, slots=True)
class BasisFact:
    """Whether a basis fact holds, and what it rests on, as in ``"lausunto 3.2.2026"``."""

    basis: Basis
    holds: bool
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What rules of law ask about one person.

    Parameters
    ----------
    registrations
        Times as a jobseeker, in any order.
    services
        Times in an employment service, such as a work trial.
    supported_work
        Times at work with a pay subsidy or other support.
    benefit
        What is paid now.
    benefit_days
        Days of unemployment benefit so far.
    earnings_related_right
        Whether the person is entitled to earnings-related allowance.
    earnings_related
        Times for which it was paid; empty if it never was.
    integration
        Integration periods (kotoutumisaika, integrationstid).
    immigrant
        Whether the person has moved to Finland.
    first_language
        Registered first language, as an ISO 639 code.
    basis
        Facts that somebody established; one that is not here is unknown.
    """

    registrations: tuple[Registration, ...] | None = None
    services: tuple[Period, ...] | None = None
    supported_work: tuple[Period, ...] | None = None
    benefit: Benefit | None = None
    benefit_days: BenefitDays | None = None
    earnings_related_right: bool | None = None
    earnings_related: tuple[Period, ...] | None = None
    integration: tuple[Period, ...] | None = None
    immigrant: bool | None = None
    first_language: str | None = None
    basis: tuple[BasisFact, ...] = ()


def age_on(birth: date, on: date) -> int:
    """Return full years of age on a day; who was born on 29 February turns on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
