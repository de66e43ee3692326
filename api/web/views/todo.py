"""What has to be done for a client: what was agreed, and what the rules ask of the service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.pathways.duties import DutyState
from matcher.store.portfolio import OpenEntry

#: What was agreed, by the class of the entry.
AGREED: Final[Mapping[str, Message]] = {
    "Task": msg("Agreed task"),
    "ContactRequest": msg("Asks to be contacted"),
    "ReportedChange": msg("Reported a change"),
    "Plan": msg("Review of the plan"),
    "Meeting": msg("Meeting"),
}
_AHEAD: Final = (DutyState.OVERDUE, DutyState.UPCOMING)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done.

    Parameters
    ----------
    text
        What.
    day
        By when; None if that is not known.
    is_late
        Whether it should be done already.
    """

    text: str
    day: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of the service, as a rule tells it.

    Parameters
    ----------
    name
        What it is called.
    due, state
        By when, and what became of it.
    """

    name: str
    due: date | None
    state: DutyState


def to_do(
    agreed: Iterable[OpenEntry], owed: Iterable[Owed], today: date, words: Words
) -> list[Due]:
    """Return what is still to be done, each by its day, late things first."""
    found = [Due(words(AGREED[one.topic]), one.due, one.due < today) for one in agreed]
    found += [
        Due(one.name[:1].upper() + one.name[1:], one.due, one.state is DutyState.OVERDUE)
        for one in owed
        if one.state in _AHEAD
    ]
    return sorted(found, key=lambda one: (not one.is_late, one.day or date.max))
