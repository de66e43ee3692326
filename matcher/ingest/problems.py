"""Rows that cannot be used, on their way to quarantine."""

from __future__ import annotations

from datetime import datetime

import orjson

from matcher.errors import InputError
from matcher.ingest.contacts import scrub_row, without_contacts
from matcher.ingest.rows import Document, ImportKind, Problem
from matcher.store.quarantine import QuarantinedRow


def problem_of(row: Document, error: InputError) -> Problem:
    """Return why a row cannot be used, with the row without its contacts."""
    return Problem(
        row.row,
        error.field or "",
        without_contacts(error.message),
        error.remedy or "Correct the row and import the file again.",
        orjson.dumps(scrub_row(row.value)).decode(),
    )


def quarantined(
    problem: Problem, *, kind: ImportKind, format: str, source: str, file: str, at: datetime
) -> QuarantinedRow:
    """Return a problem as it is kept in the store; an empty source is the format's own."""
    return QuarantinedRow(
        kind=kind.value,
        format=format,
        source=source,
        file=file,
        row=problem.row,
        field=problem.field,
        reason=problem.reason,
        remedy=problem.remedy,
        raw=problem.raw,
        at=at,
    )
