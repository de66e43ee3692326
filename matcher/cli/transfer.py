"""``matcher transfer``: move clients to another unit in stages, with nothing lost."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from matcher.casework.transfer import balance, carry_out, make_plan
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.errors import InputError
from matcher.ingest.files import open_file
from matcher.pathways.load import area_named
from matcher.pathways.transfer import CoachPlace, Timetable
from matcher.store.store import Store
from matcher.store.transfer_moves import StoredMove

_COLUMNS: Final = ("name", "team", "unit", "capacity")
#: Exit status when somebody has lost something.
UNEVEN: Final = 3

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Transfer clients to another unit in stages, with nothing lost.",
)
Plan = Annotated[str | None, typer.Argument(help="Id of a plan; left out, the newest.")]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Day that counts as today; left out, today."),
]


class CoachRow(BaseModel):
    """One row of the list of coaches."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1)
    team: str = ""
    unit: str = Field(min_length=1)
    capacity: int = Field(ge=1)


@app.command()
def plan(
    area: Annotated[str, typer.Argument(help="Whose target group: `matcher areas list`.")],
    coaches: Annotated[
        Path, typer.Option(help="CSV with the columns name, team, unit and capacity.")
    ],
    first: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day of the first stage.")],
    capacity: Annotated[int, typer.Option(help="Most clients in a stage.")],
    every: Annotated[int, typer.Option(help="Days from one stage to the next.")] = 28,
) -> None:
    """Plan who moves when, to which unit and coach; nobody moves yet."""
    timetable = Timetable(first.date(), every, capacity)
    places = read_coaches(coaches)
    with Store.open(load_settings().url) as store:
        made = make_plan(store, area_named(area), timetable, places, utc_now())
    typer.echo(made.id)
    _show_stages(made.moves)
    typer.echo(f"not in the target group: {made.staying}")
    typer.echo(f"unclear, to be asked: {len(made.to_ask)}")
    for id, missing in sorted(made.to_ask.items()):
        typer.echo(f"  {id}: {', '.join(missing)}")


@app.command()
def run(plan: Plan = None, on: Day = None) -> None:
    """Carry out the stages up to today; run again after an interruption, it goes on."""
    with Store.open(load_settings().url) as store:
        id = plan or store.transfers.latest()
        outcome = carry_out(store, id, _day(on), utc_now())
    if not outcome:
        typer.echo("Nobody was to move.")
    for state, count in sorted(outcome.items()):
        typer.echo(f"{state}: {count}")


@app.command()
def status(plan: Plan = None) -> None:
    """Show the stages of a plan and how far each is."""
    with Store.open(load_settings().url) as store:
        id = plan or store.transfers.latest()
        store.transfers.area(id)
        moves = store.transfers.moves(id)
    typer.echo(id)
    _show_stages(moves)


@app.command()
def verify(plan: Plan = None) -> None:
    """Hold what moved clients have against what they had; exits with 3 if anything is lost."""
    with Store.open(load_settings().url) as store:
        found = balance(store, plan or store.transfers.latest())
    typer.echo(f"moved: {found.moved}, held back: {found.held_back}")
    typer.echo(f"appointments, tasks, requests and running services kept: {found.kept}")
    for channel, count in sorted(found.notices.items()):
        typer.echo(f"notice by {channel}: {count}")
    for id, entries in sorted(found.lost.items()):
        typer.echo(f"lost of {id}: {', '.join(entries)}")
    for id in found.broken:
        typer.echo(f"job search lost: {id}")
    for id in found.without_coach:
        typer.echo(f"without a coach: {id}")
    typer.echo("The balance is even." if found.is_even else "The balance is NOT even.")
    if not found.is_even:
        raise typer.Exit(UNEVEN)


def read_coaches(path: Path) -> list[CoachPlace]:
    """Read the list of coaches.

    Raises
    ------
    InputError
        If a column is missing or a row cannot be used, with its line and field.
    """
    open_file(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"Column {missing[0]!r} is missing.",
                remedy=f"The first line is {','.join(_COLUMNS)}.",
                where=str(path),
            )
        return [_coach(row, f"{path}, line {reader.line_num}") for row in reader]


def _coach(row: dict[str | None, str], where: str) -> CoachPlace:
    if None in row:
        raise InputError(
            "The row has more cells than the first line.",
            remedy="Put quotation marks around a cell that holds a comma; no plan was made.",
            where=where,
        )
    try:
        read = CoachRow.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise InputError(
            f"{first['msg']}.",
            remedy="Correct the row; no plan was made.",
            where=where,
            field=str(first["loc"][0]),
        ) from error
    return CoachPlace(read.name, read.team, read.unit, read.capacity)


def _show_stages(moves: Sequence[StoredMove]) -> None:
    stages: dict[tuple[int, date], list[StoredMove]] = {}
    for move in moves:
        stages.setdefault((move.stage, move.on), []).append(move)
    for (stage, on), some in sorted(stages.items()):
        units = Counter(move.unit for move in some)
        states = Counter(move.state for move in some)
        where = ", ".join(f"{unit} {count}" for unit, count in sorted(units.items()))
        how_far = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
        typer.echo(f"stage {stage}, {on}: {where} ({how_far})")


def _day(on: datetime | None) -> date:
    return on.date() if on else finnish_day(utc_now())
