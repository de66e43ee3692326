"""Case files in bulk: one entry a line, beside the profile that it is about."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from matcher.errors import InputError
from matcher.ingest.casework.records import AnyCaseRecord, case_item
from matcher.ingest.contacts import scrub
from matcher.ingest.files import open_file
from matcher.ingest.json_files import json_documents
from matcher.ingest.rows import Document, Problem
from matcher.store.casefiles import NewEntry

_RECORD: TypeAdapter[AnyCaseRecord] = TypeAdapter(AnyCaseRecord)


def read_case_entries(path: Path) -> list[NewEntry]:
    """Return the entries of a JSONL file, contacts left out of their texts.

    Each line is an entry in the own format (`matcher.ingest.casework.records`) with one more field:
    ``profile``, the id of the client; an idea may be given without it.

    Raises
    ------
    InputError
        If a line cannot be used, with its number, field and remedy: none is returned then.
    """
    return [_entry(document, path) for document in json_documents(open_file(path))]


def _entry(document: Document | Problem, path: Path) -> NewEntry:
    where = f"{path}, {document.row}"
    if isinstance(document, Problem):
        raise InputError(f"{document.reason}.", remedy=document.remedy, where=where)
    if not isinstance(document.value, dict):
        raise InputError("It is no JSON object.", remedy="Write one entry a line.", where=where)
    row = dict(document.value)
    profile = row.pop("profile", None)
    if not isinstance(profile, str | None):
        raise InputError(
            "It is no id.", remedy="Give the profile's id as text.", where=where, field="profile"
        )
    try:
        return NewEntry(profile, scrub(case_item(_RECORD.validate_python(row))))
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InputError(
            f"{first['msg']}.",
            remedy="Correct the line and add the file again; nothing of it was stored.",
            where=where,
            field=".".join(map(str, first["loc"])),
        ) from error
