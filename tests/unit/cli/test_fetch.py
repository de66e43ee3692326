"""``matcher fetch`` as a person runs it, against a board on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli.fetch import app
from matcher.cli.imports import PARTLY
from matcher.errors import FeedError, InputError
from tests.unit.feed.board import KEY, Board, posting, served

BEFORE = "2026-08-20T10:00:00"


@pytest.fixture(autouse=True)
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    with served() as one:
        one.rows = [posting("a-1", BEFORE), posting("a-2", BEFORE)]
        monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "var"))
        monkeypatch.delenv("MATCHER_DATABASE_URL", raising=False)
        monkeypatch.setenv("MATCHER_TMT_URL", one.url)
        monkeypatch.setenv("MATCHER_TMT_KEY", KEY)
        yield one


def run(*arguments: str, status: int = 0) -> list[str]:
    """Return the lines that a fetch prints."""
    answer = CliRunner().invoke(app, ["tyomarkkinatori", *arguments], catch_exceptions=False)
    assert answer.exit_code == status, answer.output
    return answer.output.splitlines()


def test_the_first_fetch_tells_what_came() -> None:
    assert run() == [
        "tyomarkkinatori: everything published, 2 vacancies open.",
        "  snapshot: 2 read, 2 new, 0 changed, 0 closed, 0 quarantined",
    ]


def test_the_next_tells_that_nothing_changed() -> None:
    run()
    first, second = run()
    assert first.endswith("UTC, 2 vacancies open.")
    assert second == "  nothing has changed."


def test_rows_that_cannot_be_used_are_told_with_the_exit_status(board: Board) -> None:
    board.rows.append(posting("", BEFORE))
    said = run(status=PARTLY)
    assert said[1] == "  snapshot: 3 read, 2 new, 0 changed, 0 closed, 1 quarantined"
    assert said[2].startswith("`matcher quarantine list --kind ads`")


def test_a_loss_is_refused_until_it_is_accepted(board: Board) -> None:
    board.rows += [posting(f"b-{i}", BEFORE) for i in range(3)]
    run()
    del board.rows[1:]
    with pytest.raises(InputError, match="lack 4 of the 5"):
        run("--snapshot")
    assert "4 closed" in run("--snapshot", "--accept-loss")[1]


def test_regions_are_asked_for(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_TMT_REGIONS", "17, 19")
    run()
    assert board.asked == [{"regionIn": ["17", "19"], "onlyStatus": "PUBLISHED"}]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MATCHER_TMT_KEY", "", "MATCHER_TMT_KEY is not set"),
        ("MATCHER_TMT_URL", "http://example.org/", "starts with https"),
        ("MATCHER_TMT_REGIONS", "Lappi", "MATCHER_TMT_REGIONS='Lappi' cannot be used"),
        ("MATCHER_TMT_HEADER", "a: b", "MATCHER_TMT_HEADER='a: b' cannot be used"),
    ],
)
def test_a_wrong_setting_is_named(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=told):
        run()


def test_a_loss_is_accepted_of_a_snapshot_only() -> None:
    with pytest.raises(InputError, match="Add --snapshot"):
        run("--accept-loss")


def test_a_wrong_key_is_refused_without_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_TMT_KEY", "not-this-one")
    with pytest.raises(FeedError, match="status 401") as error:
        run()
    assert "not-this-one" not in str(error.value)
