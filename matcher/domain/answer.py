"""What an employer answers of the people shown, and how a need ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from matcher.errors import InputError


class Answer(StrEnum):
    """What an employer does about a person who was shown."""

    INVITED = "invited"
    INTERVIEWED = "interviewed"
    HIRED = "hired"
    NOT_CHOSEN = "not_chosen"


class WhyNot(StrEnum):
    """Why an employer does not choose a person; nothing that nobody may be chosen by."""

    OTHER_CHOSEN = "other_chosen"
    SKILLS = "skills"
    LANGUAGE = "language"
    TIMES = "times"
    NOT_REACHED = "not_reached"
    WORK_GONE = "work_gone"


class Outcome(StrEnum):
    """How a need ended."""

    HIRED_HERE = "hired_here"
    HIRED_ELSEWHERE = "hired_elsewhere"
    NOT_FILLED = "not_filled"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerAnswer:
    """One answer about one person for one need; answers are a log, the newest counts.

    Parameters
    ----------
    request
        Id of the request for consent by which the person was shown.
    profile_id, need_id
        Of the person and the need.
    answer
        What the employer does.
    reason
        Why not, with `Answer.NOT_CHOSEN`; None with any other.
    at, by
        When, and through which key.

    Raises
    ------
    InputError
        If a refusal has no reason, or anything else has one.
    """

    request: str
    profile_id: str
    need_id: str
    answer: Answer
    reason: WhyNot | None = None
    at: datetime
    by: str

    def __post_init__(self) -> None:
        if (self.answer is Answer.NOT_CHOSEN) != (self.reason is not None):
            raise InputError(
                f"The answer {self.answer} "
                + ("lacks its reason." if self.reason is None else "has no reason."),
                remedy=f"Give a reason with {Answer.NOT_CHOSEN}, and only there.",
                field="reason",
            )


@dataclass(frozen=True, slots=True)
class NeedOutcome:
    """How a need ended, with who closed it and when."""

    need_id: str
    outcome: Outcome
    at: datetime
    by: str


def newest(answers: Iterable[EmployerAnswer]) -> Mapping[str, EmployerAnswer]:
    """Return the answer that counts for each request, by the request's id.

    Parameters
    ----------
    answers
        Oldest first.
    """
    return {one.request: one for one in answers}
