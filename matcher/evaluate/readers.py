"""Read the benchmark files; their formats are described beside the data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError


@dataclass(frozen=True, slots=True)
class LinkingSet:
    """Queries to be linked to the elements of a taxonomy.

    Parameters
    ----------
    name
        Name of the directory.
    queries, elements
        Id to text; several elements may have the same text.
    concepts
        Element to the concept that it names; empty where the directory does not tell.
    qrels
        Query to its right elements.
    data
        Fingerprint of the files.
    """

    name: str
    queries: dict[str, str]
    elements: dict[str, str]
    concepts: dict[str, str]
    qrels: dict[str, dict[str, int]]
    data: str


@dataclass(frozen=True, slots=True)
class StatementSet:
    """First-person statements, each with the advertisement it belongs to.

    Parameters
    ----------
    name
        Name of the directory.
    statements, ads
        Id to text; an ad's text begins with its title.
    qrels
        Statement to its ad.
    data
        Fingerprint of the files.
    """

    name: str
    statements: dict[str, str]
    ads: dict[str, str]
    qrels: dict[str, dict[str, int]]
    data: str


def read_linking(directory: Path) -> LinkingSet:
    """Read ``queries.tsv``, ``corpus_elements.tsv``, ``annotations.tsv`` and the concepts.

    ``concept_mapping.tsv`` may be missing.

    Parameters
    ----------
    directory
        Where they lie.

    Returns
    -------
    LinkingSet

    Raises
    ------
    InputError
        If a file is missing, or a row has the wrong number of columns.
    """
    files = [directory / f"{name}.tsv" for name in ("queries", "corpus_elements", "annotations")]
    queries, elements, annotations = files
    mapping = directory / "concept_mapping.tsv"
    qrels: dict[str, dict[str, int]] = {}
    for query, _, element, grade in _tsv(annotations, 4):
        qrels.setdefault(query, {})[element] = _grade(grade, annotations)
    return LinkingSet(
        directory.resolve().name,
        _texts(queries),
        _texts(elements),
        _texts(mapping) if mapping.is_file() else {},
        qrels,
        fingerprint(files),
    )


def read_statements(directory: Path) -> StatementSet:
    """Read ``statements.jsonl`` and ``ads.jsonl``.

    Parameters
    ----------
    directory
        Where they lie.

    Returns
    -------
    StatementSet

    Raises
    ------
    InputError
        If a file is missing, or a line lacks a field.
    """
    statements = directory / "statements.jsonl"
    ads = directory / "ads.jsonl"
    rows = list(_jsonl(statements, ("id", "text", "relevant")))
    return StatementSet(
        directory.resolve().name,
        {row["id"]: row["text"] for row in rows},
        {
            row["id"]: f"{row['title']}\n{row['text']}"
            for row in _jsonl(ads, ("id", "title", "text"))
        },
        {row["id"]: {row["relevant"]: 1} for row in rows},
        fingerprint([statements, ads]),
    )


def read_table(path: Path, columns: Sequence[str]) -> list[list[str]]:
    """Read some columns of a table whose first row names them.

    Parameters
    ----------
    path
        Columns separated by tabs.
    columns
        Names of those that are wanted.

    Returns
    -------
    list of list of str
        The cells of each row, in the order of `columns`.

    Raises
    ------
    InputError
        If the file or a column is missing, or a row has the wrong number of columns.
    """
    lines = _lines(path)
    names = next(lines, (1, ""))[1].split("\t")
    for column in columns:
        if column not in names:
            raise InputError(
                f"There is no column {column!r}, but {', '.join(names)}.",
                remedy="Give the table that the benchmark's README describes.",
                where=f"{path}, row 1",
            )
    at = [names.index(column) for column in columns]
    return [[row[place] for place in at] for row in list(_tsv(path, len(names)))[1:]]


def fingerprint(files: Sequence[Path]) -> str:
    """Return the first twelve hexadecimal digits of a sha256 over files, in the given order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file {path}.", remedy="Give a directory that holds the benchmark."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8.", remedy="Convert it to UTF-8.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.removesuffix("\r")


def _texts(path: Path) -> dict[str, str]:
    return {row[0]: row[1] for row in _tsv(path, 2)}


def _tsv(path: Path, columns: int) -> Iterator[list[str]]:
    for number, line in _lines(path):
        row = line.split("\t")
        if len(row) != columns:
            raise InputError(
                f"There are {len(row)} columns instead of {columns}.",
                remedy="Separate the columns by tabs.",
                where=f"{path}, row {number}",
            )
        yield row


def _jsonl(path: Path, fields: Sequence[str]) -> Iterator[dict[str, str]]:
    for number, line in _lines(path):
        where = f"{path}, row {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                f"This is not JSON: {error}.", remedy="Write one object per line.", where=where
            ) from error
        for field in fields:
            if not isinstance(row, dict) or not isinstance(row.get(field), str):
                raise InputError("A text is missing.", remedy="Add it.", where=where, field=field)
        yield row


def _grade(text: str, path: Path) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise InputError(
            f"{text!r} is no grade.", remedy="Write a whole number.", where=str(path)
        ) from error
