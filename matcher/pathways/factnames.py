"""The facts that rules may name: of what kind each is, and what to ask if it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from matcher.domain.offer import OfferKind
from matcher.domain.situation import Benefit
from matcher.i18n.message import Message, msg


class FactName(StrEnum):
    """What a rule may ask about, by the name that area files use."""

    AGE = "age"
    HOME_IN_AREA = "home_in_area"
    HOME = "home"
    JOB_SEARCH = "job_search"
    UNEMPLOYED = "unemployed"
    UNEMPLOYED_MONTHS = "unemployed_months"
    IN_SERVICES = "in_services"
    SUPPORTED_WORK = "supported_work"
    BENEFIT = "benefit"
    BENEFIT_DAYS = "benefit_days"
    EARNINGS_RELATED_RIGHT = "earnings_related_right"
    EARNINGS_RELATED_ENDED = "earnings_related_ended"
    INTEGRATION_PERIOD = "integration_period"
    IMMIGRANT = "immigrant"
    FOREIGN_LANGUAGE = "foreign_language"
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
    OFFER_KIND = "offer_kind"
    EMPLOYER_READY = "employer_ready"
    HOURS_PER_WEEK = "hours_per_week"
    COST_EUR = "cost_eur"


@dataclass(frozen=True, slots=True)
class Span:
    """A number that is known to lie between two bounds, both included.

    Counted days grow after the day of counting: then only bounds are known.
    """

    low: float
    high: float

    @classmethod
    def exactly(cls, number: float) -> Span:
        """Return a number that is known."""
        return cls(number, number)


#: A flag, a number, or a code; a fact that is absent is unknown.
FactValue: TypeAlias = bool | Span | str


class FactKind(StrEnum):
    """What values a fact has, and thereby how a rule may compare it."""

    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its kind, its name in words, the question for it, and its codes if it has any."""

    kind: FactKind
    name: Message
    question: Message
    codes: frozenset[str] = frozenset()


def _flag(name: Message, question: Message) -> FactSpec:
    return FactSpec(FactKind.FLAG, name, question)


def _number(name: Message, question: Message) -> FactSpec:
    return FactSpec(FactKind.NUMBER, name, question)


FACTS: Final[dict[FactName, FactSpec]] = {
    FactName.AGE: _number(
        msg("age"),
        msg("What is the client's date of birth?"),
    ),
    FactName.HOME_IN_AREA: _flag(
        msg("home municipality in the area"),
        msg("What is the client's home municipality?"),
    ),
    FactName.HOME: FactSpec(
        FactKind.MUNICIPALITY,
        msg("home municipality"),
        msg("What is the client's home municipality?"),
    ),
    FactName.JOB_SEARCH: _flag(
        msg("job search in force"),
        msg("Is the client's job search in force?"),
    ),
    FactName.UNEMPLOYED: _flag(
        msg("unemployed jobseeker"),
        msg("Is the job search in force and the client unemployed?"),
    ),
    FactName.UNEMPLOYED_MONTHS: _number(
        msg("months of unemployment"),
        msg("When did the job search begin, and what interruptions has it had?"),
    ),
    FactName.IN_SERVICES: _flag(
        msg("in an employment service"),
        msg("Is the client in an employment service?"),
    ),
    FactName.SUPPORTED_WORK: _flag(
        msg("at work with support"),
        msg("Does the client work with a pay subsidy or other support?"),
    ),
    FactName.BENEFIT: FactSpec(
        FactKind.CODE,
        msg("benefit"),
        msg("Which benefit does the client receive now?"),
        frozenset(Benefit),
    ),
    FactName.BENEFIT_DAYS: _number(
        msg("days of unemployment benefit paid"),
        msg("For how many days has unemployment benefit been paid?"),
    ),
    FactName.EARNINGS_RELATED_RIGHT: _flag(
        msg("right to earnings-related allowance"),
        msg("Is the client entitled to earnings-related allowance?"),
    ),
    FactName.EARNINGS_RELATED_ENDED: _flag(
        msg("earnings-related allowance has ended"),
        msg("When does or did the earnings-related allowance end?"),
    ),
    FactName.INTEGRATION_PERIOD: _flag(
        msg("integration period running"),
        msg("Is the client's integration period still running?"),
    ),
    FactName.IMMIGRANT: _flag(
        msg("immigrant"),
        msg("Has the client moved to Finland from elsewhere?"),
    ),
    FactName.FOREIGN_LANGUAGE: _flag(
        msg("foreign-language"),
        msg("Which first language is in the population register?"),
    ),
    FactName.REDUCED_WORK_ABILITY: _flag(
        msg("reduced work ability"),
        msg("Is there a statement on reduced work ability?"),
    ),
    FactName.COMPETENCE_GAP: _flag(
        msg("lack of competence"),
        msg("Has a lack of competence been found that work or studies would mend?"),
    ),
    FactName.TRAINING_NEED: _flag(
        msg("need of training"),
        msg("Has a need of training been assessed and found?"),
    ),
    FactName.VOCATIONAL_STUDIES: _flag(
        msg("vocational studies"),
        msg("Is the client in vocational education with a personal development plan?"),
    ),
    FactName.FULL_TIME_STUDIES: _flag(
        msg("full-time studies"),
        msg("Are the studies full-time?"),
    ),
    FactName.BUSINESS_PREREQUISITES: _flag(
        msg("readiness for business"),
        msg("Have the skills for and the prospects of the business been found sufficient?"),
    ),
    FactName.BUSINESS_STARTED: _flag(
        msg("business started"),
        msg("Has the business started already?"),
    ),
    FactName.ACTIVATION_PLAN: _flag(
        msg("activation plan"),
        msg("Has an activation plan been made?"),
    ),
    FactName.UNABLE_FOR_OTHER_MEASURES: _flag(
        msg("not yet able to take part in other services"),
        msg("Do limits to work and functional ability keep the client from other services?"),
    ),
    FactName.SERVICE_NEED: _flag(
        msg("assessed service need"),
        msg("Has the service need been assessed?"),
    ),
    FactName.UNEMPLOYMENT_THREAT: _flag(
        msg("threat of unemployment"),
        msg("Is the client about to become unemployed?"),
    ),
    FactName.OFFER_KIND: FactSpec(
        FactKind.CODE,
        msg("kind of offer"),
        msg("Which offer is it about?"),
        frozenset(OfferKind),
    ),
    FactName.EMPLOYER_READY: _flag(
        msg("employer is ready"),
        msg("Is the employer ready for this form of support?"),
    ),
    FactName.HOURS_PER_WEEK: _number(
        msg("hours of work a week"),
        msg("How many hours a week is the work?"),
    ),
    FactName.COST_EUR: _number(
        msg("cost to the participant"),
        msg("What does the training cost the participant?"),
    ),
}
#: Facts of an offer; a rule about persons alone may not name them.
OFFER_FACTS: Final = frozenset(
    {FactName.OFFER_KIND, FactName.EMPLOYER_READY, FactName.HOURS_PER_WEEK, FactName.COST_EUR}
)
