"""From the answer to a question about a missing fact to the situation with it.

Rules ask for facts; a situation holds what facts are told from. This says for each fact how
it is answered, and writes the answer where the fact is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from matcher.domain.situation import (
    Basis,
    BasisFact,
    Benefit,
    BenefitDays,
    Period,
    Registration,
    Situation,
)
from matcher.errors import InputError
from matcher.pathways.factnames import OFFER_FACTS, FactName

T = TypeVar("T")


class Form(StrEnum):
    """How a fact is answered.

    Parameters
    ----------
    YES_NO
        With yes or no.
    BASIS
        With yes or no, and what it rests on.
    PERIOD
        With no, or with the first day and, if it is over, the last.
    BENEFIT
        With one of the benefits.
    DAYS
        With a number of days and the day of counting.
    LANGUAGE
        With the code of a language.
    PROFILE
        In the profile and not here: home municipality and date of birth.
    """

    YES_NO = "yes_no"
    BASIS = "basis"
    PERIOD = "period"
    BENEFIT = "benefit"
    DAYS = "days"
    LANGUAGE = "language"
    PROFILE = "profile"


#: Facts of a person; those of `Basis` are answered alike.
_FORMS: Final[dict[FactName, Form]] = {
    FactName.AGE: Form.PROFILE,
    FactName.HOME_IN_AREA: Form.PROFILE,
    FactName.HOME: Form.PROFILE,
    FactName.JOB_SEARCH: Form.PERIOD,
    FactName.UNEMPLOYED: Form.PERIOD,
    FactName.UNEMPLOYED_MONTHS: Form.PERIOD,
    FactName.IN_SERVICES: Form.PERIOD,
    FactName.SUPPORTED_WORK: Form.PERIOD,
    FactName.BENEFIT: Form.BENEFIT,
    FactName.BENEFIT_DAYS: Form.DAYS,
    FactName.EARNINGS_RELATED_RIGHT: Form.YES_NO,
    FactName.EARNINGS_RELATED_ENDED: Form.PERIOD,
    FactName.INTEGRATION_PERIOD: Form.PERIOD,
    FactName.IMMIGRANT: Form.YES_NO,
    FactName.FOREIGN_LANGUAGE: Form.LANGUAGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answers; which parts are read follows from the fact's `Form`.

    Parameters
    ----------
    holds
        Yes or no; None if that is not asked or not answered.
    start, end
        First and last day.
    days, counted
        Days paid, and the day on which they were counted.
    benefit
        What is paid.
    language
        ISO 639 code.
    evidence
        What the answer rests on.
    """

    holds: bool | None = None
    start: date | None = None
    end: date | None = None
    days: int | None = None
    counted: date | None = None
    benefit: Benefit | None = None
    language: str | None = None
    evidence: str = ""


def form_of(fact: FactName) -> Form | None:
    """Return how a fact is answered; None for facts of an offer, which nobody asks a client."""
    if fact in OFFER_FACTS:
        return None
    return _FORMS.get(fact, Form.BASIS)


def answered(situation: Situation, fact: FactName, answer: Answer) -> Situation:
    """Return a situation with the answer to one fact.

    Raises
    ------
    InputError
        If the answer lacks a part that the fact needs, or the fact is not answered here.
    """
    match form_of(fact):
        case Form.YES_NO:
            told = _flagged(situation, fact, _needed(answer.holds, "holds"))
        case Form.BASIS:
            told = _established(situation, Basis(fact.value), answer)
        case Form.PERIOD:
            told = _timed(situation, fact, answer)
        case Form.BENEFIT:
            told = replace(situation, benefit=_needed(answer.benefit, "benefit"))
        case Form.DAYS:
            told = _counted(situation, answer)
        case Form.LANGUAGE:
            told = replace(situation, first_language=_needed(answer.language, "language"))
        case _:
            raise InputError(
                f"The fact {fact} is no part of a situation.",
                remedy="Write it into the profile or the offer.",
                field="fact",
            )
    return told


def _flagged(situation: Situation, fact: FactName, holds: bool) -> Situation:
    if fact is FactName.IMMIGRANT:
        return replace(situation, immigrant=holds)
    return replace(situation, earnings_related_right=holds)


def _counted(situation: Situation, answer: Answer) -> Situation:
    paid = BenefitDays(_needed(answer.days, "days"), _needed(answer.counted, "counted"))
    return replace(situation, benefit_days=paid)


def _established(situation: Situation, basis: Basis, answer: Answer) -> Situation:
    others = (fact for fact in situation.basis if fact.basis is not basis)
    new = BasisFact(basis, _needed(answer.holds, "holds"), answer.evidence.strip())
    return replace(situation, basis=(*others, new))


def _timed(situation: Situation, fact: FactName, answer: Answer) -> Situation:
    """Return a situation with one more time, or with the word that there was none."""
    new = _period(answer)
    match fact:
        case FactName.IN_SERVICES:
            return replace(situation, services=_and(situation.services, new))
        case FactName.SUPPORTED_WORK:
            return replace(situation, supported_work=_and(situation.supported_work, new))
        case FactName.INTEGRATION_PERIOD:
            return replace(situation, integration=_and(situation.integration, new))
        case FactName.EARNINGS_RELATED_ENDED:
            return replace(situation, earnings_related=_and(situation.earnings_related, new))
    searches = () if new is None else (Registration(new),)
    return replace(situation, registrations=(*(situation.registrations or ()), *searches))


def _period(answer: Answer) -> Period | None:
    """Return the time that an answer tells; None if there was none."""
    if not _needed(answer.holds, "holds"):
        return None
    start = _needed(answer.start, "start")
    if answer.end is not None and answer.end < start:
        raise InputError(
            f"The end {answer.end} is before the start {start}.",
            remedy="Correct either day.",
            field="end",
        )
    return Period(start, answer.end)


def _and(known: tuple[Period, ...] | None, new: Period | None) -> tuple[Period, ...]:
    return (*(known or ()), *(() if new is None else (new,)))


def _needed(part: T | None, field: str) -> T:
    """Return a part of an answer.

    Raises
    ------
    InputError
        If it is missing.
    """
    if part is None:
        raise InputError(f"The answer lacks {field}.", remedy="Fill it in.", field=field)
    return part
