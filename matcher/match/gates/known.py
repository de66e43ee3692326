"""A profile as gates read it: its fields, the day, and what its words tell of what is held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from matcher.domain.parts import Evidence
from matcher.domain.profile import Profile
from matcher.requirements.own_words import read_told
from matcher.requirements.statement import Held, Told, Topic

_SHOWN: Final = frozenset({Evidence.CERTIFICATE, Evidence.EDUCATION})


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a person's words tell; equal to what tells the same in other words."""

    held: Held
    codes: tuple[str, ...]
    sentence: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person on a day.

    Parameters
    ----------
    profile
        Whose.
    on
        The day on which age limits are judged.
    schooling
        What the profile says of education, and competences that rest on a certificate.
    text, degrees
        What the person's own words and those of the schooling tell.
    """

    profile: Profile
    on: date
    schooling: str
    text: tuple[Told, ...]
    degrees: tuple[Told, ...]

    @classmethod
    def of(cls, profile: Profile, on: date) -> Known:
        """Read the words of a profile."""
        shown = (one.name for one in profile.competences if one.evidence in _SHOWN)
        schooling = "\n".join(filter(None, (profile.education, *shown)))
        return cls(profile, on, schooling, read_told(profile.text), read_told(schooling))

    def said(self, topic: Topic) -> tuple[Said, ...]:
        """Return what all words tell of a topic, the person's own first."""
        return (*said_of(self.text, topic), *said_of(self.degrees, topic))


def said_of(told: tuple[Told, ...], topic: Topic) -> Iterator[Said]:
    """Yield what words tell of a topic, in their order."""
    return (Said(one.held, one.codes, one.sentence) for one in told if one.topic is topic)
