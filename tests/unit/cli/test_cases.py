from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner, Result

from matcher.cli.cases import app
from matcher.config import load_settings
from matcher.domain.profile import Profile
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store

TASK = {
    "profile": "p1",
    "topic": "task",
    "text": "Soita 040 123 4567",
    "responsible": "client",
    "due": "2026-03-10",
}
COACH = {"profile": "p1", "topic": "assignment", "coach": "Anna", "start": "2026-01-01"}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    with Store.open(load_settings().url) as store:
        now = datetime(2026, 3, 1, tzinfo=UTC)
        store.profiles.upsert([Profile(id="p1"), Profile(id="p2")], now)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def written(tmp_path: Path, *rows: object) -> str:
    path = tmp_path / "entries.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return str(path)


def test_entries_of_a_file_are_added_and_shown_without_contacts(tmp_path: Path) -> None:
    assert run("add", written(tmp_path, TASK, COACH)).stdout == "Added 2 entries.\n"
    task, coach = map(orjson.loads, run("show", "p1").stdout.splitlines())
    assert (task["topic"], task["text"], task["by"]) == ("task", "Soita […]", "operator")
    assert (coach["coach"], coach["start"], coach["version"]) == ("Anna", "2026-01-01", 1)


def test_what_is_due_is_shown_up_to_the_day(tmp_path: Path) -> None:
    run("add", written(tmp_path, TASK))
    assert run("due", "--until", "2026-03-09").stdout == ""
    assert orjson.loads(run("due", "--until", "2026-03-10").stdout)["due"] == "2026-03-10"


def test_coaches_are_counted_and_who_has_none(tmp_path: Path) -> None:
    run("add", written(tmp_path, COACH))
    assert run("coaches", "--on", "2026-03-01").stdout == "Anna: 1\nwithout a coach: 1\n"


def test_the_clients_of_a_coach_are_listed(tmp_path: Path) -> None:
    run("add", written(tmp_path, COACH, {**COACH, "profile": "p2"}))
    assert run("coaches", "--of", "Anna", "--on", "2026-03-01").stdout == "p1\np2\n"
    assert run("coaches", "--of", "Anna", "--on", "2025-03-01").stdout == "Anna has no clients.\n"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**TASK, "due": "soon"}, r"line 2, task.due: Input should be a valid date"),
        ({**TASK, "profile": 7}, r"line 2, profile: It is no id"),
        ([], r"line 2: It is no JSON object"),
        ({**COACH, "end": "2025-12-31"}, "the end 2025-12-31 is before the start 2026-01-01"),
        ({**TASK, "due": "9999-12-31"}, r"line 2, task.due: .* the year 9999 is not one from 1900"),
        (
            {
                "profile": "p1",
                "topic": "meeting",
                "kind": "mapping",
                "channel": "visit",
                "begins": "9999-12-31T23:30-05:00",
            },
            "the year 9999",
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_stored(
    row: object, message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        run("add", written(tmp_path, TASK, row))
    assert run("show", "p1").stdout == ""


def test_nobody_unknown_has_a_case_file() -> None:
    with pytest.raises(NotFoundError, match="no profile 'p9'"):
        run("show", "p9")
