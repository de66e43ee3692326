"""Reading a file's bytes, through gzip where needed, never more than a line at a time."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

from matcher.errors import InputError

MEBIBYTE: Final = 1024 * 1024
CHUNK: Final = MEBIBYTE
MAX_LINE = 10 * MEBIBYTE


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, through gzip where it is compressed."""
    try:
        with path.open("rb") as stream:
            compressed = stream.read(2) == b"\x1f\x8b"
        return cast(IO[bytes], gzip.open(path, "rb")) if compressed else path.open("rb")
    except OSError as error:
        raise InputError(
            f"The file cannot be read: {error.strerror}.",
            remedy="Check its permissions.",
            where=str(path),
        ) from error


def lines_of(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number, counted from 1; None stands for one that is too long.

    No more than `MAX_LINE` bytes are held at a time.
    """
    with open_bytes(path) as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(CHUNK)
                yield number, None
            else:
                yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
