"""What a client reports as changed, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from matcher.domain.casework.item import CaseItem, Channel


class ChangeKind(StrEnum):
    """What has changed in a client's situation."""

    MOVED = "moved"
    COMPETENCE = "competence"
    AVAILABILITY = "availability"
    RESTRICTION = "restriction"
    FOUND_WORK = "found_work"
    STARTED_STUDIES = "started_studies"
    BENEFIT = "benefit"
    LANGUAGE = "language"
    OTHER = "other"


class Consequence(StrEnum):
    """What a reported change calls for."""

    UPDATE_PROFILE = "update_profile"
    MATCH_ANEW = "match_anew"
    CHECK_RULES = "check_rules"


_FITS_ANEW: Final = (Consequence.UPDATE_PROFILE, Consequence.MATCH_ANEW)
#: What follows from a change: new lists where matching reads what has changed, a new look at
#: target group, phase and instruments where their rules do.
CONSEQUENCES: Final[dict[ChangeKind, tuple[Consequence, ...]]] = {
    ChangeKind.MOVED: (*_FITS_ANEW, Consequence.CHECK_RULES),
    ChangeKind.COMPETENCE: _FITS_ANEW,
    ChangeKind.AVAILABILITY: _FITS_ANEW,
    ChangeKind.RESTRICTION: _FITS_ANEW,
    ChangeKind.LANGUAGE: _FITS_ANEW,
    ChangeKind.FOUND_WORK: (Consequence.UPDATE_PROFILE, Consequence.CHECK_RULES),
    ChangeKind.STARTED_STUDIES: (Consequence.UPDATE_PROFILE, Consequence.CHECK_RULES),
    ChangeKind.BENEFIT: (Consequence.CHECK_RULES,),
    ChangeKind.OTHER: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChange(CaseItem):
    """A change in the situation that a client reports (ilmoitettu muutos).

    Parameters
    ----------
    kind, text
        What has changed, as code and in the client's words.
    since
        Day from which it holds.
    channel
        How it was reported.
    due, handled
        Day by which a coach is to look at it, and the day on which one did.
    """

    kind: ChangeKind
    text: str
    since: date
    channel: Channel
    due: date
    handled: date | None = None
