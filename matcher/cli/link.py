"""``matcher link``: the ESCO concepts found in a text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from matcher.cli.console import wide_console
from matcher.config import load_settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.store.store import Store
from matcher.taxonomy.linker import Link, Linker

app = typer.Typer(add_completion=False, help="Show the ESCO concepts found in a text.")


@app.command()
def link(
    text: Annotated[str, typer.Argument(help="Free text.")],
    *,
    lang: Annotated[
        Lang | None,
        typer.Option("--lang", help="Language of the text; left out, the one that fits best."),
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=500, help="At most so many concepts.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the ESCO occupations and skills found in a text, and the words they were found in."""
    settings = load_settings()
    with Store.open(settings.url) as store:
        encoder = load_encoder(settings.encoder)
        linker = Linker(store, encoder, settings.home / "taxonomy")
        with Console(stderr=True).status("Looking the text up in the taxonomy …"):
            links = linker.link(text, lang, k)
    if as_json:
        typer.echo(json.dumps([_document(each) for each in links], ensure_ascii=False, indent=1))
    elif links:
        _show(links)
    else:
        typer.echo("No concept was found.")


def _document(link: Link) -> dict[str, object]:
    return asdict(link) | {"score": round(link.score, 4)}


def _show(links: list[Link]) -> None:
    table = Table("score", "kind", "concept", "found in", box=None)
    for link in links:
        cells = (f"{link.score:.2f}", link.kind.value, link.label, link.matched.text)
        table.add_row(*cells)
    wide_console().print(table)
