"""Which group of each protected attribute a person belongs to."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from matcher.domain.protected import ProtectedAttributes

#: Who of an attribute nothing is known of.
UNKNOWN: Final = "unknown"
#: Upper ends of ages in years and of unemployment in days, with the group below each.
_AGES: Final = ((25, "under 25"), (35, "25–34"), (45, "35–44"), (55, "45–54"))
_DURATIONS: Final = ((91, "under 3 months"), (365, "3–12 months"), (730, "1–2 years"))


class Attribute(StrEnum):
    """By what people are told apart in the audit."""

    AGE = "age"
    SEX = "sex"
    LANGUAGE = "language"
    MUNICIPALITY = "municipality"
    DURATION = "duration"


#: Attributes by which a group that fares much worse stops a publication. By municipality and
#: by duration people may differ in what is near and in what they can: those are reported.
BOUNDED: Final = frozenset({Attribute.AGE, Attribute.SEX, Attribute.LANGUAGE})


def group_of(
    attribute: Attribute, person: ProtectedAttributes | None, home: str | None, on: date
) -> str:
    """Return a person's group on a day; `UNKNOWN` if it cannot be told."""
    if attribute is Attribute.MUNICIPALITY:
        return home or UNKNOWN
    if person is None:
        return UNKNOWN
    match attribute:
        case Attribute.AGE:
            return _age(person.birth_year, on)
        case Attribute.SEX:
            return person.sex.value if person.sex else UNKNOWN
        case Attribute.LANGUAGE:
            return _language(person.first_language)
        case _:
            return _duration(person.unemployed_since, on)


def _age(birth_year: int | None, on: date) -> str:
    if birth_year is None:
        return UNKNOWN
    age = on.year - birth_year
    return next((name for below, name in _AGES if age < below), "55 and over")


def _language(code: str | None) -> str:
    if code is None:
        return UNKNOWN
    return {"fi": "Finnish", "sv": "Swedish"}.get(code, "other")


def _duration(since: date | None, on: date) -> str:
    if since is None:
        return UNKNOWN
    days = (on - since).days
    return next((name for below, name in _DURATIONS if days < below), "over 2 years")
