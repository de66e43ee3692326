"""``matcher audit``: who has used the data of whom, and whether the log is whole."""

from __future__ import annotations

import re
from typing import Annotated, Final

import typer

from matcher.cli.match import find_profile
from matcher.config import load_settings
from matcher.domain.audit import AuditEntry
from matcher.domain.calendar import finnish_time
from matcher.errors import InputError
from matcher.store.chain import Head, Wrong
from matcher.store.store import Store

#: Exit status when the log is not as it was written.
BROKEN: Final = 3
_SHOWN: Final = 100
_HEAD: Final = re.compile(r"(\d+):([0-9a-f]{64})")
_SAID: Final = {
    Wrong.CHANGED: "is not as it was written",
    Wrong.MISSING: "is missing",
    Wrong.ADDED: "was added past the end",
}

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Who has used the data of whom.")


@app.command()
def verify(
    head: Annotated[
        str, typer.Option(help="A head noted earlier: fail unless the log still holds it.")
    ] = "",
) -> None:
    """Walk along the chain of hashes; name every entry that was changed, removed or added."""
    noted = _head(head) if head else None
    with Store.open(load_settings().url) as store:
        found = store.audit.verify()
        kept = noted is None or noted.number <= found.purged or store.audit.holds(noted)
    for finding in found.findings[:_SHOWN]:
        typer.echo(f"Entry {finding.number} {_SAID[finding.wrong]}.")
    if len(found.findings) > _SHOWN:
        typer.echo(f"… and {len(found.findings) - _SHOWN} more.")
    if not kept:
        typer.echo("The log does not hold the head that was noted: it was written anew.")
    if found.findings or not kept:
        raise typer.Exit(BROKEN)
    purged = f" (entries up to {found.purged} are past their retention)" if found.purged else ""
    typer.echo(f"All {found.entries} entries are as they were written{purged}.")
    typer.echo(f"Note the head outside the store: {found.head.number}:{found.head.hash}")


@app.command("of")
def of_profile(profile: Annotated[str, typer.Argument(help="Id of a stored profile.")]) -> None:
    """Tell who has used a client's data, oldest first."""
    with Store.open(load_settings().url) as store:
        find_profile(store, profile)
        entries = store.audit.of(profile)
    for entry in entries:
        typer.echo(_line(entry))
    if not entries:
        typer.echo(f"Nobody has used the data of {profile} since the log was begun.")


def _head(text: str) -> Head:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise InputError(
            f"{text!r} is no head of a log.",
            remedy="Give it as `matcher audit verify` showed it: number:hash.",
            field="--head",
        )
    return Head(int(match[1]), match[2])


def _line(entry: AuditEntry) -> str:
    one = entry.happening
    at = finnish_time(one.at)
    about = f" {one.about}" if one.about else ""
    return (
        f"{entry.number} {at:%Y-%m-%d %H:%M:%S} {one.role} {one.who} from {one.origin or '-'}: "
        f"{one.deed} ({one.operation}){about} for {one.purpose}, {one.ending}"
    )
