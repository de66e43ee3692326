"""A store in a file of its own, and a way to write files and import them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from matcher.ingest.importer import import_files
from matcher.ingest.report import ImportReport
from matcher.ingest.rows import ImportKind
from matcher.store.store import Store

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)

Write = Callable[[str, object], Path]
Import = Callable[..., ImportReport]


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file: bytes and text as they are, a list of rows as JSONL, an object as JSON."""

    def write_file(name: str, content: object) -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif isinstance(content, list):
            path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in content))
        else:
            path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        return path

    return write_file


@pytest.fixture
def bring_in(store: Store) -> Import:
    """Import files into the store at `NOW`."""

    def run(kind: ImportKind, *paths: Path, **options: Any) -> ImportReport:
        return import_files(store, kind, paths, **{"now": NOW, **options})

    return run


@pytest.fixture
def real_data() -> Path:
    """Folder of the real data; the test is skipped without it."""
    folder = Path(os.environ.get("MATCHER_DATA", "../shared/data"))
    if not folder.is_dir():
        pytest.skip(f"no real data in {folder} (set MATCHER_DATA)")
    return folder
