"""Staff of an organisation that deal with that organisation's own needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody looked at people for a need of the organisation that employs them.

    A municipality serves jobseekers and employs people itself: who does both is told so and
    it is written down. Nothing is refused.

    Parameters
    ----------
    caller
        Who.
    organisation
        Whose need it is, and who employs them.
    need_id
        The need.
    profile_id
        Whom they dealt with; None if it was a list.
    operation
        What they did.
    at
        When, for the first time on that day.

    References
    ----------
    Hallintolaki 434/2003, 28 §, on disqualification. Whether it holds in a case is for the
    organisation to judge.
    """

    caller: str
    organisation: str
    need_id: str
    profile_id: str | None
    operation: str
    at: datetime
