from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from matcher.errors import NotFoundError, SnapshotError
from matcher.index import publication
from matcher.index.manifest import MANIFEST
from tests.fakes import FakeEncoder
from tests.unit.index import samples


@pytest.fixture
def nights(tmp_path: Path) -> list[str]:
    encoder = FakeEncoder()
    return [
        samples.write(tmp_path, encoder, now=samples.NOW + timedelta(days=day)) for day in range(3)
    ]


def test_nothing_is_current_before_the_first_publication(tmp_path: Path) -> None:
    assert publication.current(tmp_path) is None
    assert publication.list_snapshots(tmp_path / "nowhere") == []


def test_publishing_makes_current_and_publishing_an_older_one_goes_back(
    tmp_path: Path, nights: list[str]
) -> None:
    publication.publish(tmp_path, nights[2])
    assert publication.current(tmp_path) == nights[2]
    publication.publish(tmp_path, nights[1])
    assert publication.current(tmp_path) == nights[1]


def test_snapshots_are_listed_oldest_first_with_the_current_one_marked(
    tmp_path: Path, nights: list[str]
) -> None:
    publication.publish(tmp_path, nights[1])
    infos = publication.list_snapshots(tmp_path)
    assert [(info.name, info.is_current) for info in infos] == [
        (nights[0], False),
        (nights[1], True),
        (nights[2], False),
    ]


def test_a_damaged_manifest_is_listed_without_its_facts(tmp_path: Path, nights: list[str]) -> None:
    (tmp_path / nights[0] / MANIFEST).write_text("{}")
    assert [info.manifest is None for info in publication.list_snapshots(tmp_path)] == [
        True,
        False,
        False,
    ]


def test_what_is_not_there_cannot_be_published(tmp_path: Path, nights: list[str]) -> None:
    publication.publish(tmp_path, nights[0])
    with pytest.raises(NotFoundError, match="There is no snapshot 'nothing'"):
        publication.publish(tmp_path, "nothing")
    assert publication.current(tmp_path) == nights[0]


@pytest.mark.parametrize("name", ["gone", "", "../elsewhere", "\ufffd"])
def test_a_current_file_that_names_nothing_is_refused_with_the_way_out(
    tmp_path: Path, nights: list[str], name: str
) -> None:
    (tmp_path / "current").write_text(name)
    with pytest.raises(SnapshotError, match="which is not there") as raised:
        publication.current(tmp_path)
    assert raised.value.path == str(tmp_path / "current")
    assert "matcher snapshots use NAME" in str(raised.value)
    assert len(publication.list_snapshots(tmp_path)) == len(nights)


def test_superseded_snapshots_are_removed_but_never_the_current_one(
    tmp_path: Path, nights: list[str]
) -> None:
    publication.publish(tmp_path, nights[0])
    removed = publication.remove_superseded(tmp_path, samples.NOW + timedelta(days=2))
    assert removed == [nights[1]]
    assert [info.name for info in publication.list_snapshots(tmp_path)] == [nights[0], nights[2]]


def test_verify_names_a_damaged_file(tmp_path: Path, nights: list[str]) -> None:
    assert publication.verify(tmp_path, nights[0]).created == samples.NOW
    path = tmp_path / nights[0] / "profiles" / "ids.npy"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SnapshotError, match=r"profiles/ids\.npy is damaged"):
        publication.verify(tmp_path, nights[0])
