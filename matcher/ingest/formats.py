"""The table of source formats, and how a file's format is told from its content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from matcher.errors import InputError
from matcher.ingest import (
    job_ads,
    kuntarekry,
    opintopolku_2019,
    own,
    testbed,
    tyomarkkinatori_p60,
    tyomarkkinatori_v1,
    tyomarkkinatori_v2,
)
from matcher.ingest.files import SourceFile
from matcher.ingest.json_files import json_documents
from matcher.ingest.own import OFFER_KINDS
from matcher.ingest.rows import Container, Document, Fields, ImportKind, Notes, Problem, Thing
from matcher.ingest.tables import header_of, table_rows
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


def _own(kind: ImportKind) -> list[Format]:
    return [
        Format("own", kind, "the own format, JSON or JSONL", own.fits(kind), own.parse(kind)),
        Format(
            "table",
            kind,
            "a filled template, CSV or XLSX",
            own.fits_table(kind),
            own.parse_table(kind),
            TABLES,
        ),
    ]


FORMATS: tuple[Format, ...] = (
    Format(
        "tyomarkkinatori-v1",
        ImportKind.ADS,
        "pages of Työmarkkinatori's vacancy interface 1, JSON",
        tyomarkkinatori_v1.fits,
        tyomarkkinatori_v1.parse,
        rows=tyomarkkinatori_v1.rows,
    ),
    Format(
        "tyomarkkinatori-v2",
        ImportKind.ADS,
        "Työmarkkinatori's vacancy interface 2, NDJSON",
        tyomarkkinatori_v2.fits,
        tyomarkkinatori_v2.parse,
    ),
    Format(
        "kuntarekry",
        ImportKind.ADS,
        "Kuntarekry's feed, JSON",
        kuntarekry.fits,
        kuntarekry.parse,
    ),
    Format(
        "testbed",
        ImportKind.ADS,
        "results of a Testbed productizer, JSON",
        testbed.fits,
        testbed.parse,
        rows=testbed.rows,
    ),
    Format("job-ads", ImportKind.ADS, "plain job ads, JSONL", job_ads.fits, job_ads.parse),
    Format(
        "tyomarkkinatori-p60",
        ImportKind.PROFILES,
        "profiles of Työmarkkinatori's interface P60, JSON",
        tyomarkkinatori_p60.fits,
        tyomarkkinatori_p60.parse,
    ),
    Format(
        "opintopolku-2019",
        ImportKind.TRAININGS,
        "the collected offers of 2019, JSONL",
        opintopolku_2019.fits,
        opintopolku_2019.parse,
        repeats=True,
    ),
    *(entry for kind in OFFER_KINDS for entry in _own(kind)),
    *_own(ImportKind.PROFILES),
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
    first = _first_record(file)
    if first is None:
        raise _nothing_in(file)
    for entry in formats_of(kind):
        if file.container in entry.containers and entry.fits(file.container, first):
            return entry
    raise InputError(
        f"The format was not recognised (a {file.container.value} file).",
        remedy=f"{_listing(kind)} Name one with --format, or start from `matcher template "
        f"{kind.value}`.",
        where=str(file.path),
    )


def rows_of(file: SourceFile, entry: Format) -> Iterator[Document | Problem]:
    """Yield the rows of a file as objects, or why one is none; comments are passed over."""
    if file.container in TABLES:
        yield from table_rows(file, entry.kind)
        return
    for document in json_documents(file):
        if isinstance(document, Problem):
            yield document
            continue
        inner = entry.rows(document.value)
        for number, value in enumerate(inner, 1):
            row = _place(document.row, number, len(inner))
            if not isinstance(value, dict):
                yield Problem(row, "", "the row is no JSON object", "Write it as an object.")
            elif own.without_comments(value) or not value:
                yield Document(row, value)


def _place(line: str, number: int, count: int) -> str:
    if not line:
        return f"item {number}"
    return line if count == 1 else f"{line}, item {number}"


def _first_record(file: SourceFile) -> Fields | None:
    """Return the first record, the header of a table, or None if there is neither."""
    if file.container in TABLES:
        return dict.fromkeys(header_of(file)) or None
    for document in json_documents(file):
        if isinstance(document, Document):
            for value in items(document.value):
                if isinstance(value, dict) and own.without_comments(value):
                    return value
    return None


def _nothing_in(file: SourceFile) -> InputError:
    where = str(file.path)
    if file.container is Container.XLSX:
        return InputError(
            "The first sheet of the workbook is empty.",
            remedy="Put the table on the first sheet.",
            where=where,
        )
    if file.container is Container.JSONL:
        problem = next((it for it in json_documents(file) if isinstance(it, Problem)), None)
        if problem is not None:
            return InputError(
                f"No row can be used; {problem.row}: {problem.reason}.",
                remedy=problem.remedy,
                where=where,
            )
    return InputError("There are no records in the file.", remedy="Check its content.", where=where)


def _listing(kind: ImportKind) -> str:
    names = "; ".join(f"{entry.name} ({entry.title})" for entry in formats_of(kind))
    return f"Formats of {kind.value}: {names}."
