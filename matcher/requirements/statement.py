"""What a text states about one thing that can be asked for, with the sentence that states it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.parts import Cefr


class Topic(StrEnum):
    """What can be stated."""

    LICENCE = "licence"
    CAR = "car"
    CARD = "card"
    QUALIFICATION = "qualification"
    LANGUAGE = "language"
    TIME = "time"
    EXTENT = "extent"
    REMOTE = "remote"
    BURDEN = "burden"
    CHECK = "check"
    AGE = "age"


class Strength(StrEnum):
    """How firmly an advertisement asks for something.

    ``HOPED`` is the polite way of asking (toivomme, vi önskar); ``MENTIONED`` is a sentence
    that names it and does not say whether it must be held.
    """

    REQUIRED = "required"
    HOPED = "hoped"
    PLUS = "plus"
    NEGATED = "negated"
    MENTIONED = "mentioned"


class Held(StrEnum):
    """What a person says of something: has it, lacks it, or is getting it."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that an advertisement states.

    Parameters
    ----------
    topic, strength
        What about, and how firmly.
    codes
        Alternatives, any of which will do: ``("C", "CE")``, ``("fi", "sv")``, ``("night",)``.
    sentence
        The words that state it.
    start, end
        Where the sentence stands in the text.
    level
        Of a language; None if no level is stated.
    """

    topic: Topic
    strength: Strength
    codes: tuple[str, ...]
    sentence: str
    start: int
    end: int
    level: Cefr | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a person tells about themselves, with the words that tell it."""

    topic: Topic
    held: Held
    codes: tuple[str, ...]
    sentence: str
    start: int
    end: int
