"""Requests, wishes, notices and ideas as records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from matcher.domain.casework.contacts import ContactRequest, Idea, Notice, ServiceWishes
from matcher.domain.casework.item import Channel
from matcher.domain.text import Lang
from matcher.ingest.casework.base import CaseRecord
from matcher.ingest.days import Day
from matcher.ingest.records import Id, LanguageCode, Text


class ContactRequestRecord(CaseRecord):
    """A client asks to be contacted (yhteydenottopyyntö)."""

    domain = ContactRequest
    topic: Literal["contact_request"]
    channel: Channel
    text: Text
    due: Day = Field(description="Day by which somebody is to answer")
    answered: Day | None = None


class ServiceWishesRecord(CaseRecord):
    """How a client can be served and reached; languages best first."""

    domain = ServiceWishes
    topic: Literal["service_wishes"]
    codes: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=20)]
    interpreter: bool | None = None
    online: bool | None = Field(None, description="Whether notices may come by e-service")


class NoticeRecord(CaseRecord):
    """Something that a client is told in writing (ilmoitus)."""

    domain = Notice
    topic: Literal["notice"]
    entry: Id
    channel: Channel
    sent: Day | None = None


class IdeaRecord(CaseRecord):
    """An idea, view or experience of a client."""

    domain = Idea
    topic: Literal["idea"]
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    about: Annotated[str, Field(min_length=1, max_length=200)]
    language: Lang = Lang.FI
    municipality: Annotated[str, Field(pattern=r"^[0-9]{3}$")] | None = None
