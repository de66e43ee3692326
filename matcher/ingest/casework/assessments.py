"""Assessments by partners, by professionals and by the client as records."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from matcher.domain.barriers import BarrierArea, Severity
from matcher.domain.casework.assessments import PartnerMapping, SelfAssessment, ServiceNeeds
from matcher.ingest.casework.base import CaseRecord, Name
from matcher.ingest.days import Day
from matcher.ingest.records import Competences, Record, Text


class PartnerMappingRecord(CaseRecord):
    """Competences that a partner mapped, such as a vocational school."""

    domain = PartnerMapping
    topic: Literal["partner_mapping"]
    organisation: Annotated[str, Field(min_length=1, max_length=200)]
    author: Annotated[str, Field(min_length=1, max_length=200)]
    written: Day
    competences: Competences = ()
    text: Text = ""
    accepted: Day | None = None


class BarrierRecord(Record):
    """One barrier between a client and work."""

    area: BarrierArea
    severity: Severity
    text: Annotated[str, Field(max_length=500)] = ""
    goal: Annotated[str, Field(max_length=500)] = ""


class ServiceNeedsRecord(CaseRecord):
    """The assessment of what a client needs (palvelutarpeen arviointi)."""

    domain = ServiceNeeds
    topic: Literal["service_needs"]
    assessed: Day
    network: tuple[Name, ...] = Field((), max_length=50, description="Professions that took part")
    barriers: Annotated[tuple[BarrierRecord, ...], Field(max_length=50)] = ()


class SelfAssessmentRecord(CaseRecord):
    """How a client sees the own situation; what was not answered is left out."""

    domain = SelfAssessment
    topic: Literal["self_assessment"]
    on: Day
    work_ability: int | None = Field(None, ge=0, le=10, description="Against the lifetime best")
    wellbeing: int | None = Field(None, ge=0, le=100, description="WHO-5 index")
    readiness: int | None = Field(None, ge=0, le=10, description="For work within three months")
