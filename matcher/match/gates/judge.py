"""Hard constraints of an offer held against a profile: met, unmet or unknown.

Unknown is never agreement: it adds nothing to a score and becomes a question. A list that
a coach has filled in (languages, licences, cards) counts as complete; one that was never
asked is unknown. What an offer asks for stands in its fields or in its text, and a gate
shows the sentence; what the text only names can be met or asked about, never unmet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Cefr, LanguageSkill, WorkingTime
from matcher.domain.profile import Profile
from matcher.match.gates.ages import Work, limits
from matcher.match.gates.asked import Ask, Asked, asked_in
from matcher.match.gates.degrees import qualification
from matcher.match.gates.holdings import Judged, car, card, licence
from matcher.match.gates.journeys import commute
from matcher.match.gates.times import extents, start, times
from matcher.requirements.own_words import read_cannot
from matcher.requirements.statement import Topic

#: With "Finnish required" and no level stated, this level settles it; below, one asks.
ENOUGH_WITHOUT_LEVEL = Cefr.B1
#: With A1 one can introduce oneself: a language that is required is not known.
TOO_LITTLE_WITHOUT_LEVEL = Cefr.A1
#: Parts alternatives in what a gate requires.
OR: Final = "|"
_JOBS: Final = frozenset({OfferKind.VACANCY, OfferKind.NEED})


def judge(profile: Profile, offer: Offer, on: date) -> tuple[GateResult, ...]:
    """Hold every hard constraint of an offer against a profile.

    Parameters
    ----------
    profile, offer
        Both sides.
    on
        The day on which age limits are judged.

    Returns
    -------
    tuple of GateResult
        One for each licence, card, qualification, language, place and time of work that the
        offer asks for, and one for what the person cannot do, if it is a job; empty if
        there is none.
    """
    asked = asked_in(offer)
    return (
        *_licences(profile, offer, asked),
        *_cars(profile, asked),
        *_cards(profile, offer, asked),
        *_qualifications(profile, asked),
        *_languages(profile, offer, asked),
        *commute(profile, offer, _remote(asked)),
        *times(profile, offer, asked),
        *extents(profile, offer, asked),
        *start(profile, offer),
        *_restrictions(profile, offer, asked),
        *_checks(asked),
        *limits(profile, _work(offer, asked), on),
    )


def _licences(profile: Profile, offer: Offer, asked: Asked) -> list[GateResult]:
    return _held(GateKind.LICENCE, profile, _asks(offer.licences, asked, Topic.LICENCE), licence)


def _cards(profile: Profile, offer: Offer, asked: Asked) -> list[GateResult]:
    return _held(GateKind.CARD, profile, _asks(offer.cards, asked, Topic.CARD), card)


def _cars(profile: Profile, asked: Asked) -> list[GateResult]:
    return _held(GateKind.OWN_CAR, profile, asked.of(Topic.CAR), lambda person, _: car(person))


def _qualifications(profile: Profile, asked: Asked) -> list[GateResult]:
    return _held(GateKind.QUALIFICATION, profile, asked.of(Topic.QUALIFICATION), qualification)


def _asks(codes: tuple[str, ...], asked: Asked, topic: Topic) -> tuple[Ask, ...]:
    """Return what the fields ask for, then what only the text does."""
    fields = tuple(Ask((code,)) for code in codes)
    return (*fields, *(ask for ask in asked.of(topic) if not set(ask.codes) & set(codes)))


def _held(
    gate: GateKind,
    profile: Profile,
    asks: tuple[Ask, ...],
    judged: Callable[[Profile, tuple[str, ...]], Judged],
) -> list[GateResult]:
    results = []
    for ask in asks:
        outcome, evidence = judged(profile, ask.codes)
        if not ask.firm and outcome is GateOutcome.UNMET:
            outcome = GateOutcome.UNKNOWN
        results.append(GateResult(gate, outcome, OR.join(ask.codes), evidence, ask.stated))
    return results


def _languages(profile: Profile, offer: Offer, asked: Asked) -> list[GateResult]:
    fields = [Ask((skill.code,), level=skill.level) for skill in offer.languages]
    told = {skill.code for skill in offer.languages}
    stated = [ask for ask in asked.of(Topic.LANGUAGE) if not told.intersection(ask.codes)]
    return [_language(profile, ask) for ask in (*fields, *stated)]


def _language(profile: Profile, ask: Ask) -> GateResult:
    level = f":{ask.level}" if ask.level else ""
    required = OR.join(f"{code}{level}" for code in ask.codes)
    if profile.languages is None:
        return GateResult(GateKind.LANGUAGE, GateOutcome.UNKNOWN, required, stated=ask.stated)
    known = [skill for skill in profile.languages if skill.code in ask.codes]
    outcome = max((_skill(skill, ask) for skill in known), key=_ORDER.index, default=None)
    if outcome is None or (outcome is GateOutcome.UNMET and not ask.firm):
        outcome = GateOutcome.UNMET if ask.firm else GateOutcome.UNKNOWN
    evidence = ", ".join(
        f"{skill.code}:{skill.level}" if skill.level else skill.code for skill in known
    ) or ", ".join(skill.code for skill in profile.languages)
    return GateResult(GateKind.LANGUAGE, outcome, required, evidence, ask.stated)


_ORDER: Final = (GateOutcome.UNMET, GateOutcome.UNKNOWN, GateOutcome.MET)


def _skill(skill: LanguageSkill, ask: Ask) -> GateOutcome:
    if skill.level is None:
        return GateOutcome.UNKNOWN
    if skill.level.rank >= (ask.level or ENOUGH_WITHOUT_LEVEL).rank:
        return GateOutcome.MET
    short = ask.level or skill.level.rank <= TOO_LITTLE_WITHOUT_LEVEL.rank
    return GateOutcome.UNMET if short else GateOutcome.UNKNOWN


def _remote(asked: Asked) -> str | None:
    return next((ask.stated for ask in asked.of(Topic.REMOTE) if ask.firm), None)


def _restrictions(profile: Profile, offer: Offer, asked: Asked) -> Iterator[GateResult]:
    """Yield a question for each restriction, or the sentence of the offer that goes against it.

    An advertisement hardly ever says enough to tell that a job respects a restriction.
    """
    if kind_of(offer) not in _JOBS:
        return
    stated = {ask.codes[0]: ask.stated for ask in asked.of(Topic.BURDEN) if ask.firm}
    open_ = []
    for restriction in profile.restrictions:
        against = [
            stated[each] for each in sorted(read_cannot(restriction.text)[1] & stated.keys())
        ]
        if against:
            yield GateResult(
                GateKind.RESTRICTION,
                GateOutcome.UNMET,
                restriction.text,
                restriction.text,
                against[0],
            )
        else:
            open_.append(restriction.text)
    if open_:
        words = "; ".join(open_)
        yield GateResult(GateKind.RESTRICTION, GateOutcome.UNKNOWN, words, words)


def _checks(asked: Asked) -> Iterator[GateResult]:
    """Yield a question for each thing that the employer has to check; none is ever unmet."""
    for ask in asked.of(Topic.CHECK):
        yield GateResult(
            GateKind.BACKGROUND_CHECK, GateOutcome.UNKNOWN, ask.codes[0], stated=ask.stated
        )


def _work(offer: Offer, asked: Asked) -> Work:
    nights = [ask for ask in asked.of(Topic.TIME) if ask.firm and WorkingTime.NIGHT in ask.codes]
    cards = {
        code for ask in _asks(offer.cards, asked, Topic.CARD) if ask.firm for code in ask.codes
    }
    firm = [ask for ask in _asks(offer.licences, asked, Topic.LICENCE) if ask.firm]
    return Work(
        job=kind_of(offer) in _JOBS,
        # A field lists times of which some may be left out; only night alone surely is.
        night=bool(nights) or offer.hours.times == (WorkingTime.NIGHT,),
        night_stated=nights[0].stated if nights else None,
        cards=frozenset(cards),
        licences=frozenset(ask.codes[0] for ask in firm if len(ask.codes) == 1),
        stated=tuple(ask for ask in asked.of(Topic.AGE) if ask.firm),
    )
