"""A jobseeker's competence mapping (osaamiskartoitus, kompetenskartläggning)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.parts import (
    Availability,
    Commute,
    Competence,
    Hours,
    LanguageSkill,
    Occupation,
    Restriction,
)
from matcher.domain.text import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a person can do, wants and needs, as mapped with the coach.

    Parameters
    ----------
    id
        The store's id; imported profiles carry their source before a colon.
    source
        Where the profile came from, as in ``"own"`` or ``"tyomarkkinatori"``.
    language
        Language of the free texts.
    text
        The person's own words or the coach's summary.
    competences
        What the person can do.
    occupations_done, occupations_wanted
        Occupations worked in, and aimed at.
    education
        Degrees and studies in words.
    languages, licences, cards
        None if not asked; an empty tuple if there are none. Licences are EU classes, cards
        three-digit permit card codes.
    municipality
        Three-digit code of the home municipality, None if unknown.
    commute, hours, availability
        How far, when and from when.
    restrictions
        What the person cannot do.
    birth_date
        Read by age limits of law only, never by ranking.
    active
        Whether lists are made for this person every night.
    """

    id: str
    source: str = "own"
    language: Lang = Lang.FI
    text: str = ""
    competences: tuple[Competence, ...] = ()
    occupations_done: tuple[Occupation, ...] = ()
    occupations_wanted: tuple[Occupation, ...] = ()
    education: str = ""
    languages: tuple[LanguageSkill, ...] | None = None
    licences: tuple[str, ...] | None = None
    cards: tuple[str, ...] | None = None
    municipality: str | None = None
    commute: Commute = field(default_factory=Commute)
    hours: Hours = field(default_factory=Hours)
    availability: Availability = field(default_factory=Availability)
    restrictions: tuple[Restriction, ...] = ()
    birth_date: date | None = None
    active: bool = True
