"""What is known of a person and an offer on a day, in the words of the rules."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Final

from matcher.domain.offer import CompanyNeed, Offer, Training, kind_of
from matcher.domain.parts import Support
from matcher.domain.profile import Profile
from matcher.domain.situation import BenefitDays, Period, Situation, age_on
from matcher.pathways.area import Area, Instrument
from matcher.pathways.factnames import FactName, FactValue, Span
from matcher.pathways.terms import JobSearch, current_search, weekdays_between

#: First languages that are not foreign: Finnish, Swedish and the Sámi languages, as
#: Statistics Finland groups them.
_DOMESTIC: Final = frozenset({"fi", "sv", "se", "smn", "sms"})
_SUPPORT_OF: Final = {
    Instrument.WORK_TRIAL: Support.WORK_TRIAL,
    Instrument.PAY_SUBSIDY: Support.PAY_SUBSIDY,
    Instrument.TRAINING_AGREEMENT: Support.TRAINING_AGREEMENT,
    Instrument.APPRENTICESHIP: Support.APPRENTICESHIP,
    Instrument.JOB_COACHING: Support.JOB_COACHING,
}

KnownFacts = dict[FactName, FactValue]


def person_facts(profile: Profile, situation: Situation, area: Area, on: date) -> KnownFacts:
    """Return what is known of a person; a fact that nobody has told is absent.

    Parameters
    ----------
    profile
        Home municipality and birth date are read from it.
    situation
        Everything else.
    area
        Whose rules are to be asked.
    on
        The day for which they are asked.
    """
    return _known(
        {
            **_registered(search_of(situation, area, on), situation, on),
            FactName.AGE: _age(profile, on),
            FactName.HOME: profile.municipality,
            FactName.HOME_IN_AREA: _in_area(profile, area),
            FactName.IN_SERVICES: _within(situation.services, on),
            FactName.SUPPORTED_WORK: _within(situation.supported_work, on),
            FactName.INTEGRATION_PERIOD: _within(situation.integration, on),
            FactName.BENEFIT: situation.benefit,
            FactName.BENEFIT_DAYS: _days(situation.benefit_days, on),
            FactName.EARNINGS_RELATED_RIGHT: situation.earnings_related_right,
            FactName.EARNINGS_RELATED_ENDED: _ended(situation, on),
            FactName.IMMIGRANT: situation.immigrant,
            FactName.FOREIGN_LANGUAGE: _foreign(situation.first_language),
            **{FactName(fact.basis): fact.holds for fact in situation.basis},
        }
    )


def offer_facts(offer: Offer, instrument: Instrument) -> KnownFacts:
    """Return what is known of an offer as far as rules on an instrument may ask."""
    return _known(
        {
            FactName.OFFER_KIND: kind_of(offer),
            FactName.HOURS_PER_WEEK: _exactly(offer.hours.per_week),
            FactName.COST_EUR: _exactly(offer.cost_eur) if isinstance(offer, Training) else None,
            FactName.EMPLOYER_READY: _ready(offer, instrument),
        }
    )


def told_by(offer: Offer) -> tuple[Hashable, ...]:
    """Return all that `offer_facts` reads of an offer: where it is the same, so are the facts."""
    cost = offer.cost_eur if isinstance(offer, Training) else None
    support = offer.support if isinstance(offer, CompanyNeed) else ()
    return kind_of(offer), offer.hours.per_week, cost, support


def search_of(situation: Situation, area: Area, on: date) -> JobSearch | None:
    """Return the job search of a day; None if there is none or nothing is known."""
    return current_search(situation.registrations or (), on, restarts_after=area.restarts_after)


def _known(facts: dict[FactName, FactValue | None]) -> KnownFacts:
    return {name: value for name, value in facts.items() if value is not None}


def _registered(
    search: JobSearch | None, situation: Situation, on: date
) -> dict[FactName, FactValue | None]:
    if situation.registrations is None:
        return {}
    if search is None:
        return {
            FactName.JOB_SEARCH: False,
            FactName.UNEMPLOYED: False,
            FactName.UNEMPLOYED_MONTHS: Span.exactly(0),
        }
    return {
        FactName.JOB_SEARCH: search.in_force(on),
        FactName.UNEMPLOYED: search.runs(on),
        FactName.UNEMPLOYED_MONTHS: Span.exactly(search.months(on)),
    }


def _age(profile: Profile, on: date) -> Span | None:
    return None if profile.birth_date is None else Span.exactly(age_on(profile.birth_date, on))


def _in_area(profile: Profile, area: Area) -> bool | None:
    return None if profile.municipality is None else profile.municipality in area.municipalities


def _within(periods: Sequence[Period] | None, on: date) -> bool | None:
    return None if periods is None else any(period.holds(on) for period in periods)


def _days(counted: BenefitDays | None, on: date) -> Span | None:
    """Bound the days paid by a day: no more than five a week are."""
    if counted is None:
        return None
    earlier, later = sorted((counted.counted, on))
    drift = weekdays_between(earlier, later)
    if on >= counted.counted:
        return Span(counted.days, counted.days + drift)
    return Span(max(counted.days - drift, 0), counted.days)


def _ended(situation: Situation, on: date) -> bool | None:
    paid, entitled = situation.earnings_related, situation.earnings_related_right
    if paid is None:
        # Who still has the right to it has not come to its end.
        return False if entitled else None
    begun = [period for period in paid if period.start <= on]
    ended = bool(begun) and all(period.end is not None and period.end < on for period in begun)
    # An end and a right to more contradict each other: somebody has to ask.
    return None if ended and entitled else ended


def _foreign(language: str | None) -> bool | None:
    return None if language is None else language not in _DOMESTIC


def _exactly(number: float | None) -> Span | None:
    return None if number is None else Span.exactly(number)


def _ready(offer: Offer, instrument: Instrument) -> bool | None:
    # A company that named some forms of support was not asked about each of the others.
    told = isinstance(offer, CompanyNeed) and _SUPPORT_OF.get(instrument) in offer.support
    return True if told else None
