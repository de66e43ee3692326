"""Protected attributes as a file has them: one person a line, apart from every profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.domain.protected import ProtectedAttributes, Sex
from matcher.errors import InputError
from matcher.ingest.files import open_file
from matcher.ingest.json_files import json_documents
from matcher.ingest.records import LanguageCode
from matcher.ingest.rows import Document, Problem


class AttributesRecord(BaseModel):
    """What is known of one person; what is left out is unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    sex: Sex | None = None
    first_language: LanguageCode | None = None
    unemployed_since: date | None = None


def read_attributes(path: Path) -> list[ProtectedAttributes]:
    """Return the protected attributes of a JSONL file.

    Raises
    ------
    InputError
        If a line cannot be used, with its number, field and remedy: none is returned then.
    """
    found: dict[str, ProtectedAttributes] = {}
    for document in json_documents(open_file(path)):
        where = f"{path}, {document.row}" if document.row else str(path)
        one = _line(document, where)
        if one.profile_id in found:
            raise InputError(
                f"The profile {one.profile_id!r} stands in two lines.",
                remedy="Keep one line for each profile.",
                where=where,
                field="profile",
            )
        found[one.profile_id] = one
    return list(found.values())


def _line(document: Document | Problem, where: str) -> ProtectedAttributes:
    if isinstance(document, Problem):
        raise InputError(f"{document.reason}.", remedy=document.remedy, where=where)
    try:
        record = AttributesRecord.model_validate(document.value)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InputError(
            f"{first['msg']}.",
            remedy="Correct the line and set the file again; nothing of it was stored.",
            where=where,
            field=".".join(map(str, first["loc"])) or "profile",
        ) from error
    known = record.model_dump(exclude={"profile"})
    return ProtectedAttributes(profile_id=record.profile, **known)
