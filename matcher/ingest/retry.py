"""Trying rows in quarantine again, after the code, the codes or the store have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from matcher.errors import InputError
from matcher.ingest.formats import find_format
from matcher.ingest.problems import problem_of, quarantined
from matcher.ingest.rows import Closed, Document, ImportKind, Notes
from matcher.ingest.writer import Record, Writer, repository_of
from matcher.store.quarantine import QuarantinedRow
from matcher.store.repository import Repository
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class RetryReport:
    """What became of the rows in quarantine.

    Parameters
    ----------
    tried, stored, left
        Rows tried again, rows now in the store, rows still in quarantine.
    """

    tried: int
    stored: int
    left: int


def retry_quarantine(store: Store, *, now: datetime, kind: ImportKind | None = None) -> RetryReport:
    """Try rows in quarantine again: what can be used is stored, the rest stays.

    A row that was no JSON at all cannot be tried without its file: it stays until the file
    is imported again. So does one whose id another row of its file has.

    Parameters
    ----------
    store
        Whose quarantine.
    now
        Moment of the attempt, with a zone.
    kind
        Only rows of this kind; None: all.
    """
    rows = store.quarantine.all(kind.value if kind else None)
    stored = sum(
        _retry(store, ImportKind(name), [row for row in rows if row.kind == name], now)
        for name in dict.fromkeys(row.kind for row in rows)
    )
    return RetryReport(len(rows), stored, len(rows) - stored)


def _retry(store: Store, kind: ImportKind, rows: Sequence[QuarantinedRow], now: datetime) -> int:
    done = 0
    for row in rows:
        left = _attempt(store, kind, row, now)
        if left is row:
            continue
        store.quarantine.remove([row.id] if row.id is not None else [])
        if left is None:
            done += 1
        else:
            store.quarantine.add([left])
    return done


def _attempt(
    store: Store, kind: ImportKind, row: QuarantinedRow, now: datetime
) -> QuarantinedRow | None:
    """Store one row; return what to keep in quarantine if that is not possible."""
    if not row.raw:
        return row
    document = Document(row.row, orjson.loads(row.raw))
    entry = find_format(kind, row.format)
    writer = Writer(store, kind, now)
    try:
        thing = entry.parse(document.value, row.source or None, Notes())
    except InputError as error:
        return _kept(row, document, error, now)
    if _is_taken(repository_of(store, kind), thing.id, row):
        return row
    if isinstance(thing, Closed):
        writer.close(thing.id)
    else:
        writer.add(document, thing)
    refusals = writer.flush()
    return _kept(row, *refusals[0], now) if refusals else None


def _kept(
    row: QuarantinedRow, document: Document, error: InputError, now: datetime
) -> QuarantinedRow:
    problem = problem_of(document, error)
    return quarantined(
        problem,
        kind=ImportKind(row.kind),
        format=row.format,
        source=row.source,
        file=row.file,
        at=now,
    )


def _is_taken(repository: Repository[Record], id: str, row: QuarantinedRow) -> bool:
    """Return whether the row must not replace what is stored under its id.

    That is another row's record, if the id was what was wrong, or a newer one.
    """
    if not repository.get_many([id]):
        return False
    return row.field == "id" or repository.info(id).updated_at > row.at
