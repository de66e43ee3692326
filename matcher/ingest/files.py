"""Opening a file to import: what it is, and whether it is sound.

A file is read through once before its first row is used, so that a wrong encoding or a
damaged archive is found while nothing has been stored yet.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import orjson

from matcher.errors import InputError
from matcher.ingest.rows import Container
from matcher.ingest.streams import CHUNK, MEBIBYTE, lines_of, open_bytes

_PEEK_LINES = 20
#: A workbook of the longest sheet that there can be is far smaller, unpacked.
MAX_WORKBOOK: Final = 1024 * MEBIBYTE
#: More than the country's profiles and advertisements together, unpacked.
MAX_TEXT: Final = 16 * 1024 * MEBIBYTE
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A sound file.

    Parameters
    ----------
    path
        Where it is.
    container
        How it holds its rows.
    lines
        Number of lines; None for a workbook.
    """

    path: Path
    container: Container
    lines: int | None


def open_file(path: Path) -> SourceFile:
    """Look at a file without using its rows yet.

    Raises
    ------
    InputError
        If there is no such file, or it is a folder, empty, an archive, not UTF-8 or damaged.
    """
    _check_there(path)
    with open_bytes(path) as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04":
        return SourceFile(path, _workbook(path), None)
    if start == _OLD_OFFICE:
        raise InputError(
            "This is an old (.xls) or password-protected workbook.",
            remedy="Save it as .xlsx without a password.",
            where=str(path),
        )
    lines = _check_text(path)
    return SourceFile(path, _text_container(path), lines)


def _check_there(path: Path) -> None:
    where = str(path)
    if path.is_dir():
        raise InputError(
            "This is a folder.", remedy=f"Name its files, as in {path / '*.json'}.", where=where
        )
    if not path.exists():
        raise InputError("There is no such file.", remedy="Check the path.", where=where)
    if not path.is_file():
        raise InputError("This is not a plain file.", remedy="Save it to a file.", where=where)
    if path.stat().st_size == 0:
        raise InputError("The file is empty.", remedy="Fetch or save it again.", where=where)


def _workbook(path: Path) -> Container:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            _check_unpacked(path, size, MAX_WORKBOOK)
            if "xl/workbook.xml" in archive.namelist():
                return Container.XLSX
    except zipfile.BadZipFile as error:
        raise InputError(
            "The workbook or archive is damaged.", remedy="Save it again.", where=str(path)
        ) from error
    raise InputError(
        "This is a zip archive, not a workbook.",
        remedy="Unpack it and import the files in it.",
        where=str(path),
    )


def _check_unpacked(path: Path, size: int, most: int) -> None:
    """Refuse what would grow beyond all measure when it is unpacked."""
    if size > most:
        raise InputError(
            f"Unpacked, the file would have more than {most // MEBIBYTE:,} MiB.",
            remedy="Split it into several files.",
            where=str(path),
        )


def _check_text(path: Path) -> int:
    """Read the file through as UTF-8 and return its number of lines."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    newlines, blank, last, size = 0, True, b"\n", 0
    try:
        with open_bytes(path) as stream:
            _refuse_utf16(path, stream)
            while chunk := stream.read(CHUNK):
                text = decoder.decode(chunk)
                blank = blank and not text.lstrip("\ufeff").strip()
                newlines += chunk.count(b"\n")
                last = chunk
                size += len(chunk)
                _check_unpacked(path, size, MAX_TEXT)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _not_utf8(path, newlines, error) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            "The gzip file is damaged or cut short.", remedy="Fetch it again.", where=str(path)
        ) from error
    if blank:
        raise InputError("The file is empty.", remedy="Fetch or save it again.", where=str(path))
    return newlines + (not last.endswith(b"\n"))


def _refuse_utf16(path: Path, stream: IO[bytes]) -> None:
    start = stream.read(1024)
    stream.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start:
        name = "UTF-16" if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ""
        looks = name or ("UTF-16" if start.count(b"\0") * 3 > len(start) else "binary data")
        raise InputError(
            f"The file is not UTF-8 text; it looks like {looks}.",
            remedy=f"Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 {path.name} > new."
            if looks == "UTF-16"
            else "Give a JSON, JSONL, CSV or XLSX file.",
            where=str(path),
        )


def _not_utf8(path: Path, newlines: int, error: UnicodeDecodeError) -> InputError:
    data = error.object
    line = newlines + data[: error.start].count(b"\n") + 1
    return InputError(
        f"The file is not UTF-8 text: byte 0x{data[error.start]:02X} in line {line}; "
        "it looks like Latin-1 (Windows-1252).",
        remedy="Save it as UTF-8 (in Excel: CSV UTF-8), or convert it: "
        f"iconv -f WINDOWS-1252 -t UTF-8 {path.name} > new.",
        where=str(path),
    )


def _text_container(path: Path) -> Container:
    """Tell JSON, JSONL and CSV apart by the first lines.

    A line that is a complete JSON object of its own, from its first character on, makes
    JSONL; a pretty-printed document has none near its start.
    """
    first = ""
    for number, line in lines_of(path):
        text = b"" if line is None else line.strip()
        if line is None and not first:
            return _container_of_long_line(path)
        if text and not first:
            first = chr(text[0])
            if first != "{":
                return Container.JSON if first == "[" else Container.CSV
        if line is not None and _is_object(line):
            return Container.JSONL
        if number >= _PEEK_LINES:
            break
    return Container.JSON


def _container_of_long_line(path: Path) -> Container:
    with open_bytes(path) as stream:
        start = stream.read(1024).removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return {b"{": Container.JSONL, b"[": Container.JSON}.get(start, Container.CSV)


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
