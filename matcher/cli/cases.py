"""``matcher case``: the work with each client, beside what is matched."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from matcher.cli.noting import Use, note
from matcher.config import load_settings
from matcher.domain.audit import Deed, Ending, Purpose
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.casework.item import CaseItem
from matcher.ingest.case_files import read_case_entries
from matcher.ingest.casework.records import case_record
from matcher.store.caserows import CaseEntry
from matcher.store.store import Store

#: Who writes entries on the command line.
_OPERATOR = "operator"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Case files: coaches, meetings, tasks, requests and changes of each client.",
)


@app.command()
def add(path: Annotated[Path, typer.Argument(help="JSONL: one entry a line.")]) -> None:
    """Add the entries of a file: all of them, or none if one cannot be used."""
    new = read_case_entries(path)
    with Store.open(load_settings().url) as store:
        ids = store.cases.add_many(new, _OPERATOR, utc_now())
    typer.echo(f"Added {len(ids)} entries.")


@app.command()
def show(profile: Annotated[str, typer.Argument(help="Id of a stored profile.")]) -> None:
    """Show a client's case file as JSON, one version of an entry a line, oldest first."""
    with Store.open(load_settings().url) as store:
        store.profiles.info(profile)  # an unknown client is an error, not an empty file
        entries = store.cases.file_of(profile)
    for entry in entries:
        typer.echo(_line(entry))


@app.command()
def due(
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day looked at; left out, today."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 200,
) -> None:
    """Show what is to be done by a day as JSON, overdue things first."""
    last: date = until.date() if until else finnish_day(utc_now())
    with Store.open(load_settings().url) as store:
        entries = store.cases.due(last, limit=limit)
        people = [entry.profile_id for entry in entries if entry.profile_id is not None]
        note(store, Use("case due", Deed.FIND, Purpose.GUIDANCE), Ending.DONE, people)
    for entry in entries:
        typer.echo(_line(entry))


@app.command()
def coaches(
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day looked at; left out, today."),
    ] = None,
    of: Annotated[str, typer.Option(help="Name of a coach: list this one's clients.")] = "",
) -> None:
    """Show how many clients each coach has, and how many have none; or the clients of one."""
    day = on.date() if on else finnish_day(utc_now())
    with Store.open(load_settings().url) as store:
        if of:
            clients = store.coaches.clients(of, day)
            use = Use("case coaches", Deed.FIND, Purpose.ADMINISTRATION)
            note(store, use, Ending.DONE, clients)
            typer.echo("\n".join(clients) or f"{of} has no clients.")
            return
        loads, nobody = store.coaches.loads(day), store.coaches.unassigned(day)
    for coach, count in loads.items():
        typer.echo(f"{coach}: {count}")
    typer.echo(f"without a coach: {len(nobody)}")


def _line(entry: CaseEntry[CaseItem]) -> str:
    return orjson.dumps(
        {
            "id": entry.id,
            "version": entry.version,
            "profile": entry.profile_id,
            "at": entry.at,
            "by": entry.by,
            **case_record(entry.item).model_dump(exclude_none=True),
        }
    ).decode()
