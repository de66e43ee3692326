from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.encode.cache import CachedEncoder
from matcher.encode.protocol import TextRole
from matcher.errors import InputError, StoreError
from tests.fakes import FakeEncoder

TEXTS = ["hitsaus", "siivous", "hitsaus", "myynti"]


def saved(folder: Path, *texts: str) -> CachedEncoder:
    cached = CachedEncoder(FakeEncoder(), folder)
    cached.encode(texts)
    cached.save()
    return cached


def asked(folder: Path, *texts: str) -> list[str]:
    """Return what a new cached encoder has to ask the real one for."""
    encoder = FakeEncoder()
    CachedEncoder(encoder, folder).encode(texts)
    return encoder.asked


def test_vectors_are_those_of_the_encoder_in_order(tmp_path: Path) -> None:
    expected = FakeEncoder().encode(TEXTS)
    cached = saved(tmp_path, "siivous")
    for encoder in (cached, CachedEncoder(FakeEncoder(), tmp_path)):
        np.testing.assert_array_equal(encoder.encode(TEXTS), expected)
        assert encoder.encode(TEXTS).dtype == np.float32


def test_a_text_is_asked_for_once(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    cached = CachedEncoder(encoder, tmp_path)
    cached.encode(TEXTS)
    cached.encode(TEXTS)
    assert encoder.asked == ["hitsaus", "siivous", "myynti"]


def test_saved_vectors_are_not_asked_for_again(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus", "siivous")
    assert asked(tmp_path, *TEXTS) == ["myynti"]


def test_the_same_text_in_another_role_is_another_text(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    encoder = FakeEncoder()
    CachedEncoder(encoder, tmp_path).encode(["hitsaus"], TextRole.QUERY)
    assert encoder.asked == ["hitsaus"]


def test_another_revision_has_a_cache_of_its_own(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    other = FakeEncoder(seed=1)
    np.testing.assert_array_equal(
        CachedEncoder(other, tmp_path).encode(["hitsaus"]), FakeEncoder(seed=1).encode(["hitsaus"])
    )
    assert other.asked == ["hitsaus"]


def test_pruning_keeps_only_what_was_asked_for_in_this_run(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus", "siivous")
    cached = CachedEncoder(FakeEncoder(), tmp_path)
    cached.encode(["siivous", "myynti"])
    cached.prune_unused()
    cached.save()
    assert asked(tmp_path, *TEXTS) == ["hitsaus"]


def test_caches_of_other_revisions_can_be_dropped(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    other = CachedEncoder(FakeEncoder(seed=1), tmp_path)
    other.encode(["hitsaus"])
    other.save()
    other.drop_other_revisions()
    assert [path.name for path in tmp_path.iterdir()] == ["fake-32-1"]


def test_saving_without_pruning_keeps_everything(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    saved(tmp_path, "siivous")
    assert asked(tmp_path, "hitsaus", "siivous") == []


def test_nothing_is_written_when_nothing_is_new(tmp_path: Path) -> None:
    CachedEncoder(FakeEncoder(), tmp_path).save()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [0, 64, 200, -1])
def test_a_damaged_cache_is_ignored_and_replaced(tmp_path: Path, place: int) -> None:
    saved(tmp_path, "hitsaus", "siivous")
    (path,) = (tmp_path / "fake-32-0").iterdir()
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert asked(tmp_path, "hitsaus") == ["hitsaus"]
    saved(tmp_path, "hitsaus")
    assert asked(tmp_path, "hitsaus") == []
    assert not path.exists() or path.read_bytes() != content


def test_what_a_killed_writer_left_is_ignored_and_swept_up(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    part = tmp_path / "fake-32-0" / "123.part"
    part.write_bytes(b"half")
    assert asked(tmp_path, "hitsaus") == []
    saved(tmp_path, "siivous")
    assert not part.exists()


def test_empty_text_is_refused_by_the_encoder_and_not_kept(tmp_path: Path) -> None:
    cached = CachedEncoder(FakeEncoder(), tmp_path)
    with pytest.raises(InputError):
        cached.encode(["hitsaus", " "])
    assert cached.encode([]).shape == (0, 32)


def test_no_text_is_readable_in_the_cache(tmp_path: Path) -> None:
    saved(tmp_path, "hitsaus")
    (path,) = (tmp_path / "fake-32-0").iterdir()
    assert b"hitsaus" not in path.read_bytes()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    cached = CachedEncoder(FakeEncoder(), tmp_path / "file")
    cached.encode(["hitsaus"])
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"vector cache .*fake-32-0 cannot be written"):
        cached.save()
