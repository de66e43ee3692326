"""Entries of case files in the service's own format: JSON files and request bodies."""

from __future__ import annotations

from typing import Annotated, Any, Final, cast, get_args

from pydantic import Field, TypeAdapter

from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.items import CASE_ITEMS
from matcher.ingest.casework.assessments import (
    PartnerMappingRecord,
    SelfAssessmentRecord,
    ServiceNeedsRecord,
)
from matcher.ingest.casework.base import CaseRecord
from matcher.ingest.casework.changes import ReportedChangeRecord
from matcher.ingest.casework.contacts import (
    ContactRequestRecord,
    IdeaRecord,
    NoticeRecord,
    ServiceWishesRecord,
)
from matcher.ingest.casework.meetings import MeetingRecord, TaskRecord
from matcher.ingest.casework.placements import AssignmentRecord, EnrolmentRecord, TransferRecord
from matcher.ingest.casework.plans import PlanRecord

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
_TOPICS: Final[dict[type[CaseItem], str]] = {
    cls.domain: get_args(cls.model_fields["topic"].annotation)[0]
    for cls in get_args(get_args(AnyCaseRecord)[0])
}
_ADAPTERS: Final[dict[type, TypeAdapter[Any]]] = {cls: TypeAdapter(cls) for cls in CASE_ITEMS}
_ANY: Final[TypeAdapter[AnyCaseRecord]] = TypeAdapter(AnyCaseRecord)


def case_item(record: CaseRecord) -> CaseItem:
    """Return the entry that a record describes."""
    data = record.model_dump(exclude={"topic"})
    return cast(CaseItem, _ADAPTERS[record.domain].validate_python(data))


def case_record(item: CaseItem) -> AnyCaseRecord:
    """Return an entry as a record that can be edited and sent back."""
    content = _ADAPTERS[type(item)].dump_python(item)
    return _ANY.validate_python({"topic": _TOPICS[type(item)], **content})
