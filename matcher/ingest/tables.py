"""Reading tables: CSV with any usual separator, or the first sheet of a workbook.

Rows whose first cell starts with ``#`` are comments; the first other row is the header.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from matcher.errors import InputError
from matcher.ingest.columns import check_header
from matcher.ingest.files import SourceFile
from matcher.ingest.rows import Container, Document, ImportKind, Problem
from matcher.ingest.streams import MAX_LINE, MEBIBYTE, lines_of

_SEPARATORS = ";,\t"

#: A table has some dozens.
MAX_COLUMNS: Final = 1_000

#: What reading a workbook fails with: a damaged archive or sheet, and what the library
#: stumbles over where a part that it expects is missing.
_BROKEN = (
    *(BadZipFile, zlib.error, EOFError, OSError),
    *(ParseError, KeyError, ValueError, TypeError, AttributeError),
)

NumberedCells = tuple[int, list[str]]


def header_of(file: SourceFile) -> list[str]:
    """Return the column names of a table, in lower case; none if there is no header."""
    return next((_names(cells) for _, cells in _rows(file)), [])


def table_rows(file: SourceFile, kind: ImportKind) -> Iterator[Document | Problem]:
    """Yield the rows of a table as column name to text.

    Raises
    ------
    InputError
        If a column is missing or unknown, or the table cannot be read.
    """
    rows = _rows(file)
    _, first = next(rows, (0, []))
    header = _names(first)
    if len(header) > MAX_COLUMNS:
        raise InputError(
            f"The table has more than {MAX_COLUMNS:,} columns.",
            remedy="Keep those of the template: `matcher template` writes it.",
            where=str(file.path),
        )
    check_header(kind, header, str(file.path))
    for number, cells in rows:
        row = f"row {number}"
        if any(cells[len(header) :]):
            yield Problem(
                row,
                "",
                f"the row has {len(cells)} cells, the header {len(header)}",
                "Put text that contains the separator between quotation marks.",
            )
        else:
            yield Document(row, dict(zip(header, cells, strict=False)))


def _names(cells: Sequence[str]) -> list[str]:
    names = [cell.strip().casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


def _rows(file: SourceFile) -> Iterator[NumberedCells]:
    """Yield the rows that are neither empty nor comments, counted as a spreadsheet does."""
    cells = _workbook_cells(file) if file.container is Container.XLSX else _csv_cells(file)
    for number, row in enumerate(cells, 1):
        if any(cell.strip() for cell in row) and not row[0].lstrip().startswith("#"):
            yield number, row


def _csv_cells(file: SourceFile) -> Iterator[list[str]]:
    reader = csv.reader(_text_lines(file), delimiter=_separator(file), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(
            f"The table cannot be read near line {max(reader.line_num, 1)}: "
            f"{str(error).partition(' - ')[0]}.",
            remedy="Look for a quotation mark that is not closed, or for line ends of an old "
            "Macintosh: save it as CSV UTF-8.",
            where=str(file.path),
        ) from error


def _text_lines(file: SourceFile) -> Iterator[str]:
    for number, line in lines_of(file.path):
        if line is None:
            raise InputError(
                f"Line {number} is longer than {MAX_LINE // MEBIBYTE} MiB.",
                remedy="Write one record on each row.",
                where=str(file.path),
            )
        yield line.decode()


def _separator(file: SourceFile) -> str:
    """Return the separator of which the header has most."""
    for line in _text_lines(file):
        text = line.strip()
        if text.strip(_SEPARATORS) and not text.lstrip('"').startswith("#"):
            return max(_SEPARATORS, key=text.count)
    return _SEPARATORS[0]


def _workbook_cells(file: SourceFile) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Opened here: the library leaves a file open that it cannot read.
        with (
            file.path.open("rb") as stream,
            closing(load_workbook(stream, read_only=True, data_only=True)) as book,
        ):
            # Only the first sheet, if there is any; it is read while its rows are asked for.
            for sheet in book.worksheets[:1]:
                # A workbook says itself how large its sheet is; only what is there counts.
                sheet.reset_dimensions()
                for row in sheet.iter_rows(values_only=True):
                    yield [_cell_text(value) for value in row]
    except (InvalidFileException, *_BROKEN) as error:
        raise InputError(
            f"The workbook cannot be read: {error}.",
            remedy="Save it again as .xlsx, with the table on the first sheet.",
            where=str(file.path),
        ) from error


def _cell_text(value: Any) -> str:  # noqa: ANN401 - whatever a spreadsheet holds
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
