"""Entry point of ``matcher``: mounts the commands and turns errors into one clear line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
import typer.core
import typer.main
from typer.core import TyperGroup

from matcher.errors import MatcherError

#: Module of each command; a module is imported only when its command is called, so that
#: ``matcher --help`` and the light commands start without torch.
COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("matcher.cli.imports", "Import profiles, ads, needs, trainings, services or ESCO."),
    "fetch": ("matcher.cli.fetch", "Fetch vacancies from Työmarkkinatori's interface."),
    "template": ("matcher.cli.imports", "Write an empty, commented import template."),
    "quarantine": ("matcher.cli.imports", "List and re-try rows that could not be imported."),
    "generate": ("matcher.cli.generate", "Grow realistic data of any size."),
    "nightly": ("matcher.cli.nightly", "Run the night: encode, index, check, publish, make lists."),
    "snapshots": ("matcher.cli.snapshots", "List, verify or go back to an index snapshot."),
    "match": ("matcher.cli.match", "Show a profile's explained match lists."),
    "candidates": ("matcher.cli.match", "Show the profiles that fit a need."),
    "need": ("matcher.cli.needs", "Look into a company's need."),
    "upskill": ("matcher.cli.upskill", "Show the trainings that open offers to a client."),
    "consent": ("matcher.cli.consents", "Ask people whether companies may see them."),
    "feedback": ("matcher.cli.feedback", "Note and list what was said of offers."),
    "link": ("matcher.cli.link", "Show the ESCO concepts found in a text."),
    "evaluate": ("matcher.cli.evaluate", "Measure linking, matching and statements."),
    "train-ranker": ("matcher.cli.ranker", "Fit the ranking to feedback, compare, promote."),
    "rankers": ("matcher.cli.rankers", "List what ranks, or go back to it."),
    "case": ("matcher.cli.cases", "Keep case files: coaches, meetings, tasks, changes."),
    "transfer": ("matcher.cli.transfer", "Move clients to another unit, in stages."),
    "areas": ("matcher.cli.areas", "Check, list and show areas and their rules."),
    "situation": ("matcher.cli.situations", "Set and show what rules of law ask of a client."),
    "pathway": ("matcher.cli.situations", "Show a client's phase, duties and instruments."),
    "package": ("matcher.cli.package", "Show a package that covers a client's barriers."),
    "plan": ("matcher.cli.plan", "Print a client's plan for paper, in five languages."),
    "indicators": ("matcher.cli.indicators", "Show the figures of a month, small groups hidden."),
    "fairness": ("matcher.cli.fairness", "Show how groups fare, and compare twins."),
    "person": ("matcher.cli.person", "Give people a copy of their data, correct it, erase it."),
    "retention": ("matcher.cli.retention", "Show how long data stay, and hold what must."),
    "replay": ("matcher.cli.decisions", "Make a list again and tell whether it is the same."),
    "explain": ("matcher.cli.decisions", "Tell a person in plain words how a list came about."),
    "audit": ("matcher.cli.audit", "Tell who has used the data of whom; verify the log."),
    "key": ("matcher.cli.keys", "Create and revoke API keys."),
    "serve": ("matcher.cli.serve", "Serve the API."),
}
INTERRUPTED = 130


class LazyGroup(TyperGroup):
    """A group that imports the module of a command only when the command is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return the names of all commands, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ANN401
        """Return the summary of a command for the help page, or None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        return typer.core.TyperCommand(cmd_name, help=COMMANDS[cmd_name][1])

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]  # noqa: ANN401
        """Import and return the command that is about to run, watched by the audit log."""
        _, stub, rest = super().resolve_command(ctx, args)
        name = str(stub.name if stub else args[0])
        loaded = typer.main.get_command(import_module(COMMANDS[name][0]).app)
        found = getattr(loaded, "commands", {}).get(name, loaded)
        _watch(name, found)
        return name, found, rest


def _watch(path: str, command: Any) -> None:  # noqa: ANN401 - a command or a group of them
    """Have a command, and all below it, begin in the audit log if it uses data of people."""
    # Imported late: the light commands need no store.
    from matcher.cli.uses import USES, noted

    for name, below in getattr(command, "commands", {}).items():
        _watch(f"{path} {name}", below)
    if path in USES and not hasattr(command, "commands"):
        command.callback = noted(path, command.callback)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Kohtaanto: match competence mappings with jobs, company needs, trainings and services.",
)


@app.callback()
def root() -> None:
    """Match competence mappings with jobs, company needs, trainings and services."""


@contextmanager
def reporting() -> Iterator[None]:
    """Turn a `MatcherError`, or a file that the system refuses, into one line and status 1."""
    try:
        yield
    except MatcherError as error:
        sys.exit(f"matcher: {error}")
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(
            f"matcher: {error.filename} cannot be used: {error.strerror}. "
            "Check its rights and the free space of its disk."
        )
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def main() -> None:
    """Run the command line."""
    with reporting():
        app()


if __name__ == "__main__":
    main()
