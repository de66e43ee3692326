"""How much of a competence mapping is known, and when it is too little to match by."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from matcher.domain.profile import Profile

#: With fewer competences lists say little; our own rule of thumb.
FEW_COMPETENCES: Final = 3
#: From so many unknown parts on, most gates can only ask; our own rule of thumb.
MANY_UNKNOWN: Final = 4


class MappedPart(StrEnum):
    """What a mapping asks, in the order in which it does."""

    COMPETENCES = "competences"
    WISHES = "wishes"
    HOME = "home"
    COMMUTE = "commute"
    LANGUAGES = "languages"
    LICENCES = "licences"
    CARDS = "cards"
    HOURS = "hours"


def unknown_parts(profile: Profile) -> tuple[MappedPart, ...]:
    """Return what is not known of a person yet; known to be none is known."""
    hours = profile.hours
    known = {
        MappedPart.COMPETENCES: len(profile.competences) >= FEW_COMPETENCES,
        MappedPart.WISHES: bool(profile.occupations_wanted),
        MappedPart.HOME: profile.municipality is not None,
        MappedPart.COMMUTE: profile.commute.max_km is not None,
        MappedPart.LANGUAGES: profile.languages is not None,
        MappedPart.LICENCES: profile.licences is not None,
        MappedPart.CARDS: profile.cards is not None,
        MappedPart.HOURS: hours.times is not None or hours.extents is not None,
    }
    return tuple(part for part in MappedPart if not known[part])


def is_thin(profile: Profile) -> bool:
    """Tell whether too little is known of a person for lists to say much."""
    unknown = unknown_parts(profile)
    return MappedPart.COMPETENCES in unknown or len(unknown) >= MANY_UNKNOWN
