from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from matcher.errors import InputError, SnapshotError
from matcher.index import verified
from matcher.index.manifest import Manifest, read_manifest, verify_files
from matcher.index.verified import Verified
from tests.fakes import FakeEncoder
from tests.unit.index import samples


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    root = tmp_path / "snapshots"
    return root / samples.write(root, FakeEncoder())


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each folder that was hashed, in its order."""
    folders: list[Path] = []

    def noting(path: Path, manifest: Manifest) -> None:
        folders.append(path)
        verify_files(path, manifest)

    monkeypatch.setattr(verified, "verify_files", noting)
    return folders


def test_of_several_that_begin_together_one_hashes_and_the_others_believe_it(
    tmp_path: Path, snapshot: Path, hashed: list[Path]
) -> None:
    manifest, together = read_manifest(snapshot), Barrier(4)

    def begin(_: int) -> None:
        together.wait()
        Verified(tmp_path / "notes").verify(snapshot, manifest)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin, range(4)))
    assert hashed == [snapshot]


def test_what_is_damaged_is_believed_by_nobody(
    tmp_path: Path, snapshot: Path, hashed: list[Path]
) -> None:
    manifest = read_manifest(snapshot)
    (snapshot / next(iter(manifest.files))).write_bytes(b"damaged")
    for _ in range(2):
        with pytest.raises(SnapshotError, match="is damaged"):
            Verified(tmp_path / "notes").verify(snapshot, manifest)
    assert hashed == [snapshot, snapshot]


def test_a_snapshot_that_somebody_was_taken_out_of_is_another_one(
    tmp_path: Path, snapshot: Path, hashed: list[Path]
) -> None:
    manifest = read_manifest(snapshot)
    notes = Verified(tmp_path / "notes")
    notes.verify(snapshot, manifest)
    notes.verify(snapshot, replace(manifest, origin="before"))
    assert hashed == [snapshot, snapshot]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="MATCHER_VERIFIED"):
        Verified(tmp_path / "file" / "notes")
