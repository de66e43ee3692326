"""Entries of case files in the service's own format: JSON files and request bodies."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import AwareDatetime, Field, TypeAdapter

from matcher.domain.barriers import BarrierArea, Severity
from matcher.domain.casework import (
    CASE_ITEMS,
    Assignment,
    CaseItem,
    ChangeKind,
    Channel,
    ContactRequest,
    Enrolment,
    Idea,
    Meeting,
    MeetingKind,
    MeetingState,
    Notice,
    PartnerMapping,
    Plan,
    ReportedChange,
    Responsible,
    SelfAssessment,
    ServiceNeeds,
    ServiceWishes,
    Task,
    Transfer,
)
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.ingest.records import Competences, Id, LanguageCode, Phrase, Record, Text

_Name = Annotated[str, Field(max_length=200)]


class CaseRecord(Record):
    """Base of all entries; `topic` says which kind one is."""

    domain: ClassVar[type[CaseItem]]


class AssignmentRecord(CaseRecord):
    """Which coach and team work with a client (omavalmentaja)."""

    domain = Assignment
    topic: Literal["assignment"]
    coach: Annotated[str, Field(min_length=1, max_length=200)]
    team: _Name = ""
    start: date
    end: date | None = Field(None, description="Last day; left out while it holds")
    reason: Text = ""


class MeetingRecord(CaseRecord):
    """A meeting, planned or past."""

    domain = Meeting
    topic: Literal["meeting"]
    begins: AwareDatetime = Field(description="With its time zone, as in 2026-12-01T09:00+02:00")
    kind: MeetingKind
    channel: Channel
    state: MeetingState = MeetingState.PLANNED
    participants: tuple[_Name, ...] = Field((), max_length=50, description="Beside the client")
    notes: Text = ""


class TaskRecord(CaseRecord):
    """Something agreed on (sovittu tehtävä)."""

    domain = Task
    topic: Literal["task"]
    text: Phrase
    responsible: Responsible
    due: date
    done: date | None = None
    meeting: Id | None = Field(None, description="Entry of the meeting at which it was agreed")


class ContactRequestRecord(CaseRecord):
    """A client asks to be contacted (yhteydenottopyyntö)."""

    domain = ContactRequest
    topic: Literal["contact_request"]
    channel: Channel
    text: Text
    due: date = Field(description="Day by which somebody is to answer")
    answered: date | None = None


class ReportedChangeRecord(CaseRecord):
    """A change in the situation that a client reports."""

    domain = ReportedChange
    topic: Literal["reported_change"]
    kind: ChangeKind
    text: Text
    since: date
    channel: Channel
    due: date = Field(description="Day by which a coach is to look at it")
    handled: date | None = None


class PartnerMappingRecord(CaseRecord):
    """Competences that a partner mapped, such as a vocational school."""

    domain = PartnerMapping
    topic: Literal["partner_mapping"]
    organisation: Annotated[str, Field(min_length=1, max_length=200)]
    author: Annotated[str, Field(min_length=1, max_length=200)]
    written: date
    competences: Competences = ()
    text: Text = ""
    accepted: date | None = None


class ServiceWishesRecord(CaseRecord):
    """How a client can be served and reached; languages best first."""

    domain = ServiceWishes
    topic: Literal["service_wishes"]
    codes: Annotated[tuple[LanguageCode, ...], Field(min_length=1, max_length=20)]
    interpreter: bool | None = None
    online: bool | None = Field(None, description="Whether notices may come by e-service")


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
    assessed: date
    network: tuple[_Name, ...] = Field((), max_length=50, description="Professions that took part")
    barriers: Annotated[tuple[BarrierRecord, ...], Field(max_length=50)] = ()


class PlanStepRecord(Record):
    """One step of a client's path."""

    text: Phrase
    responsible: Responsible
    start: date | None = None
    due: date | None = None
    done: date | None = None
    kind: OfferKind | None = None
    offer_id: Id | None = Field(None, description="Of the offer it is about, with its kind")


class PlanRecord(CaseRecord):
    """The client's path to work, training or other services (suunnitelma)."""

    domain = Plan
    topic: Literal["plan"]
    goal: Annotated[str, Field(min_length=1, max_length=1000)]
    steps: Annotated[tuple[PlanStepRecord, ...], Field(max_length=50)]
    agreed: date
    next_review: date = Field(description="Day on which client and coach look at it again")


class SelfAssessmentRecord(CaseRecord):
    """How a client sees the own situation; what was not answered is left out."""

    domain = SelfAssessment
    topic: Literal["self_assessment"]
    on: date
    work_ability: int | None = Field(None, ge=0, le=10, description="Against the lifetime best")
    wellbeing: int | None = Field(None, ge=0, le=100, description="WHO-5 index")
    readiness: int | None = Field(None, ge=0, le=10, description="For work within three months")


class EnrolmentRecord(CaseRecord):
    """A training or service that a client takes part in."""

    domain = Enrolment
    topic: Literal["enrolment"]
    kind: OfferKind
    title: Phrase
    start: date
    end: date | None = None
    offer_id: Id | None = Field(None, description="Left out for what is in no catalogue")
    monthly_cost_eur: float | None = Field(None, ge=0, le=1_000_000)


class TransferRecord(CaseRecord):
    """A client has come to another unit's service (asiakassiirto)."""

    domain = Transfer
    topic: Literal["transfer"]
    plan: Id
    stage: Annotated[int, Field(ge=1)]
    unit: _Name
    on: date


class NoticeRecord(CaseRecord):
    """Something that a client is told in writing (ilmoitus)."""

    domain = Notice
    topic: Literal["notice"]
    about: Id
    channel: Channel
    sent: date | None = None


class IdeaRecord(CaseRecord):
    """An idea, view or experience of a client."""

    domain = Idea
    topic: Literal["idea"]
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    about: Annotated[str, Field(min_length=1, max_length=200)]
    language: Lang = Lang.FI


AnyCaseRecord = Annotated[
    AssignmentRecord
    | MeetingRecord
    | TaskRecord
    | ContactRequestRecord
    | ReportedChangeRecord
    | PartnerMappingRecord
    | ServiceWishesRecord
    | ServiceNeedsRecord
    | PlanRecord
    | SelfAssessmentRecord
    | EnrolmentRecord
    | TransferRecord
    | NoticeRecord
    | IdeaRecord,
    Field(discriminator="topic"),
]
_RECORDS: dict[str, type[CaseRecord]] = {
    "assignment": AssignmentRecord,
    "meeting": MeetingRecord,
    "task": TaskRecord,
    "contact_request": ContactRequestRecord,
    "reported_change": ReportedChangeRecord,
    "partner_mapping": PartnerMappingRecord,
    "service_wishes": ServiceWishesRecord,
    "service_needs": ServiceNeedsRecord,
    "plan": PlanRecord,
    "self_assessment": SelfAssessmentRecord,
    "enrolment": EnrolmentRecord,
    "transfer": TransferRecord,
    "notice": NoticeRecord,
    "idea": IdeaRecord,
}
_ADAPTERS: dict[type, TypeAdapter[Any]] = {cls: TypeAdapter(cls) for cls in CASE_ITEMS}
_ANY: TypeAdapter[AnyCaseRecord] = TypeAdapter(AnyCaseRecord)


def case_item(record: CaseRecord) -> CaseItem:
    """Return the entry that a record describes."""
    data = record.model_dump(exclude={"topic"})
    return cast(CaseItem, _ADAPTERS[record.domain].validate_python(data))


def case_record(item: CaseItem) -> AnyCaseRecord:
    """Return an entry as a record that can be edited and sent back."""
    topic = next(name for name, cls in _RECORDS.items() if cls.domain is type(item))
    return _ANY.validate_python({"topic": topic, **_ADAPTERS[type(item)].dump_python(item)})
