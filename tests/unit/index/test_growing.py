"""Columns that go to the disk as they come are those that would be written at the end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.errors import SnapshotError
from matcher.index.columns import write_columns
from matcher.index.growing import GrowingBatch
from tests.fakes import FakeEncoder
from tests.unit.index import samples

KIND = RecordKind.VACANCY


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_parts_are_written_as_the_whole_would_be(tmp_path: Path) -> None:
    whole = samples.batches(FakeEncoder())[KIND]
    model = LexicalModel.fit(whole.lexical)
    growing = GrowingBatch(tmp_path / "grown", FakeEncoder().dimension)
    for rows in ([0], [], list(range(1, len(whole)))):
        growing.add(whole.take(np.array(rows, np.int64)))
    assert len(growing) == len(whole)
    write_columns(tmp_path / "grown", growing.whole(), model)
    write_columns(tmp_path / "whole", whole, model)
    assert files(tmp_path / "grown") == files(tmp_path / "whole")


def test_nothing_is_written_as_nothing(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    nothing = EncodedBatch.empty(encoder.dimension)
    model = LexicalModel.fit(nothing.lexical)
    grown = GrowingBatch(tmp_path / "grown", encoder.dimension).whole()
    write_columns(tmp_path / "grown", grown, model)
    write_columns(tmp_path / "whole", nothing, model)
    assert files(tmp_path / "grown") == files(tmp_path / "whole")


def test_a_folder_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="cannot be written"):
        GrowingBatch(tmp_path, 8)
