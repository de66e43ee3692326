"""Situations in the service's own format: JSON lines and request bodies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, StrictBool, TypeAdapter, ValidationError, model_validator

from matcher.domain.situation import Basis, Benefit, Situation
from matcher.errors import InputError
from matcher.ingest.contacts import scrub
from matcher.ingest.days import Day, check_order
from matcher.ingest.files import open_file
from matcher.ingest.json_files import json_documents
from matcher.ingest.records import MAX_PHRASE, LanguageCode, Record
from matcher.ingest.rows import Document, Problem

_MAX_PERIODS: Final = 500


class PeriodRecord(Record):
    """Days from the first to the last, both included."""

    start: Day
    end: Day | None = Field(None, description="Last day; left out while it runs")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order(self.start, self.end)
        return self


Periods = Annotated[tuple[PeriodRecord, ...], Field(max_length=_MAX_PERIODS)]


class RegistrationRecord(Record):
    """One time as a jobseeker."""

    period: PeriodRecord
    interruptions: Periods = Field(
        default=(), description="Times within it that do not count as unemployment"
    )


Registrations = Annotated[tuple[RegistrationRecord, ...], Field(max_length=_MAX_PERIODS)]


class BenefitDaysRecord(Record):
    """Days for which unemployment benefit was paid, as counted on a day."""

    days: Annotated[int, Field(ge=0, le=20_000)]
    counted: Day


class BasisRecord(Record):
    """Whether a fact holds that somebody established."""

    basis: Basis
    holds: StrictBool
    evidence: Annotated[str, Field(max_length=MAX_PHRASE)] = Field(
        "", description="What it rests on, as a statement of a day"
    )


class SituationRecord(Record):
    """What rules of law ask about a person; what is left out or null is unknown."""

    registrations: Registrations | None = Field(
        None, description="Times as a jobseeker; empty if there were none"
    )
    services: Periods | None = Field(None, description="Times in an employment service")
    supported_work: Periods | None = Field(None, description="Times at work with support")
    benefit: Benefit | None = None
    benefit_days: BenefitDaysRecord | None = None
    earnings_related_right: StrictBool | None = None
    earnings_related: Periods | None = Field(
        None, description="Times for which that allowance was paid; empty if it never was"
    )
    integration: Periods | None = Field(None, description="Integration periods")
    immigrant: StrictBool | None = None
    first_language: LanguageCode | None = Field(None, description="As in the population register")
    basis: tuple[BasisRecord, ...] = Field(default=(), description="Those left out are unknown")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [fact.basis for fact in self.basis]
        if len(set(named)) < len(named):
            raise ValueError("a basis fact is named twice")
        return self


_SITUATION: TypeAdapter[Situation] = TypeAdapter(Situation)


def situation_from(record: SituationRecord) -> Situation:
    """Return the situation that a record describes, contacts left out of its texts."""
    return scrub(_SITUATION.validate_python(record.model_dump()))


def situation_record(situation: Situation) -> SituationRecord:
    """Return a situation as it can be written again."""
    return SituationRecord.model_validate(_SITUATION.dump_python(situation))


def read_situations(path: Path) -> dict[str, Situation]:
    """Return the situations of a JSONL file by the id of their profile.

    Each line is a situation in the own format with one more field: ``profile``, the id.

    Raises
    ------
    InputError
        If a line cannot be used, with its number, field and remedy: none is returned then.
    """
    found: dict[str, Situation] = {}
    for document in json_documents(open_file(path)):
        where = f"{path}, {document.row}" if document.row else str(path)
        profile, situation = _line(document, where)
        if profile in found:
            raise InputError(
                f"The profile {profile!r} has two situations.",
                remedy="Keep one line for each profile.",
                where=where,
                field="profile",
            )
        found[profile] = situation
    return found


def _line(document: Document | Problem, where: str) -> tuple[str, Situation]:
    if isinstance(document, Problem):
        raise InputError(f"{document.reason}.", remedy=document.remedy, where=where)
    if not isinstance(document.value, dict):
        raise InputError("It is no JSON object.", remedy="Write one person a line.", where=where)
    row = dict(document.value)
    profile = row.pop("profile", None)
    if not isinstance(profile, str) or not profile:
        raise InputError(
            "It names nobody.",
            remedy="Give the profile's id as text.",
            where=where,
            field="profile",
        )
    try:
        return profile, situation_from(SituationRecord.model_validate(row))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InputError(
            f"{first['msg']}.",
            remedy="Correct the line and set the file again; nothing of it was stored.",
            where=where,
            field=".".join(map(str, first["loc"])),
        ) from error
