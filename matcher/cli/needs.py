"""``matcher need``: what a company learns of its need at once."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from matcher.cli.match import find_offer, print_json
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.text import Lang
from matcher.match.disclosure import disclosed
from matcher.match.insight_words import insight_lines
from matcher.match.service import open_service
from matcher.store import codec

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Look into a company's need.")


@app.callback()
def root() -> None:
    """Look into a company's need."""


@app.command()
def insight(
    need: Annotated[str, typer.Argument(help="Id of a stored company need or other offer.")],
    *,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the output.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell how many people fit a need, what shuts most of them out, and what could help."""
    with open_service(load_settings(), utc_now) as service:
        offer = find_offer(service.store, need)
        found = disclosed(service.matcher.insight.of(offer, on=finnish_day(utc_now())))
    if as_json:
        print_json(json.loads(codec.dump(found)))
        return
    for line in insight_lines(found, lang or offer.language):
        typer.echo(line)
