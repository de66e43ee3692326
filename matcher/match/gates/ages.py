"""Age limits: those that law sets for the work, and those that an advertisement or a title states.

A birth date is read here alone and takes no part in ranking. Of limits that nobody states
one does not ask: they are judged where the birth date is known.

References
----------
Laki nuorista työntekijöistä (998/1993), 2 § (the youngest age for work) and 7 § (hours of
work: at 15 to 17 years between 6 and 22; its exceptions need special grounds).
Alkoholilaki (1102/2017): alcohol is served and sold by those aged 18, or younger under the
supervision of one; the exact sections were not checked, so that a younger person is a question.
Laki yksityisistä turvallisuuspalveluista (1085/2015): guards and crowd controllers are 18.
Ajokorttilaki (386/2011), 5 §: classes C and CE from 21 years, D and DE from 24, earlier with
the professional competence of drivers, so that a younger person is a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, kind_of
from matcher.domain.parts import WorkingTime
from matcher.match.gates.asked import JOBS, Ask, Asked, asks
from matcher.match.gates.known import Known
from matcher.requirements.statement import Topic

ADULT: Final = 18
WORKING_AGE: Final = 15
#: Cards of guards and crowd controllers, and of those who serve or sell alcohol.
_SECURITY_CARDS: Final = frozenset({"027", "086"})
_ALCOHOL_CARDS: Final = frozenset({"005", "023"})
_CLASS_AGES: Final = {
    "C1": 18,
    "C1E": 18,
    "C": 21,
    "CE": 21,
    "D1": 21,
    "D1E": 21,
    "D": 24,
    "DE": 24,
}


@dataclass(frozen=True, slots=True)
class Work:
    """What of an offer an age limit can hang on.

    Parameters
    ----------
    job
        Whether it is paid work, and no training or service.
    night
        Whether it is done at night.
    security, alcohol
        Whether a card of guards is asked for, or one of those who serve alcohol.
    driving
        From what age the classes that are asked for may be driven; 0 if from any.
    stated
        Limits that the text states.
    night_stated
        The sentence that says that it is done at night.
    """

    job: bool
    night: bool
    security: bool
    alcohol: bool
    driving: int
    stated: tuple[Ask, ...]
    night_stated: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, offer: Offer, asked: Asked) -> Work:
        """Return what of an offer an age limit can hang on."""
        firm = [ask for ask in asked.of(Topic.TIME) if ask.firm]
        nights = [ask for ask in firm if WorkingTime.NIGHT in ask.codes]
        cards = {
            code for ask in asks(offer.cards, asked, Topic.CARD) if ask.firm for code in ask.codes
        }
        classes = [
            ask.codes[0]
            for ask in asks(offer.licences, asked, Topic.LICENCE)
            if ask.firm and len(ask.codes) == 1
        ]
        return cls(
            job=kind_of(offer) in JOBS,
            # A field lists times of which some may be left out; only night alone surely is.
            night=bool(nights) or offer.hours.times == (WorkingTime.NIGHT,),
            security=bool(_SECURITY_CARDS & cards),
            alcohol=bool(_ALCOHOL_CARDS & cards),
            driving=max((_CLASS_AGES.get(one, 0) for one in classes), default=0),
            stated=tuple(ask for ask in asked.of(Topic.AGE) if ask.firm),
            night_stated=nights[0].stated if nights else None,
        )


def age_of(known: Known) -> int | None:
    """Return a person's full years of age on the day; None if the birth date is unknown."""
    birth = known.profile.birth_date
    return None if birth is None else age_on(birth, known.on)


def age_on(birth: date, on: date) -> int:
    """Return full years of age.

    Who is born on 29 February turns a year older on 1 March where there is no such day: the
    later of the two days that the law may mean, so that nobody counts as of age too soon.
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def limits(age: int | None, work: Work) -> Iterator[GateResult]:
    """Yield the age limits that a person does not clearly meet, and those that are stated.

    Parameters
    ----------
    age
        In full years; None if unknown.
    work
        What of the offer a limit can hang on.
    """
    yield from (_stated(age, ask) for ask in work.stated)
    if age is None:
        return
    if age < WORKING_AGE and work.job:
        yield _result(GateOutcome.UNKNOWN, WORKING_AGE, age, None)
    if age < ADULT and work.night:
        yield _result(GateOutcome.UNMET, ADULT, age, work.night_stated)
    if age < ADULT and work.security:
        yield _result(GateOutcome.UNMET, ADULT, age, None)
    if age < ADULT and work.alcohol:
        yield _result(GateOutcome.UNKNOWN, ADULT, age, None)
    if age < work.driving:
        yield _result(GateOutcome.UNKNOWN, work.driving, age, None)


def _stated(age: int | None, ask: Ask) -> GateResult:
    lowest, _, highest = ask.codes[0].partition("-")
    if age is None:
        return GateResult(GateKind.AGE, GateOutcome.UNKNOWN, ask.codes[0], stated=ask.stated)
    fits = int(lowest) <= age and (not highest or age <= int(highest))
    outcome = GateOutcome.MET if fits else GateOutcome.UNMET
    return GateResult(GateKind.AGE, outcome, ask.codes[0], str(age), ask.stated)


def _result(outcome: GateOutcome, limit: int, age: int, stated: str | None) -> GateResult:
    return GateResult(GateKind.AGE, outcome, str(limit), str(age), stated)
