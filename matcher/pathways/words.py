"""What pathways are called in words: answers, phases, duties, instruments, who decides."""

from __future__ import annotations

from typing import Final

from matcher.domain.barriers import BarrierArea
from matcher.domain.offer import OfferKind
from matcher.domain.situation import Benefit
from matcher.i18n.message import Message, msg
from matcher.pathways.area import Decider, DutyKind, Instrument, PhaseKind
from matcher.pathways.duties import DutyState
from matcher.pathways.truth import Truth

TRUTHS: Final[dict[Truth, Message]] = {
    Truth.YES: msg("yes"),
    Truth.NO: msg("no"),
    Truth.UNKNOWN: msg("not known"),
}
PHASES: Final[dict[PhaseKind, Message]] = {
    PhaseKind.SELF_DIRECTED: msg("self-directed search"),
    PhaseKind.MAPPING: msg("mapping of competence and potential"),
    PhaseKind.PLACEMENT: msg("training agreement or work trial at a company"),
    PhaseKind.SUPPORTED: msg("health mapping and supported work"),
}
DUTIES: Final[dict[DutyKind, Message]] = {
    DutyKind.FIRST_INTERVIEW: msg("first interview"),
    DutyKind.DISCUSSION: msg("job-search discussion"),
    DutyKind.MAPPING: msg("competence mapping"),
    DutyKind.PLACEMENT: msg("offer of a training agreement or work trial"),
    DutyKind.HEALTH_MAPPING: msg("health mapping"),
    DutyKind.SUPPORTED_WORK: msg("offer of supported work"),
}
DUTY_STATES: Final[dict[DutyState, Message]] = {
    DutyState.HELD: msg("held"),
    DutyState.UPCOMING: msg("upcoming"),
    DutyState.OVERDUE: msg("overdue"),
    DutyState.PAUSED: msg("paused"),
    DutyState.UNKNOWN: msg("a fact is missing"),
}
INSTRUMENTS: Final[dict[Instrument, Message]] = {
    Instrument.WORK_TRIAL: msg("work trial"),
    Instrument.PAY_SUBSIDY: msg("pay subsidy"),
    Instrument.TRAINING_AGREEMENT: msg("training agreement"),
    Instrument.APPRENTICESHIP: msg("apprenticeship"),
    Instrument.LABOUR_MARKET_TRAINING: msg("labour-market training"),
    Instrument.SELF_MOTIVATED_STUDIES: msg("self-motivated studies"),
    Instrument.STARTUP_GRANT: msg("start-up grant"),
    Instrument.SERVICE_VOUCHER: msg("service voucher"),
    Instrument.REHABILITATIVE_WORK: msg("rehabilitative work"),
    Instrument.SUPPORTED_EMPLOYMENT: msg("supported employment"),
    Instrument.JOB_COACHING: msg("job coaching"),
    Instrument.WORKPLACE_ADJUSTMENT: msg("support for adjusting the workplace"),
}
DECIDERS: Final[dict[Decider, Message]] = {
    Decider.MUNICIPALITY: msg("the municipality"),
    Decider.TE_OFFICE: msg("the TE office"),
    Decider.EMPLOYMENT_AUTHORITY: msg("the employment authority"),
    Decider.SCHOOL: msg("the education provider"),
    Decider.WELLBEING_COUNTY: msg("the wellbeing services county"),
    Decider.COACH: msg("the personal coach"),
    Decider.SPECIALIST: msg("a health specialist"),
    Decider.NETWORK: msg("the multi-professional network"),
}
BENEFITS: Final[dict[Benefit, Message]] = {
    Benefit.EARNINGS_RELATED: msg("earnings-related allowance"),
    Benefit.BASIC: msg("basic unemployment allowance"),
    Benefit.LABOUR_MARKET_SUBSIDY: msg("labour-market subsidy"),
    Benefit.GENERAL_SUPPORT: msg("general support"),
    Benefit.SOCIAL_ASSISTANCE: msg("social assistance"),
    Benefit.NONE: msg("no benefit"),
}
OFFER_KINDS: Final[dict[OfferKind, Message]] = {
    OfferKind.VACANCY: msg("vacancy"),
    OfferKind.NEED: msg("company need"),
    OfferKind.TRAINING: msg("training"),
    OfferKind.SERVICE: msg("service"),
}
BARRIERS: Final[dict[BarrierArea, Message]] = {
    BarrierArea.EMPLOYMENT: msg("employment"),
    BarrierArea.COMPETENCE: msg("competence"),
    BarrierArea.HEALTH: msg("health"),
    BarrierArea.SOCIAL: msg("social situation"),
    BarrierArea.HOUSING: msg("housing"),
    BarrierArea.FINANCE: msg("finances"),
    BarrierArea.LANGUAGE: msg("language"),
    BarrierArea.DIGITAL: msg("digital skills"),
    BarrierArea.MOBILITY: msg("mobility"),
    BarrierArea.CARE: msg("care duties"),
}
