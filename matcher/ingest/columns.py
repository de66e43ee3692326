"""The columns of the tables that a coach or a surveyor fills in.

They are listed in ``columns.tsv`` beside this module: name, place in the own format, how
its cells are read, an explanation in three languages and an example.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.cells import CELLS, Cell
from matcher.ingest.rows import Fields, ImportKind

#: Columns that a table must have; of those in one group, any.
REQUIRED: Final[dict[ImportKind, tuple[tuple[str, ...], ...]]] = {
    ImportKind.PROFILES: (("id",), ("competences",)),
    ImportKind.ADS: (("id",), ("title_fi", "title_sv", "title_en")),
    ImportKind.NEEDS: (("id",), ("title_fi", "title_sv", "title_en"), ("tasks",)),
    ImportKind.TRAININGS: (("id",), ("title_fi", "title_sv", "title_en"), ("outcomes",)),
    ImportKind.SERVICES: (("id",), ("title_fi", "title_sv", "title_en"), ("helps_with",)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its path in the own format, its cells, help and an example."""

    name: str
    path: tuple[str, ...]
    cell: Cell
    help: LocalText
    example: str


@cache
def columns_of(kind: ImportKind) -> tuple[Column, ...]:
    """Return the columns of a kind's table, in order."""
    text = resources.files("matcher.ingest").joinpath("columns.tsv").read_text("utf-8")
    return tuple(
        Column(
            row["name"],
            tuple(row["path"].split(".")),
            CELLS[row["cell"]],
            LocalText(row["fi"], row["sv"], row["en"]),
            row["example"] or "",
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
        if kind.value in row["kinds"].split(",")
    )


def check_header(kind: ImportKind, header: Sequence[str], where: str) -> None:
    """Raise `InputError` if a column is missing, unknown or there twice; it is named."""
    known = [column.name for column in columns_of(kind)]
    found = f"the header found is: {', '.join(header)}"
    for group in REQUIRED[kind]:
        if not set(group) & set(header):
            raise InputError(
                f"Column {group[0]!r} is missing; {found}.",
                remedy=f"Start from `matcher template {kind.value}`.",
                where=where,
                field=group[0],
            )
    for name in header:
        if name not in known:
            raise InputError(
                f"Column {name!r} is unknown; {found}.",
                remedy=f"Remove or rename it. Columns: {', '.join(known)}.",
                where=where,
                field=name,
            )
        if header.count(name) > 1:
            raise InputError(
                f"Column {name!r} is there twice; {found}.",
                remedy="Remove one.",
                where=where,
                field=name,
            )


def fields_from(kind: ImportKind, cells: Mapping[str, str]) -> Fields:
    """Return a row of cells in the own format; empty cells are left out.

    Raises
    ------
    InputError
        If a cell cannot be understood; its column is named.
    """
    fields: Fields = {}
    for column in columns_of(kind):
        text = cells.get(column.name, "").strip()
        if not text:
            continue
        inner = fields
        for key in column.path[:-1]:
            inner = inner.setdefault(key, {})
        try:
            inner[column.path[-1]] = column.cell.read(text)
        except ValueError as error:
            raise InputError(str(error), remedy="Correct the cell.", field=column.name) from error
    return _with_language(fields)


def cells_from(kind: ImportKind, document: Mapping[str, Any]) -> dict[str, str]:
    """Return a record in the own format as cells; what is unknown or empty is left out."""
    cells = {}
    for column in columns_of(kind):
        value: Any = document
        for key in column.path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is not None and (text := column.cell.write(value)):
            cells[column.name] = text
    return cells


def _with_language(fields: Fields) -> Fields:
    """Let the language of an offer be that of its title, where the table does not say."""
    titles = fields.get("title")
    if "language" in fields or not titles:
        return fields
    return {"language": next(lang.value for lang in Lang if lang.value in titles), **fields}
