"""Sessions, and the links by which people come in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from matcher.domain.access import Grant, Role
from matcher.domain.audit import Purpose
from matcher.store.links import PersonLink


class NewLink(BaseModel):
    """How long a link is to let the person in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: StrictInt = Field(30, ge=1, le=90)


class LinkAnswer(BaseModel):
    """A link without its secret."""

    id: str
    created_at: datetime
    expires_at: datetime
    by: str
    is_shut: bool = Field(description="Revoked, or shut by wrong codes")

    @classmethod
    def of(cls, link: PersonLink) -> LinkAnswer:
        """Return a link as it is shown."""
        return cls(
            id=link.id,
            created_at=link.created_at,
            expires_at=link.expires_at,
            by=link.by,
            is_shut=link.is_shut,
        )


class MadeLink(LinkAnswer):
    """A link with what opens it, shown once and kept nowhere."""

    link: str = Field(description="For the person; the code goes another way, as by voice")
    code: str


class Entry(BaseModel):
    """What a person comes in with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    link: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9 ]+$")]


class Left(BaseModel):
    """What is left to do after leaving."""

    farewell: str | None = Field(
        description="Where to log out at the identity provider as well; null if nowhere"
    )


class SessionAnswer(BaseModel):
    """Who is calling."""

    role: Role
    purposes: list[Purpose] = Field(description="What can be named in Kohtaanto-Purpose")
    municipalities: list[str]
    name: str
    organisation: str
    csrf: str | None = Field(
        description="To be sent as X-CSRF-Token with what changes something; null for a key"
    )

    @classmethod
    def of(cls, grant: Grant, purposes: tuple[Purpose, ...], csrf: str | None) -> SessionAnswer:
        """Return who is calling as it is shown."""
        return cls(
            role=grant.role,
            purposes=list(purposes),
            municipalities=list(grant.municipalities),
            name=grant.name,
            organisation=grant.organisation,
            csrf=csrf,
        )
