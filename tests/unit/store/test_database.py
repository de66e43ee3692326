from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.domain.profile import Profile
from matcher.errors import InputError, StoreError
from matcher.store import database
from matcher.store.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that may be looked into but not written to."""
    # What is loaded late has to be loaded now, while all of the environment can be read.
    Store.open(url(tmp_path / "store.sqlite")).close()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with nobodys_rights():
            yield folder


@contextmanager
def nobodys_rights() -> Iterator[None]:
    """Lay down the rights of root for a while: to root no folder is read-only."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    "wrong",
    ["", "store.sqlite", "mysql://host/name", "sqlite://", "sqlite:///:memory:", "postgresql:"],
)
def test_other_urls_are_refused_with_an_example(wrong: str) -> None:
    with pytest.raises(InputError, match="Write postgresql://user:password@host/name or sqlite"):
        Store.open(wrong)


def test_a_password_is_never_repeated() -> None:
    with pytest.raises(InputError) as caught:
        Store.open("mysql://me:sesame@host/name")
    assert "sesame" not in str(caught.value)


def test_a_server_that_is_down_is_named_with_a_remedy() -> None:
    # Nothing listens on port 1.
    with pytest.raises(
        StoreError, match=r"127\.0\.0\.1:1/name cannot be used: .*Check that"
    ) as caught:
        Store.open("postgresql://me:sesame@127.0.0.1:1/name")
    assert "sesame" not in str(caught.value)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "some where?" / "ä%20#" / "store.sqlite"
    Store.open(url(path)).close()
    assert path.read_bytes()[:15] == b"SQLite format 3"


def test_folder_and_files_that_are_made_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "store.sqlite"
    with Store.open(url(path)) as store:
        store.profiles.upsert([Profile(id="p1")], NOON)
        assert {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {
            "store.sqlite": 0o600,
            "store.sqlite-shm": 0o600,
            "store.sqlite-wal": 0o600,
        }
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_rights_that_somebody_has_given_stay(tmp_path: Path) -> None:
    path = tmp_path / "home" / "store.sqlite"
    Store.open(url(path)).close()
    path.parent.chmod(0o750)
    path.chmod(0o640)
    Store.open(url(path)).close()
    assert [one.stat().st_mode & 0o777 for one in (path.parent, path)] == [0o750, 0o640]


def test_a_read_only_folder_is_named_with_a_remedy(read_only: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(url(read_only / "store.sqlite"))
    assert str(caught.value) == (
        f"The store {read_only}/store.sqlite cannot be used: unable to open database file. "
        "Check that the folder can be written to, or set MATCHER_HOME to another."
    )


def test_a_folder_that_cannot_be_made_is_named_with_a_remedy(read_only: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store.open(url(read_only / "deeper" / "store.sqlite"))
    assert str(caught.value) == (
        f"The folder {read_only}/deeper cannot be made: Permission denied. "
        "Set MATCHER_HOME to a folder that can be written to."
    )


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_text("id,name\n" * 1_000)
    with pytest.raises(StoreError, match=r"file is not a database\. Move the file away"):
        Store.open(url(path))
    assert path.read_text() == "id,name\n" * 1_000


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE profiles (name)")
    with pytest.raises(StoreError, match=r"already exists\. If another program made the file"):
        Store.open(url(path))
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("profiles",)]
    other.close()


def test_a_damaged_store_is_named_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store.open(url(path)).close()
    path.write_bytes(path.read_bytes()[:4096] + b"\x7f" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"malformed\. Restore the file from a backup"):
        Store.open(url(path))


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open database file"):
        Store.open(url(tmp_path))


def test_a_writer_that_waits_too_long_is_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    path = tmp_path / "store.sqlite"
    with Store.open(url(path)) as store:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"database is locked\. Another process is writing"):
            store.profiles.upsert([Profile(id="p1")], NOON)
        other.close()
        store.profiles.upsert([Profile(id="p1")], NOON)


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store.open(url(path)) as store:
        store.profiles.upsert([Profile(id="p1")], NOON)
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM profiles")
        assert store.profiles.ids() == ["p1"]
        other.close()


def test_an_erased_record_leaves_no_word_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store.open(url(path)) as store:
        store.profiles.upsert([Profile(id="p1", text="Verenpainetauti")], NOON)
    assert b"Verenpainetauti" in path.read_bytes()
    with Store.open(url(path)) as store:
        store.profiles.delete("p1", NOON)
    assert b"Verenpainetauti" not in path.read_bytes()
    assert [file.name for file in tmp_path.iterdir()] == ["store.sqlite"]


def test_a_port_that_is_no_number_is_refused_without_the_password() -> None:
    with pytest.raises(InputError) as caught:
        Store.open("postgresql://anna:secret@localhost:port/kohtaanto")
    assert caught.value.message == "The database URL cannot be read."
    assert "secret" not in str(caught.value)
