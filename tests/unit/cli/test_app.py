"""How the command line ends when something cannot be used."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli.app import COMMANDS, app, reporting
from matcher.errors import InputError


def message_of(error: Exception) -> str:
    with pytest.raises(SystemExit) as caught, reporting():
        raise error
    return str(caught.value.code)


def test_an_error_raised_on_purpose_is_one_line() -> None:
    error = InputError("The file is empty.", remedy="Fetch it again.", where="a.csv")
    assert message_of(error) == "matcher: a.csv: The file is empty. Fetch it again."


def test_a_file_that_the_system_refuses_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError) as refused:
        tmp_path.read_bytes()
    assert message_of(refused.value) == (
        f"matcher: {tmp_path} cannot be used: Is a directory. "
        "Check its rights and the free space of its disk."
    )


def test_a_failure_of_the_system_without_a_file_is_not_explained_away() -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="No space left") as caught, reporting():
        raise error
    assert caught.value is error


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_offers_to_change_the_shell(command: str) -> None:
    page = CliRunner().invoke(app, [command, "--help"])
    assert page.exit_code == 0
    assert "completion" not in page.output
