"""Words in a need that ask for what an employer may not ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.domain.text import Lang


class Ground(StrEnum):
    """What a person may not be chosen by.

    References
    ----------
    Yhdenvertaisuuslaki (1325/2014), 8 §; laki naisten ja miesten välisestä tasa-arvosta
    (609/1986), 7 §.
    """

    AGE = "age"
    SEX = "sex"
    ORIGIN = "origin"
    LANGUAGE = "language"
    RELIGION = "religion"
    HEALTH = "health"
    FAMILY = "family"
    APPEARANCE = "appearance"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text that may discriminate.

    Parameters
    ----------
    ground
        What the words choose by.
    lang
        Language of the words.
    quote
        The words.
    law
        What forbids it, in that language.
    advice
        What to write instead, in that language.
    """

    ground: Ground
    lang: Lang
    quote: str
    law: str
    advice: str


@dataclass(frozen=True, slots=True)
class Override:
    """A need that was kept as it is worded, with the reason given.

    Parameters
    ----------
    need_id
        Which need.
    grounds, quotes
        What was found in it.
    reason
        Why the words stay.
    at, by
        When, and through which key.
    """

    need_id: str
    grounds: tuple[Ground, ...]
    quotes: tuple[str, ...]
    reason: str
    at: datetime
    by: str
