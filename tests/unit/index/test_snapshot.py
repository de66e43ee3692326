from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.errors import NotFoundError, SnapshotError
from matcher.index import publication
from matcher.index.manifest import MANIFEST
from matcher.index.snapshot import fit_lexical, open_snapshot
from tests.fakes import FakeEncoder
from tests.snapshots import write_snapshot
from tests.unit.index import samples

COLUMNS = ("pooled", "phrases", "offsets", "roles", "weights")


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


def assert_same(found: EncodedBatch, expected: EncodedBatch) -> None:
    assert (found.ids, found.hashes) == (expected.ids, expected.hashes)
    for column in COLUMNS:
        np.testing.assert_array_equal(getattr(found, column), getattr(expected, column))
        assert getattr(found, column).dtype == getattr(expected, column).dtype
    assert found.lexical.shape == expected.lexical.shape
    assert (found.lexical != expected.lexical).nnz == 0


def test_every_column_of_every_kind_survives_the_round_trip(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    snapshot = open_snapshot(tmp_path, samples.write(tmp_path, encoder), encoder)
    for kind, batch in samples.batches(encoder).items():
        assert_same(snapshot.batch(kind), batch)
        np.testing.assert_array_equal(snapshot.index(kind).vectors, batch.pooled)


def test_a_snapshot_is_its_owners_alone(tmp_path: Path, encoder: FakeEncoder) -> None:
    root = tmp_path / "snapshots"
    folder = root / samples.write(root, encoder)
    assert [one.stat().st_mode & 0o777 for one in (root, folder)] == [0o700, 0o700]


def test_idf_is_fitted_on_the_offers_and_survives_the_round_trip(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    batches = samples.batches(encoder)
    offers = EncodedBatch.concatenate(
        [batch for kind, batch in batches.items() if kind is not RecordKind.PROFILE]
    )
    expected = LexicalModel.fit(offers.lexical).idf
    np.testing.assert_array_equal(fit_lexical(batches).idf, expected)
    snapshot = open_snapshot(tmp_path, samples.write(tmp_path, encoder), encoder)
    np.testing.assert_array_equal(snapshot.lexical.idf, expected)


def test_manifest_says_what_it_was_built_from(tmp_path: Path, encoder: FakeEncoder) -> None:
    manifest = open_snapshot(tmp_path, samples.write(tmp_path, encoder), None).manifest
    assert manifest.created == samples.NOW
    assert (manifest.encoder_revision, manifest.dimension) == ("fake-32-0", 32)
    assert (manifest.text_version, manifest.store_revision) == (2, 7)
    assert manifest.sizes == {
        RecordKind.PROFILE: 2,
        RecordKind.VACANCY: 3,
        RecordKind.NEED: 1,
        RecordKind.TRAINING: 1,
        RecordKind.SERVICE: 0,
    }


def test_mapped_columns_cannot_be_changed(tmp_path: Path, encoder: FakeEncoder) -> None:
    snapshot = open_snapshot(tmp_path, samples.write(tmp_path, encoder), encoder)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.batch(RecordKind.VACANCY).phrases[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        snapshot.batch(RecordKind.VACANCY).pooled[0] = 0


def test_the_same_content_and_time_give_the_same_name(tmp_path: Path, encoder: FakeEncoder) -> None:
    first, second = samples.write(tmp_path, encoder), samples.write(tmp_path, encoder)
    assert first == second
    assert first.startswith("20261122T023015Z-")
    assert publication.list_snapshots(tmp_path)[0].name == first


def test_one_flipped_bit_in_any_file_is_refused_naming_the_file(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    name = samples.write(tmp_path, encoder)
    files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
    assert len(files) == 2 + 22 * len(RecordKind)
    for path in files:
        content = bytearray(path.read_bytes())
        for place in {0, len(content) // 2, len(content) - 1}:
            content[place] ^= 1
            path.write_bytes(content)
            with pytest.raises(SnapshotError, match="is damaged") as raised:
                open_snapshot(tmp_path, name, encoder)
            assert raised.value.path == str(path)
            content[place] ^= 1
        path.write_bytes(content)
    open_snapshot(tmp_path, name, encoder)


def test_a_missing_file_is_named(tmp_path: Path, encoder: FakeEncoder) -> None:
    name = samples.write(tmp_path, encoder)
    path = tmp_path / name / "needs" / "roles.npy"
    path.unlink()
    with pytest.raises(SnapshotError, match=r"roles\.npy is missing"):
        open_snapshot(tmp_path, name, encoder)


def test_another_encoder_is_refused_with_the_remedy(tmp_path: Path, encoder: FakeEncoder) -> None:
    name = samples.write(tmp_path, encoder)
    with pytest.raises(SnapshotError, match="fake-32-0, but fake-32-9 is in use") as raised:
        open_snapshot(tmp_path, name, FakeEncoder(seed=9))
    assert (raised.value.expected, raised.value.found) == ("fake-32-0", "fake-32-9")
    assert "Run `matcher nightly`" in str(raised.value)
    assert "MATCHER_ENCODER" in str(raised.value)


def test_a_format_of_the_future_is_refused_with_the_remedy(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    folder = tmp_path / samples.write(tmp_path, encoder)
    fields = json.loads((folder / MANIFEST).read_bytes()) | {"format_version": 99}
    name = _rename_to_fit(folder, json.dumps(fields).encode())
    with pytest.raises(SnapshotError, match="has format 99; this version reads format 3") as raised:
        open_snapshot(tmp_path, name, encoder)
    assert "use the version of the service that built it" in str(raised.value)


def test_a_snapshot_of_the_format_before_still_opens(tmp_path: Path, encoder: FakeEncoder) -> None:
    folder = tmp_path / samples.write(tmp_path, encoder)
    fields = json.loads((folder / MANIFEST).read_bytes()) | {"format_version": 2}
    snapshot = open_snapshot(tmp_path, _rename_to_fit(folder, json.dumps(fields).encode()), encoder)
    assert snapshot.batch(RecordKind.VACANCY).ids == ("v1", "v2", "v3")
    assert snapshot.attached(RecordKind.VACANCY) == {}


def test_what_other_rooms_keep_comes_back_and_is_guarded_by_the_hashes(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    kept = {RecordKind.VACANCY: {"codes": np.array([[1, 2], [0, 3], [5, 5]], np.int32)}}
    name = write_snapshot(
        tmp_path,
        samples.batches(encoder),
        kept,
        encoder=encoder,
        revision=7,
        now=samples.NOW,
    )
    snapshot = open_snapshot(tmp_path, name, encoder)
    [(what, codes)] = snapshot.attached(RecordKind.VACANCY).items()
    assert (what, codes.tolist()) == ("codes", [[1, 2], [0, 3], [5, 5]])
    assert snapshot.attached(RecordKind.NEED) == {}
    (tmp_path / name / "vacancies" / "attached" / "codes.npy").write_bytes(b"other")
    with pytest.raises(SnapshotError, match=r"codes\.npy is damaged"):
        open_snapshot(tmp_path, name, encoder)


def test_a_manifest_without_a_field_is_refused_naming_it(
    tmp_path: Path, encoder: FakeEncoder
) -> None:
    folder = tmp_path / samples.write(tmp_path, encoder)
    fields = json.loads((folder / MANIFEST).read_bytes())
    del fields["sizes"]
    name = _rename_to_fit(folder, json.dumps(fields).encode())
    with pytest.raises(SnapshotError, match="sizes: Field required"):
        open_snapshot(tmp_path, name, encoder)


def _rename_to_fit(folder: Path, manifest: bytes) -> str:
    from matcher.index.manifest import file_hash

    (folder / MANIFEST).write_bytes(manifest)
    name = f"20261122T023015Z-{file_hash(folder / MANIFEST)[:12]}"
    folder.rename(folder.with_name(name))
    return name


def test_an_unknown_snapshot_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no snapshot 'x'"):
        open_snapshot(tmp_path, "x", None)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, encoder: FakeEncoder) -> None:
    root = tmp_path / "file"
    root.write_text("in the way")
    with pytest.raises(SnapshotError, match=r"file cannot be written: File exists") as raised:
        samples.write(root, encoder)
    assert "Check the rights" in str(raised.value)


KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
from matcher.index import columns, snapshot
from tests.fakes import FakeEncoder
from tests.unit.index import samples

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

where, root = sys.argv[1], Path(sys.argv[2])
if where == "columns":
    real = snapshot.write_columns
    snapshot.write_columns = lambda f, *of: die() if f.name == "needs" else real(f, *of)
if where == "manifest":
    snapshot.Manifest.to_json = die
if where == "flush":
    snapshot.flush_folder = die
samples.write(root, FakeEncoder())
"""


@pytest.mark.parametrize("where", ["columns", "manifest", "flush"])
def test_a_writer_killed_in_the_middle_leaves_no_snapshot(
    tmp_path: Path, encoder: FakeEncoder, where: str
) -> None:
    served = samples.write(tmp_path, encoder, now=samples.NOW - timedelta(days=1))
    publication.publish(tmp_path, served)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WRITER, where, str(tmp_path)], check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert [info.name for info in publication.list_snapshots(tmp_path)] == [served]
    assert publication.current(tmp_path) == served
    publication.remove_superseded(tmp_path, samples.NOW)
    assert sorted(path.name for path in tmp_path.iterdir()) == [served, "current"]
