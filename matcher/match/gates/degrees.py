"""Whether a person has a qualification that is asked for.

Education is told in words. Where they name any schooling and not the qualification, it is
lacking; where they name nothing that is recognised, it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from matcher.domain.match import GateOutcome
from matcher.domain.profile import Profile
from matcher.match.gates.holdings import Judged, Words
from matcher.requirements.own_words import read_told
from matcher.requirements.qualifications import (
    DEGREES,
    HIGHER,
    OTHER,
    REGISTRATION,
    STUDENT,
    SUITABLE_HIGHER,
    Field,
    included,
    qualifications,
)
from matcher.requirements.reading import read_title
from matcher.requirements.statement import Held, Told, Topic

#: Professions that may be practised by those in the register of Valvira alone.
_REGISTERED: Final = frozenset({Field.HEALTH, Field.TITLE_HEALTH})


def qualification(profile: Profile, codes: Iterable[str]) -> Judged:
    """Judge whether a person has any of the qualifications.

    A right to practise that is applied for is not held yet, whatever the degree. An
    occupation that somebody has worked in shows no qualification, and leaves it unknown.
    """
    wanted = frozenset(codes)
    words = Words.of(profile)
    degrees = _qualifications(words.degrees)
    spoken = _qualifications(words.text)
    # Free words name many professions; of one's own they are taken where nothing else is told.
    told = (*degrees, *(one for one in spoken if not degrees or REGISTRATION in one.codes))
    barred = next(
        (one for one in told if REGISTRATION in one.codes and one.held is not Held.YES), None
    )
    if barred and any(_field(code) in _REGISTERED or code == REGISTRATION for code in wanted):
        return GateOutcome.UNMET, barred.sentence
    holder = next((one for one in told if one.held is Held.YES and wanted & _granted(one)), None)
    if holder:
        return GateOutcome.MET, holder.sentence
    student = next(
        (one for one in told if one.held is Held.PENDING and wanted & _granted(one)), None
    )
    if student and STUDENT in wanted:
        return GateOutcome.MET, student.sentence
    if not degrees or _worked_as(profile, wanted):
        return GateOutcome.UNKNOWN, profile.education or None
    return _lacking(wanted, degrees), profile.education or words.degrees


def _lacking(wanted: frozenset[str], degrees: Iterable[Told]) -> GateOutcome:
    held = {code for one in degrees if one.held is Held.YES for code in _granted(one)}
    # Another suitable qualification may be the one that the person has; of one that law asks
    # for there is no other.
    if OTHER in wanted and held & DEGREES and not any(map(_law, wanted)):
        return GateOutcome.UNKNOWN
    if SUITABLE_HIGHER in wanted and HIGHER in held:
        return GateOutcome.UNKNOWN
    # Degrees of one level have many names: whether it is the one that is meant is asked.
    if HIGHER in held and any(
        HIGHER in included(code) and _field(code) is Field.DEGREE for code in wanted
    ):
        return GateOutcome.UNKNOWN
    if wanted == {REGISTRATION} and any(_field(code) in _REGISTERED for code in held):
        return GateOutcome.UNKNOWN
    return GateOutcome.UNMET


def _qualifications(text: str) -> list[Told]:
    return [one for one in read_told(text) if one.topic is Topic.QUALIFICATION]


def _granted(one: Told) -> frozenset[str]:
    return frozenset().union(*(included(code) for code in one.codes))


def _field(code: str) -> Field | None:
    entry = qualifications().get(code)
    return entry.field if entry else None


def _law(code: str) -> str:
    entry = qualifications().get(code)
    return entry.law if entry else ""


def _worked_as(profile: Profile, wanted: frozenset[str]) -> bool:
    titles = ". ".join(job.title for job in profile.occupations_done)
    worked = {code for one in read_title(titles) for code in one.codes}
    return any(wanted & included(code) for code in worked)
