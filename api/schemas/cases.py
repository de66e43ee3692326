"""Case files: entries as they are written and read."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from matcher.domain.casework.changes import CONSEQUENCES, Consequence, ReportedChange
from matcher.domain.casework.item import CaseItem
from matcher.ingest.casework.contacts import IdeaRecord
from matcher.ingest.casework.records import AnyCaseRecord, case_record
from matcher.store.caserows import CaseEntry


class NewCaseEntry(BaseModel):
    """An entry to be written into a client's case file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: AnyCaseRecord


class ChangedCaseEntry(NewCaseEntry):
    """A new version of an entry."""

    version: StrictInt = Field(
        ge=1, description="The version that you have read; 409 if there is a newer one by now"
    )


class CaseAnswer(BaseModel):
    """One version of an entry."""

    id: str
    version: int
    profile_id: str | None = Field(description="Null for an idea given without a name")
    at: datetime
    by: str = Field(description="Key of the caller who wrote this version")
    entry: AnyCaseRecord
    calls_for: tuple[Consequence, ...] = Field(
        description="Of a change that a client reported: what follows from it"
    )

    @classmethod
    def of(cls, entry: CaseEntry[CaseItem]) -> CaseAnswer:
        """Return an entry as it is shown."""
        item = entry.item
        return cls(
            id=entry.id,
            version=entry.version,
            profile_id=entry.profile_id,
            at=entry.at,
            by=entry.by,
            entry=case_record(item),
            calls_for=CONSEQUENCES[item.kind] if isinstance(item, ReportedChange) else (),
        )


class CaseEntries(BaseModel):
    """Entries, in the order told by the route."""

    items: list[CaseAnswer]


class NewIdea(BaseModel):
    """An idea given without a name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: IdeaRecord


class CoachLoad(BaseModel):
    """How many clients one coach has."""

    coach: str
    clients: int


class Coaching(BaseModel):
    """How the clients are shared among the coaches."""

    loads: list[CoachLoad]
    unassigned: list[str] = Field(description="Profiles of the caller's municipalities, no coach")
