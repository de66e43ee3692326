"""Empty, commented templates for the own format, as CSV, workbook or JSON."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import Final

from matcher.domain.text import Lang
from matcher.ingest.columns import REQUIRED, columns_of, fields_from
from matcher.ingest.own import record_type
from matcher.ingest.rows import ImportKind

_INTRODUCTION: Final = {
    Lang.FI: "Yksi rivi kutakin kohden; #-rivit ovat selityksiä. Luettelon osien välissä on "
    "puolipiste. Tyhjä solu tarkoittaa, ettei tiedetä.",
    Lang.SV: "En rad för varje; #-rader är förklaringar. Semikolon skiljer delarna i en "
    "lista. En tom cell betyder att det inte är känt.",
    Lang.EN: "One row for each; rows with # are explanations. Semicolons separate the members "
    "of a list. An empty cell means that it is not known.",
}
_EXAMPLE: Final = "example"


class TemplateFormat(StrEnum):
    """In which form a template is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def template(kind: ImportKind, format: TemplateFormat) -> bytes:
    """Return an empty template with explanations and an example, none of which is imported.

    Parameters
    ----------
    kind
        Anything but ESCO.
    format
        CSV is separated by semicolons and marked as UTF-8, as spreadsheets expect it.
    """
    if format is TemplateFormat.JSON:
        return _json(kind)
    rows = _rows(kind)
    return _workbook(kind, rows) if format is TemplateFormat.XLSX else _csv(rows)


def _rows(kind: ImportKind) -> list[list[str]]:
    columns = columns_of(kind)
    required = {name for group in REQUIRED[kind] for name in group[:1]}
    comments = [[f"# {_INTRODUCTION[lang]}"] for lang in Lang]
    helps = [[column.help.get(lang) for column in columns] for lang in Lang]
    examples = [column.example for column in columns]
    return [
        *comments,
        [column.name for column in columns],
        *(_comment(row) for row in helps),
        _comment(["*" if column.name in required else "" for column in columns]),
        _comment(examples),
    ]


def _comment(cells: list[str]) -> list[str]:
    return [f"# {cells[0]}", *cells[1:]]


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(kind: ImportKind, rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = kind.value
    for number, row in enumerate(rows, 1):
        sheet.append(row)
        comment = row[0].startswith("#")
        for cell in sheet[number]:
            cell.font = Font(italic=comment, bold=not comment, color="666666" if comment else None)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _json(kind: ImportKind) -> bytes:
    fields = record_type(kind).model_fields
    comment = {
        "#": "Objects and keys that start with # are comments. Write one object for each "
        f"record after this one, as the one under #{_EXAMPLE}.",
        **{f"#{name}": field.description or "" for name, field in fields.items()},
        f"#{_EXAMPLE}": fields_from(
            kind, {column.name: column.example for column in columns_of(kind)}
        ),
    }
    return (json.dumps([comment], ensure_ascii=False, indent=2) + "\n").encode()
