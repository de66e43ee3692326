"""``matcher fairness``: how groups of people fare, and whether words matter that should not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter
from rich.table import Table

from matcher.cli.console import wide_console
from matcher.cli.match import print_json
from matcher.config import load_settings
from matcher.encode.encoder import load_encoder
from matcher.errors import NotReadyError
from matcher.evaluate.fairness.pairs import BOUNDS, PairFigure, pair_figures, shipped_twins
from matcher.evaluate.fairness.rates import GroupRate
from matcher.ingest.attributes import read_attributes
from matcher.match.learning.in_use import RankerInUse
from matcher.metrics.fairness import Interval
from matcher.nightly.fairness import Groups
from matcher.nightly.golden import golden_set
from matcher.nightly.journal import KIND
from matcher.store.store import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="How groups of people fare, and whether words matter that should not.",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("set")
def set_(path: Annotated[Path, typer.Argument(help="JSONL: one person a line.")]) -> None:
    """Set protected attributes: all of a file, or none if a line cannot be used.

    They lie in a table of their own, which nothing that ranks can read.
    """
    given = read_attributes(path)
    with Store.open(load_settings().url) as store:
        store.attributes.put_many(given)
    typer.echo(f"Set the protected attributes of {len(given)} people.")


@app.command()
def show(*, as_json: AsJson = False) -> None:
    """Show how groups fared in the lists of the last night, small groups hidden."""
    with Store.open(load_settings().url) as store:
        run = store.runs.latest(KIND)
    told = run.report.get("groups") if run else None
    if not run or told is None:
        raise NotReadyError("No night has measured groups yet.", remedy="Run `matcher nightly`.")
    groups = TypeAdapter(Groups).validate_python(told)
    if as_json:
        print_json({"run": run.id, **told})
        return
    table = Table(
        "attribute", "group", "people", "good", "against others", "exposure", "", box=None
    )
    for one in groups.rates:
        table.add_row(one.attribute, one.group, *_cells(one))
    wide_console().print(table)


@app.command()
def twins(*, as_json: AsJson = False) -> None:
    """Rank people who differ in a name, an age or the language alone, and compare their lists."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    with Store.open(settings.url) as store:
        ranker = RankerInUse(store, encoder.revision).now()
    found = pair_figures(shipped_twins(), golden_set().ads, encoder, ranker)
    if as_json:
        print_json(TypeAdapter(list[PairFigure]).dump_python(found, mode="json"))
        return
    for one in found:
        outcome = "passes" if one.passes else "is refused"
        typer.echo(
            f"{one.variation}: {one.pairs:,} pairs, mean difference {one.mean:.4f} "
            f"(at most {BOUNDS[one.variation]}), worst {one.worst:.4f}, "
            f"{one.shared:.0%} of the first ten shared: {outcome}"
        )


def _cells(one: GroupRate) -> tuple[str, ...]:
    if one.people is None:
        return ("small", "", "", "", "")
    outcome = ("passes" if one.passes else "refused") if one.is_bounded else "reported"
    good, ratio, exposure = (_told(each) for each in (one.good, one.ratio, one.exposure))
    return (f"{one.people:,}", good, ratio, exposure, outcome)


def _told(found: Interval | None) -> str:
    return f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f})" if found else "–"
