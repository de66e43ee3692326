"""What an offer asks for beyond competence: its fields, and what its text states.

A text is read once and kept; what it states is never stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Cefr
from matcher.requirements.groups import ages_in_title
from matcher.requirements.qualifications import REGISTRATION, SCHOOL, Field, qualifications
from matcher.requirements.reading import KEPT, read_requirements, read_title
from matcher.requirements.statement import Stated, Strength, Topic

#: A polite wish asks; only of a degree it leaves room for other applicants.
_ASKING: Final = frozenset({Strength.REQUIRED, Strength.HOPED})
_TELLING: Final = _ASKING | {Strength.MENTIONED}
_GENERAL: Final = frozenset({Field.DEGREE, Field.OPEN})
#: Parts alternatives in what a gate requires.
OR: Final = "|"
#: Offers of work, whether advertised or not.
JOBS: Final = frozenset({OfferKind.VACANCY, OfferKind.NEED})


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for; equal to another that asks for the same in other words.

    Parameters
    ----------
    codes
        Alternatives, any of which will do.
    firm
        Whether it must be held; if not, the text only names it.
    stated
        The words that state it; None if a field of the offer does.
    level
        Of a language.
    """

    codes: tuple[str, ...]
    firm: bool = True
    stated: str | None = field(default=None, compare=False)
    level: Cefr | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that one text asks for, by topic; empty where it states nothing."""

    by_topic: dict[Topic, tuple[Ask, ...]] = field(default_factory=dict)

    def of(self, topic: Topic) -> tuple[Ask, ...]:
        """Return what is asked for in one topic."""
        return self.by_topic.get(topic, ())


def asked_in(offer: Offer) -> Asked:
    """Return what the words of an offer ask for.

    Of a training or a service only for whom it is by age is read, in its title: its text speaks
    of what one gets there.
    """
    title = offer.title.best(offer.language)
    if kind_of(offer) not in JOBS:
        return _for_whom(title)
    return _read(title, offer.text.best(offer.language))


def asks(codes: tuple[str, ...], asked: Asked, topic: Topic) -> tuple[Ask, ...]:
    """Return what codes of a field ask for, then what only the text does."""
    fields = tuple(Ask((code,)) for code in codes)
    return (*fields, *(ask for ask in asked.of(topic) if not set(ask.codes) & set(codes)))


_NOTHING: Final = Asked()


@lru_cache(maxsize=KEPT)
def _for_whom(title: str) -> Asked:
    ages = ages_in_title(title)
    return Asked({Topic.AGE: (Ask((ages,), stated=title),)}) if ages else _NOTHING


@lru_cache(maxsize=KEPT)
def _read(title: str, text: str) -> Asked:
    named, stated = read_title(title), read_requirements(text)
    by_topic: dict[Topic, list[Stated]] = {}
    for one in (*stated, *named):
        by_topic.setdefault(one.topic, []).append(one)
    merged = {topic: _merged(found) for topic, found in by_topic.items()}
    merged[Topic.QUALIFICATION] = _qualifications(stated, named)
    merged[Topic.EXTENT] = _extents(by_topic.get(Topic.EXTENT, []))
    return Asked({topic: asks for topic, asks in merged.items() if asks})


def _merged(found: list[Stated]) -> tuple[Ask, ...]:
    """Return each thing once: what is said to be needed and not needed is only named."""
    together: dict[tuple[str, ...], list[Stated]] = {}
    for one in found:
        together.setdefault(one.codes, []).append(one)
    asks = [ask for same in together.values() if (ask := _one(same))]
    firm = {code for ask in asks if ask.firm for code in ask.codes}
    return tuple(ask for ask in asks if ask.firm or not firm.intersection(ask.codes))


def _one(same: list[Stated]) -> Ask | None:
    strengths = {one.strength for one in same}
    asking = bool(strengths & _ASKING)
    if not asking and strengths - {Strength.MENTIONED}:
        return None
    firm = asking and Strength.NEGATED not in strengths
    telling = [one for one in same if one.strength in _TELLING]
    levels = [one.level for one in telling if one.level]
    first = next((one for one in telling if one.level), telling[0])
    level = max(levels, key=lambda each: each.rank, default=None)
    return Ask(first.codes, firm, first.sentence, level)


def _qualifications(stated: Iterable[Stated], named: Iterable[Stated]) -> tuple[Ask, ...]:
    """Return the qualifications asked for: any of those that are named anywhere will do."""
    told = [one for one in stated if one.topic is Topic.QUALIFICATION and one.codes != (SCHOOL,)]
    loose = {
        code
        for one in told
        if one.strength in (Strength.PLUS, Strength.NEGATED)
        for code in one.codes
    }
    titles = [
        one
        for one in named
        if one.topic is Topic.QUALIFICATION and not loose.intersection(one.codes)
    ]
    # Only occupations that one needs a qualification for ask by their name alone.
    if not any(qualifications()[code].by_title for one in titles for code in one.codes):
        titles = []
    firm = [one for one in told if one.strength is Strength.REQUIRED] + titles
    registered = [one for one in firm if one.codes == (REGISTRATION,)]
    others = [one for one in firm if one not in registered]
    return tuple(
        Ask(_specific(code for one in group for code in one.codes), stated=group[0].sentence)
        for group in (others, registered)
        if group
    )


def _specific(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes once, without the kind of degree where it is named which one."""
    once = tuple(dict.fromkeys(codes))
    kinds = {code: qualifications()[code].field for code in once}
    if all(kind in _GENERAL for kind in kinds.values()):
        return once
    return tuple(code for code in once if kinds[code] is not Field.DEGREE)


def _extents(found: list[Stated]) -> tuple[Ask, ...]:
    """Return the extents of work on offer as alternatives.

    Part time that is possible, or said not to be the rule, leaves full time open too.
    """
    if not found or any(one.strength is not Strength.REQUIRED for one in found):
        return ()
    codes = tuple(sorted({code for one in found for code in one.codes}))
    return (Ask(codes, stated=found[0].sentence),)
