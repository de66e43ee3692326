"""Whether a person has a qualification that is asked for.

Education is told in words. Where they name any schooling and not the qualification, it is
lacking; where they name nothing that is recognised, it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from matcher.domain.match import GateOutcome
from matcher.match.gates.holdings import Judged
from matcher.match.gates.known import Known, Said, said_of
from matcher.requirements.own_words import KEPT
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
from matcher.requirements.statement import Held, Topic

#: Professions that may be practised by those in the register of Valvira alone.
_REGISTERED: Final = frozenset({Field.HEALTH, Field.TITLE_HEALTH})


@dataclass(frozen=True, slots=True)
class Schooling:
    """What is told of a person's qualifications.

    Parameters
    ----------
    degrees, spoken
        What the words of education tell, and the person's own.
    worked_as
        What the occupations worked in are usually qualified for.
    education, words
        As told, to be shown.
    """

    degrees: tuple[Said, ...]
    spoken: tuple[Said, ...]
    worked_as: frozenset[str]
    education: str = field(compare=False)
    words: str = field(compare=False)

    @classmethod
    def of(cls, known: Known) -> Schooling:
        """Return what is known of a person."""
        titles = ". ".join(job.title for job in known.profile.occupations_done)
        return cls(
            tuple(said_of(known.degrees, Topic.QUALIFICATION)),
            tuple(said_of(known.text, Topic.QUALIFICATION)),
            _worked_as(titles),
            known.profile.education,
            known.schooling,
        )


def qualification(schooling: Schooling, codes: Iterable[str]) -> Judged:
    """Judge whether a person has any of the qualifications.

    A right to practise that is applied for is not held yet, whatever the degree. An
    occupation that somebody has worked in shows no qualification, and leaves it unknown.
    """
    wanted = frozenset(codes)
    degrees, spoken = schooling.degrees, schooling.spoken
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
    if not degrees or wanted & schooling.worked_as:
        return GateOutcome.UNKNOWN, schooling.education or None
    return _lacking(wanted, degrees), schooling.education or schooling.words


@lru_cache(maxsize=KEPT)
def _worked_as(titles: str) -> frozenset[str]:
    named = {code for one in read_title(titles) for code in one.codes}
    return frozenset().union(*map(included, named))


def _lacking(wanted: frozenset[str], degrees: Iterable[Said]) -> GateOutcome:
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


def _granted(one: Said) -> frozenset[str]:
    return frozenset().union(*(included(code) for code in one.codes))


def _field(code: str) -> Field | None:
    entry = qualifications().get(code)
    return entry.field if entry else None


def _law(code: str) -> str:
    entry = qualifications().get(code)
    return entry.law if entry else ""
