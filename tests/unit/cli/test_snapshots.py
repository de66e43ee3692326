from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.snapshots import app
from matcher.errors import NotFoundError, NotReadyError, SnapshotError
from matcher.index.publication import current, publish
from tests.fakes import FakeEncoder
from tests.unit.index import samples


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    return tmp_path / "snapshots"


@pytest.fixture
def nights(root: Path) -> list[str]:
    encoder = FakeEncoder()
    names = [
        samples.write(root, encoder, now=samples.NOW + timedelta(days=day)) for day in range(2)
    ]
    publish(root, names[1])
    return names


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_list_shows_sizes_and_marks_the_one_that_is_served(nights: list[str]) -> None:
    lines = run("list").stdout.splitlines()
    assert lines[0].split() == [
        *("snapshot", "encoder"),
        *("profiles", "vacancies", "needs", "trainings", "services"),
    ]
    assert lines[1].split() == [nights[0], "fake-32-0", "2", "3", "1", "1", "0"]
    assert lines[2].split() == [nights[1], "fake-32-0", "2", "3", "1", "1", "0", "served"]


@pytest.mark.parametrize("command", ["list", "verify"])
def test_what_to_run_is_said_when_there_is_no_snapshot(root: Path, command: str) -> None:
    error = run(command).exception
    assert isinstance(error, NotReadyError)
    assert str(error) == f"There is no snapshot in {root}. Run `matcher nightly`."


def test_verify_checks_all_or_the_one_that_is_named(root: Path, nights: list[str]) -> None:
    good = ": all 111 files are as they were written.\n"
    assert run("verify").stdout == "".join(name + good for name in nights)
    assert run("verify", nights[0]).stdout == nights[0] + good


def test_going_back_to_a_snapshot_of_another_encoder_says_what_is_needed(
    nights: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model").mkdir()
    monkeypatch.setenv("MATCHER_ENCODER", str(tmp_path / "model"))
    answer = run("use", nights[0])
    assert answer.exit_code == 0
    assert answer.stderr.startswith("It was built with encoder fake-32-0, but e3b0c44298fc is in")
    assert "until MATCHER_ENCODER is set back or `matcher nightly` has run." in answer.stderr


def test_yesterdays_snapshot_is_one_command_away(root: Path, nights: list[str]) -> None:
    answer = run("use", nights[0])
    assert answer.exit_code == 0
    assert current(root) == nights[0]
    assert f"Go back with: matcher snapshots use {nights[1]}" in answer.stdout


def test_a_damaged_snapshot_is_not_served(root: Path, nights: list[str]) -> None:
    path = root / nights[0] / "lexical_idf.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    answer = run("use", nights[0])
    assert isinstance(answer.exception, SnapshotError)
    assert answer.exception.path == str(path)
    assert current(root) == nights[1]


def test_use_is_the_way_out_when_current_names_nothing(root: Path, nights: list[str]) -> None:
    (root / "current").write_text("gone\n")
    assert run("use", nights[0]).exit_code == 0
    assert current(root) == nights[0]


def test_an_unknown_name_is_not_found(root: Path, nights: list[str]) -> None:
    assert isinstance(run("use", "x").exception, NotFoundError)
