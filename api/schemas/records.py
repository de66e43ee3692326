"""Profiles and offers as documents: what is sent in, and what comes back to be edited."""

from __future__ import annotations

from typing import Annotated, Any, Final, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import InputError
from matcher.ingest.records import (
    NeedRecord,
    OfferRecord,
    ProfileRecord,
    ServiceRecord,
    TrainingRecord,
    VacancyRecord,
)

Item = TypeVar("Item")
DocumentId = Annotated[
    str,
    Field(
        max_length=200,
        description="Left out for a new record: the service makes it. Else as in the path.",
    ),
]


class ProfileDocument(ProfileRecord):
    """A competence mapping (osaamiskartoitus)."""

    id: DocumentId = ""


class VacancyDocument(VacancyRecord):
    """A public job advertisement."""

    id: DocumentId = ""


class NeedDocument(NeedRecord):
    """What a company told in a survey (yrityskartoitus)."""

    id: DocumentId = ""


class TrainingDocument(TrainingRecord):
    """A training or degree."""

    id: DocumentId = ""


class ServiceDocument(ServiceRecord):
    """A service that helps a person towards work or study."""

    id: DocumentId = ""


OfferDocument = VacancyDocument | NeedDocument | TrainingDocument | ServiceDocument
DOCUMENTS: Final[dict[OfferKind, type[OfferDocument]]] = {
    OfferKind.VACANCY: VacancyDocument,
    OfferKind.NEED: NeedDocument,
    OfferKind.TRAINING: TrainingDocument,
    OfferKind.SERVICE: ServiceDocument,
}
#: A body whose shape depends on the path, which FastAPI cannot describe by itself.
DOCUMENT_BODY: Final = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": f"#/components/schemas/{document.__name__}"}
                        for document in DOCUMENTS.values()
                    ]
                }
            }
        }
    }
}


class ProfileSummary(BaseModel):
    """As much of a profile as a list needs."""

    id: str
    municipality: str | None = Field(description="Code of the home municipality")
    language: Lang
    occupations_wanted: list[str]
    active: bool

    @classmethod
    def of(cls, profile: Profile) -> ProfileSummary:
        """Return the summary of a profile."""
        return cls(
            id=profile.id,
            municipality=profile.municipality,
            language=profile.language,
            occupations_wanted=[job.title for job in profile.occupations_wanted],
            active=profile.active,
        )


class Page(BaseModel, Generic[Item]):
    """Some records in the order of their ids."""

    items: list[Item]
    next: str | None = Field(description="Send it as `after` for the next page; null at the end")


def read_document(kind: OfferKind, body: dict[str, Any]) -> OfferDocument:
    """Read the document of an offer of a kind.

    Raises
    ------
    RequestValidationError
        Naming each field that cannot be used.
    """
    try:
        return DOCUMENTS[kind].model_validate(body)
    except ValidationError as error:
        raise RequestValidationError(
            [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        ) from error


def check_new(record: ProfileRecord | OfferRecord) -> None:
    """Refuse an id in a new record.

    Ids that callers choose could be tried out: the answer would tell which are taken by
    people of other municipalities.

    Raises
    ------
    InputError
        If the record names an id.
    """
    if record.id:
        raise InputError(
            "The service makes the id of a new record.",
            remedy="Leave it out, or replace an existing record with PUT.",
            field="id",
        )


def check_same(record: ProfileRecord | OfferRecord, id: str) -> None:
    """Refuse a record under an id that is not its own.

    Raises
    ------
    InputError
        If the record names another id than the path.
    """
    if record.id not in {"", id}:
        raise InputError(
            f"The record has another id than the path, which says {id!r}.",
            remedy="Leave the id out, or make both the same.",
            field="id",
        )
