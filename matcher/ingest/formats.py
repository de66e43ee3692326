"""The table of source formats, and how a file's format is told from its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from matcher.errors import InputError
from matcher.ingest import job_ads, own
from matcher.ingest.files import SourceFile, json_documents
from matcher.ingest.rows import Container, Document, Fields, ImportKind, Notes, Problem, Thing
from matcher.ingest.values import items

JSON_FILES = frozenset({Container.JSON, Container.JSONL})
TABLES = frozenset({Container.CSV, Container.XLSX})


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which a source writes records of one kind.

    Parameters
    ----------
    name
        As given to ``--format``.
    kind
        What its records are.
    title
        What it is, for people.
    fits
        Whether the first record of a file looks like it.
    parse
        Turns one row, the source's name (None: the format's own) and notes into a thing;
        raises `InputError` for a row that cannot be used.
    containers
        In which files it comes.
    rows
        Returns the rows inside one JSON value.
    repeats
        True if the source tells the same record more than once under one id; then the
        first one counts.
    """

    name: str
    kind: ImportKind
    title: str
    fits: Callable[[Container, Fields], bool]
    parse: Callable[[Fields, str | None, Notes], Thing]
    containers: frozenset[Container] = JSON_FILES
    rows: Callable[[object], list[Any]] = items
    repeats: bool = False


def _own(kind: ImportKind) -> Format:
    return Format("own", kind, "the own format, JSON or JSONL", own.fits(kind), own.parse(kind))


FORMATS: tuple[Format, ...] = (
    Format("job-ads", ImportKind.ADS, "plain job ads, JSONL", job_ads.fits, job_ads.parse),
    *(_own(kind) for kind in ImportKind if kind is not ImportKind.ESCO),
)


def formats_of(kind: ImportKind) -> list[Format]:
    """Return the formats in which records of a kind can come."""
    return [entry for entry in FORMATS if entry.kind is kind]


def find_format(kind: ImportKind, name: str) -> Format:
    """Return the format of a kind by name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    for entry in formats_of(kind):
        if entry.name == name:
            return entry
    raise InputError(
        f"{name!r} is no format of {kind.value}.", remedy=_listing(kind), field="--format"
    )


def detect(file: SourceFile, kind: ImportKind) -> Format:
    """Return the format of a file, told from its first record.

    Raises
    ------
    InputError
        If it is none of the kind's formats; they are listed.
    """
    for first in _first_records(file):
        for entry in formats_of(kind):
            if file.container in entry.containers and entry.fits(file.container, first):
                return entry
        break
    raise InputError(
        f"The format was not recognised (a {file.container.value} file).",
        remedy=f"{_listing(kind)} Name one with --format, or start from `matcher template "
        f"{kind.value}`.",
        where=str(file.path),
    )


def rows_of(file: SourceFile, entry: Format) -> Iterator[Document | Problem]:
    """Yield the rows of a file: JSON objects, or why one is none."""
    for document in json_documents(file):
        if isinstance(document, Problem):
            yield document
            continue
        inner = entry.rows(document.value)
        for number, value in enumerate(inner, 1):
            row = _place(document.row, number, len(inner))
            if isinstance(value, dict):
                yield Document(row, value)
            else:
                yield Problem(row, "", "the row is no JSON object", "Write it as an object.")


def _place(line: str, number: int, count: int) -> str:
    if not line:
        return f"item {number}"
    return line if count == 1 else f"{line}, item {number}"


def _first_records(file: SourceFile) -> Iterator[Fields]:
    for document in json_documents(file):
        if isinstance(document, Problem):
            continue
        value = document.value
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, dict)), {})
        if isinstance(value, dict):
            yield value


def _listing(kind: ImportKind) -> str:
    names = "; ".join(f"{entry.name} ({entry.title})" for entry in formats_of(kind))
    return f"Formats of {kind.value}: {names}."
