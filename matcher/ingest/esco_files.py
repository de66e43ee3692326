"""Finding the tables of ESCO in folders, zip archives and plain files."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from matcher.errors import InputError
from matcher.ingest.streams import open_bytes

_TABLES = (".csv", ".tsv", ".tsv.gz")


class _Tabbed(csv.Dialect):
    """Unquoted text between tabs."""

    delimiter = "\t"
    quoting = csv.QUOTE_NONE
    lineterminator = "\n"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table: its name, where it is, and how to open it."""

    name: str
    where: str
    open: Callable[[], IO[bytes]]

    def rows(self, required: Sequence[str]) -> Iterator[dict[str, str]]:
        """Yield the rows as column name to cell.

        Parameters
        ----------
        required
            Columns that must be there.

        Raises
        ------
        InputError
            If a column is missing or the text is not UTF-8.
        """
        dialect = _Tabbed if ".tsv" in self.name else csv.excel
        with self.open() as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            try:
                reader = csv.DictReader(text, dialect=dialect)
                self._check(reader.fieldnames or (), required)
                for row in reader:
                    yield {name: cell or "" for name, cell in row.items() if name}
            except (UnicodeDecodeError, csv.Error, EOFError) as error:
                raise InputError(
                    f"The table cannot be read: {error}.",
                    remedy="Download the package again.",
                    where=self.where,
                ) from error

    def _check(self, header: Sequence[str], required: Sequence[str]) -> None:
        for column in required:
            if column not in header:
                raise InputError(
                    f"Column {column!r} is missing; the header is {', '.join(header)}.",
                    remedy="Use the tables of the ESCO package as they are.",
                    where=self.where,
                )


def table_files(paths: Sequence[Path]) -> list[TableFile]:
    """Return the tables in folders, zip archives and plain files, in order of name.

    Raises
    ------
    InputError
        If a path does not exist or an archive is damaged.
    """
    found = [table for path in paths for table in _tables_at(path)]
    return sorted(found, key=lambda table: (table.name, table.where))


def _tables_at(path: Path) -> Iterator[TableFile]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.name.endswith((*_TABLES, ".zip")):
                yield from _tables_at(inner)
    elif not path.exists():
        raise InputError("There is no such file.", remedy="Check the path.", where=str(path))
    elif path.suffix == ".zip":
        yield from _zipped(path)
    else:
        yield TableFile(path.name, str(path), lambda: open_bytes(path))


def _zipped(path: Path) -> Iterator[TableFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(_TABLES)]
    except zipfile.BadZipFile as error:
        raise InputError(
            "The zip archive is damaged.", remedy="Download it again.", where=str(path)
        ) from error
    for name in names:
        yield TableFile(name.rpartition("/")[2], f"{path}/{name}", _opener(path, name))


def _opener(path: Path, name: str) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        with zipfile.ZipFile(path) as archive:
            return io.BytesIO(archive.read(name))

    return open_member
