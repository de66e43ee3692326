"""An area as its file states it: municipalities and dated rules, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from matcher.domain.barriers import BarrierArea
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Period
from matcher.domain.text import LocalText
from matcher.pathways.conditions import Condition


class Instrument(StrEnum):
    """What the law or the municipality can support a start with.

    Työkokeilu, palkkatuki, koulutussopimus, oppisopimus, työvoimakoulutus, omaehtoinen
    opiskelu, starttiraha, palveluseteli, kuntouttava työtoiminta, tuettu työllistyminen,
    työhönvalmennus, työolosuhteiden järjestelytuki.
    """

    WORK_TRIAL = "work_trial"
    PAY_SUBSIDY = "pay_subsidy"
    TRAINING_AGREEMENT = "training_agreement"
    APPRENTICESHIP = "apprenticeship"
    LABOUR_MARKET_TRAINING = "labour_market_training"
    SELF_MOTIVATED_STUDIES = "self_motivated_studies"
    STARTUP_GRANT = "startup_grant"
    SERVICE_VOUCHER = "service_voucher"
    REHABILITATIVE_WORK = "rehabilitative_work"
    SUPPORTED_EMPLOYMENT = "supported_employment"
    JOB_COACHING = "job_coaching"
    WORKPLACE_ADJUSTMENT = "workplace_adjustment"


class Decider(StrEnum):
    """Who decides about an instrument or answers for a duty."""

    MUNICIPALITY = "municipality"
    TE_OFFICE = "te_office"
    EMPLOYMENT_AUTHORITY = "employment_authority"
    SCHOOL = "school"
    WELLBEING_COUNTY = "wellbeing_county"
    COACH = "coach"
    SPECIALIST = "specialist"
    NETWORK = "network"


class PhaseKind(StrEnum):
    """Where in the path of a job search a person stands, in the order of the path.

    Omatoiminen haku, kartoitus, oppiminen työpaikalla, tuettu työ; självständigt sökande,
    kartläggning, lärande på en arbetsplats, arbete med stöd.
    """

    SELF_DIRECTED = "self_directed"
    MAPPING = "mapping"
    PLACEMENT = "placement"
    SUPPORTED = "supported"


class DutyKind(StrEnum):
    """What the service owes a person by a day."""

    FIRST_INTERVIEW = "first_interview"
    DISCUSSION = "discussion"
    MAPPING = "mapping"
    PLACEMENT = "placement"
    HEALTH_MAPPING = "health_mapping"
    SUPPORTED_WORK = "supported_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has.

    Parameters
    ----------
    id
        The rule's name; versions of one rule share it.
    valid
        Days on which this version holds.
    source
        Act, document or article that it comes from.
    note
        What is unsure or left out; empty if nothing is.
    """

    id: str
    valid: Period
    source: str
    note: str = ""

    @property
    def version(self) -> str:
        """The rule and the first day of this version, as in ``target@2021-03-01``."""
        return f"{self.id}@{self.valid.start}"


R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRule(Rule):
    """Whom the area serves."""

    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule(Rule):
    """Which unit serves a person; the first rule that holds decides.

    Parameters
    ----------
    unit
        Name of the unit; empty for the home municipality's own.
    when
        None for whoever is left.
    """

    unit: LocalText
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRule(Rule):
    """When a phase has begun; phases follow each other in the order of `PhaseKind`."""

    phase: PhaseKind
    begins: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule(Rule):
    """What is due, when, and with whom.

    Parameters
    ----------
    duty
        What.
    after_months, after_working_days, at_benefit_days
        When it is due for the first time; exactly one is given.
    every_months
        How often it comes again; None for once.
    at_end_of_earnings_related
        Whether the end of earnings-related allowance makes it due as well.
    responsible
        With whom.
    """

    duty: DutyKind
    responsible: Decider
    after_months: int | None = None
    after_working_days: int | None = None
    at_benefit_days: int | None = None
    at_end_of_earnings_related: bool = False
    every_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRule(Rule):
    """Who may get an instrument, for which offers, what proves it, and who decides.

    Parameters
    ----------
    instrument, decides
        What, and who decides about it.
    offers
        Kinds of offer that it can go with; none if it is for a person without one.
    when
        Condition over facts of the person and of the offer.
    evidence
        What has to be shown.
    """

    instrument: Instrument
    decides: Decider
    offers: tuple[OfferKind, ...]
    when: Condition
    evidence: tuple[LocalText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRule(Rule):
    """A service of the area's own catalogue.

    Parameters
    ----------
    title
        Name of the service.
    provider
        Who gives it.
    areas
        Areas of life in which it helps, as of `Service.areas`.
    """

    title: LocalText
    provider: LocalText
    areas: tuple[BarrierArea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area: where it is, when, and what holds there.

    Parameters
    ----------
    name
        Name of the file, as in ``"oulu-2021"``.
    title
        In words.
    valid
        First and last day; no end while it goes on.
    source, note
        As in `Rule`.
    clients
        About how many people it serves; None if no source tells.
    municipalities
        Three-digit codes, sorted.
    restarts_after
        Days without registration after which a job search counts anew.
    target, routing, phases, duties, instruments, services
        All versions of its rules, in the order of the file.
    """

    name: str
    title: LocalText
    valid: Period
    source: str
    note: str = ""
    clients: int | None = None
    municipalities: tuple[str, ...]
    restarts_after: int
    target: tuple[TargetRule, ...]
    routing: tuple[RoutingRule, ...]
    phases: tuple[PhaseRule, ...]
    duties: tuple[DutyRule, ...]
    instruments: tuple[InstrumentRule, ...]
    services: tuple[CatalogueRule, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every version of every rule."""
        return (
            *self.target,
            *self.routing,
            *self.phases,
            *self.duties,
            *self.instruments,
            *self.services,
        )


def in_force(rules: Sequence[R], on: date) -> tuple[R, ...]:
    """Return the versions that hold on a day, in order."""
    return tuple(rule for rule in rules if rule.valid.holds(on))
