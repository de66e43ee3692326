"""What a person tells of themselves."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.casework.changes import ChangeKind
from matcher.domain.consent import Consent, ConsentState


class OwnMove(StrEnum):
    """What a person can do with a request for consent."""

    YES = "yes"
    NO = "no"
    WITHDRAW = "withdraw"


class OwnMoveRequest(BaseModel):
    """What the person answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    move: OwnMove


class OwnConsent(BaseModel):
    """A request for consent as it stands today."""

    id: str
    need_id: str
    need_title: str
    organisation: str = Field(description="Who would see the person; empty if it is not told")
    state: ConsentState
    asked_at: datetime
    deadline: date
    until: date

    @classmethod
    def of(cls, consent: Consent, need: tuple[str, str], on: date) -> OwnConsent:
        """Return a request as it is shown to the person: with title and company of the need."""
        title, organisation = need
        return cls(
            id=consent.id,
            need_id=consent.need_id,
            need_title=title,
            organisation=organisation,
            state=consent.state(on),
            asked_at=consent.events[0].at,
            deadline=consent.deadline,
            until=consent.until,
        )


class OwnChange(BaseModel):
    """A change that a person reports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ChangeKind
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    since: date
