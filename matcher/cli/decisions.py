"""``matcher replay``: make a list again from its record and compare."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

import typer

from matcher.cli.match import AsJson, print_json
from matcher.config import load_settings
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.match.decisions.replay import Difference, Replay, Replayer
from matcher.store.store import Store

#: Exit status when a list does not come out the same.
DIFFERENT: Final = 3

app = typer.Typer(add_completion=False)

ListId = Annotated[str, typer.Argument(metavar="LIST", help="Id of a list that was shown.")]


@app.command()
def replay(list_id: ListId, *, as_json: AsJson = False) -> None:
    """Make a list again from what it was made from; tell whether it comes out the same."""
    settings = load_settings()
    with Store.open(settings.url) as store:
        decision = store.decisions.get(list_id)
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        found = Replayer(store, records, settings.snapshots).replay(decision)
    if as_json:
        print_json({**asdict(found), "is_equal": found.is_equal})
    else:
        _tell(found)
    if not found.is_equal:
        raise typer.Exit(DIFFERENT)


def _tell(found: Replay) -> None:
    typer.echo(f"{found.list_id}: {'equal' if found.is_equal else 'different'}")
    for difference in found.differences:
        typer.echo(f"  {_line(difference)}")
    if found.other:
        typer.echo(f"  Of another revision now: {', '.join(found.other)}.")


def _line(one: Difference) -> str:
    where = f"{one.kind}, place {one.place}: " if one.kind else ""
    return f"{where}{one.aspect} was {one.recorded or 'nothing'}, is {one.found or 'nothing'}"
