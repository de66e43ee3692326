"""The JSON values of a file: one document, or one on each line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson

from matcher.errors import InputError
from matcher.ingest.files import SourceFile
from matcher.ingest.rows import Container, Document, Problem
from matcher.ingest.streams import MAX_LINE, MEBIBYTE, lines_of, open_bytes

MAX_JSON = 64 * MEBIBYTE


def json_documents(file: SourceFile) -> Iterator[Document | Problem]:
    """Yield the JSON values of a file: the whole of it, or each line's."""
    if file.container is Container.JSON:
        yield Document("", read_json(file.path))
        return
    for number, line in lines_of(file.path):
        if line is None:
            yield long_line(number)
        elif line.strip():
            yield _line_document(number, line)


def read_json(path: Path) -> object:
    """Return the whole file as one JSON value.

    Raises
    ------
    InputError
        If the file is larger than `MAX_JSON` or no JSON; the message has line and column.
    """
    with open_bytes(path) as stream:
        data = stream.read(MAX_JSON + 1)
    if len(data) > MAX_JSON:
        raise InputError(
            f"The file is one JSON document larger than {MAX_JSON // MEBIBYTE} MiB.",
            remedy="Split it, or write one record on each line (JSONL): that is read row by row.",
            where=str(path),
        )
    try:
        return cast(object, orjson.loads(data.removeprefix(codecs.BOM_UTF8)))
    except orjson.JSONDecodeError as error:
        raise InputError(
            f"The JSON breaks off or is wrong at line {error.lineno}, column {error.colno}: "
            f"{error.msg}.",
            remedy="Fetch or save the file again; nothing of it was imported.",
            where=str(path),
        ) from error


def long_line(number: int) -> Problem:
    """Return the problem of a line that is longer than `MAX_LINE`."""
    return Problem(
        f"line {number}",
        "",
        f"the line is longer than {MAX_LINE // MEBIBYTE} MiB",
        "Write one record on each line.",
    )


def _line_document(number: int, line: bytes) -> Document | Problem:
    row = f"line {number}"
    try:
        return Document(row, orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return Problem(
            row,
            "",
            f"the line is no complete JSON (column {error.colno}: {error.msg})",
            "Write one complete JSON object on the line, or fetch the file again.",
        )
