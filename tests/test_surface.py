"""What the command line promises is there: every command loads, helps, and is listed."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from matcher.cli.app import COMMANDS, app

#: The commands of the contract; people's scripts rely on them.
PROMISED = (
    *("import", "fetch", "template", "quarantine", "generate", "nightly", "snapshots"),
    *("match", "candidates", "need", "upskill", "consent", "feedback"),
    *("link", "evaluate", "train-ranker", "rankers", "case", "transfer", "areas", "situation"),
    *("pathway", "package", "plan", "indicators", "fairness", "person", "retention"),
    *("replay", "explain", "audit", "key", "serve"),
)
SUBCOMMANDS = {
    "need": {"insight", "check"},
    "consent": {"ask", "answer", "list", "standing"},
    "feedback": {"add", "list", "wishes", "withdraw"},
    "quarantine": {"list", "find", "retry", "drop"},
    "snapshots": {"list", "verify", "use"},
    "evaluate": {"gates", "linking", "matching", "robustness", "skills", "statements", "titles"},
    "rankers": {"list", "use"},
    "areas": {"check", "list", "show"},
    "situation": {"set", "show"},
    "case": {"add", "show", "due", "coaches"},
    "transfer": {"plan", "run", "status", "verify"},
    "fairness": {"set", "show", "twins"},
    "person": {"export", "erase", "rectify"},
    "retention": {"list", "hold", "release", "proofs"},
    "audit": {"verify", "of"},
    "key": {"allow", "create", "list", "revoke", "sessions"},
}
OPTIONS = {
    "import": {"--format", "--source", "--full"},
    "template": {"--format"},
    "generate": {"--profiles", "--offers", "--seed"},
    "nightly": {"--dry-run", "--resume", "--workers", "--cluster"},
    "match": {"-k", "--kind", "--lang", "--json", "--blocked"},
    "candidates": {"-k", "--json"},
    "upskill": {"-k", "--lang", "--json"},
    "link": {"--lang", "--json"},
    "train-ranker": {"--promote", "--dry-run", "--json"},
    "serve": {"--host", "--port", "--workers"},
}
_STYLES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help is laid out for a wide terminal, so that no word is broken."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")


def help_of(*path: str) -> str:
    answer = CliRunner().invoke(app, [*path, "--help"])
    assert answer.exit_code == 0, answer.output
    return _STYLES.sub("", answer.stdout)


def command(name: str) -> Any:
    """The command as its module has it."""
    loaded = typer.main.get_command(import_module(COMMANDS[name][0]).app)
    return loaded.commands.get(name, loaded) if isinstance(loaded, TyperGroup) else loaded


def walk(name: str, found: Any) -> list[tuple[str, Any]]:
    """A command and all commands below it, each with its path."""
    below = found.commands.items() if isinstance(found, TyperGroup) else ()
    return [(name, found), *(pair for sub, each in below for pair in walk(f"{name} {sub}", each))]


def test_the_commands_are_those_of_the_contract() -> None:
    assert tuple(COMMANDS) == PROMISED


def test_help_lists_every_command_with_its_summary() -> None:
    said = " ".join(help_of().split())
    assert [name for name, (_, summary) in COMMANDS.items() if summary not in said] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads_and_explains_itself(name: str) -> None:
    assert f"Usage: root {name}" in help_of(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_option_and_argument_has_a_help_text(name: str) -> None:
    silent = [
        f"{path} {parameter.name}"
        for path, found in walk(name, command(name))
        for parameter in found.params
        if not getattr(parameter, "help", None)
    ]
    assert silent == []
    assert [path for path, found in walk(name, command(name)) if not found.help] == []


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_groups_have_the_commands_of_the_contract(name: str) -> None:
    group = command(name)
    assert isinstance(group, TyperGroup)
    assert set(group.commands) == SUBCOMMANDS[name]


@pytest.mark.parametrize("name", OPTIONS)
def test_commands_have_the_options_of_the_contract(name: str) -> None:
    options = {option for parameter in command(name).params for option in parameter.opts}
    assert options >= OPTIONS[name]


def test_an_unknown_command_is_a_wrong_command_line() -> None:
    answer = CliRunner().invoke(app, ["macth"])
    assert answer.exit_code == 2
    assert "No such command 'macth'" in _STYLES.sub("", answer.output)


def test_without_arguments_help_is_shown() -> None:
    answer = CliRunner().invoke(app, [])
    assert "Usage" in answer.output
