"""``matcher areas``: check an area file, list the areas, show one in words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.domain.text import Lang
from matcher.pathways.load import area_named, areas, read_area, read_law
from matcher.pathways.page import area_page

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Areas: municipalities, target groups, phases and instruments as dated rules.",
)

Language = Annotated[Lang, typer.Option("--lang", help="Language of the output.")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="An area file, as oulu-2021.toml.")],
    *,
    law: Annotated[
        bool, typer.Option("--law", help="It is a file of instruments that areas share.")
    ] = False,
) -> None:
    """Check an area file; a wrong one is refused with the line and what to do."""
    if law:
        checked = read_law(file)
        told = f"{checked.name}: {len(checked.instruments)} rules"
    else:
        area = read_area(file)
        told = f"{area.name}: {len(area.municipalities)} municipalities and {len(area.rules)} rules"
    typer.echo(f"{told} without contradiction, gap or overlap.")


@app.command("list")
def list_(lang: Language = Lang.FI) -> None:
    """List the areas with their days."""
    for area in areas():
        end = area.valid.end or ""
        typer.echo(f"{area.name:<15} {area.valid.start} – {end!s:<10}  {area.title.best(lang)}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of an area, as `list` shows it.")],
    *,
    lang: Language = Lang.FI,
) -> None:
    """Show the rules of an area in words, each with its days and source, as Markdown."""
    typer.echo(area_page(area_named(name), lang), nl=False)
