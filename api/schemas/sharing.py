"""What is shared with partners, who is named for protected persons, and conflicts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.conflict import Conflict
from matcher.domain.sharing import NeedShare, Part, Share, SharePurpose

Organisation = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
    ),
]
StaffName = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


class NewShare(BaseModel):
    """What of a person is shared, with whom, what for and how long."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: Organisation = Field(description="As in the partner's key or token")
    parts: Annotated[tuple[Part, ...], Field(min_length=1, max_length=len(Part))]
    purpose: SharePurpose
    agreed: date = Field(description="Day on which the person agreed")
    until: date = Field(description="Last day on which the partner sees it")


class ShareAnswer(BaseModel):
    """A share as it stands today."""

    id: str
    organisation: str
    parts: list[Part]
    purpose: SharePurpose
    agreed: date
    until: date
    at: datetime
    by: str = Field(description="Id of the key, or issuer and subject")
    holds: bool = Field(description="Whether the partner sees anything today")
    revoked_at: datetime | None
    revoked_by: str | None

    @classmethod
    def of(cls, share: Share, on: date) -> ShareAnswer:
        """Return a share as it is shown."""
        return cls(
            id=share.id,
            organisation=share.organisation,
            parts=list(share.parts),
            purpose=share.purpose,
            agreed=share.agreed,
            until=share.until,
            at=share.at,
            by=share.by,
            holds=share.holds(on),
            revoked_at=share.revoked.at if share.revoked else None,
            revoked_by=share.revoked.by if share.revoked else None,
        )


class SharedAnswer(BaseModel):
    """What a partner may see of one person."""

    profile_id: str
    parts: list[Part]
    purpose: SharePurpose
    until: date

    @classmethod
    def of(cls, share: Share) -> SharedAnswer:
        """Return a share as the partner sees it."""
        return cls(
            profile_id=share.profile_id,
            parts=list(share.parts),
            purpose=share.purpose,
            until=share.until,
        )


class NewNeedShare(BaseModel):
    """Which organisation may read a need, and how long."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organisation: Organisation
    until: date = Field(description="Last day on which it is read there")


class NeedShareAnswer(BaseModel):
    """A share of a need as it stands today."""

    id: str
    organisation: str
    until: date
    at: datetime
    by: str
    holds: bool
    revoked_at: datetime | None

    @classmethod
    def of(cls, share: NeedShare, on: date) -> NeedShareAnswer:
        """Return a share as it is shown."""
        return cls(
            id=share.id,
            organisation=share.organisation,
            until=share.until,
            at=share.at,
            by=share.by,
            holds=share.holds(on),
            revoked_at=share.revoked.at if share.revoked else None,
        )


class NamedStaff(BaseModel):
    """Who alone may see a person whose address is protected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: Annotated[list[StaffName], Field(max_length=20)] = Field(
        description="Names as in `matcher key create --name`, or ids of keys without one"
    )


class ConflictAnswer(BaseModel):
    """Somebody dealt with a need of the organisation that employs them."""

    caller: str
    organisation: str
    need_id: str
    profile_id: str | None = Field(description="Whom it concerned; null if nobody, or hidden")
    is_person_hidden: bool = Field(
        description="Whether it concerned a person whom only others may see"
    )
    operation: str
    at: datetime

    @classmethod
    def of(cls, conflict: Conflict, seen: Collection[str]) -> ConflictAnswer:
        """Return a conflict as it is shown to somebody who may see some of the people."""
        is_hidden = conflict.profile_id is not None and conflict.profile_id not in seen
        return cls(
            caller=conflict.caller,
            organisation=conflict.organisation,
            need_id=conflict.need_id,
            profile_id=None if is_hidden else conflict.profile_id,
            is_person_hidden=is_hidden,
            operation=conflict.operation,
            at=conflict.at,
        )
