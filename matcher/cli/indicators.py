"""``matcher indicators``: the figures of a month, small groups hidden."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from matcher.casework.client_month import Month
from matcher.casework.indicator_report import as_csv, as_html, as_json
from matcher.casework.indicators import clients_of, indicators
from matcher.casework.tightness import FILE, Tightness, tightness
from matcher.cli.places import municipality_codes
from matcher.config import load_settings
from matcher.domain.text import Lang
from matcher.store.store import Store

app = typer.Typer(add_completion=False)
#: Occupations are told by submajor groups: forty, where the ten major ones say too little.
LEVEL = 2


class Form(StrEnum):
    """How the figures are written."""

    CSV = "csv"
    JSON = "json"
    HTML = "html"


@app.command("indicators")
def show(
    month: Annotated[
        datetime, typer.Argument(formats=["%Y-%m"], help="Which month, as in 2026-10.")
    ],
    *,
    format: Annotated[Form, typer.Option("--format", help="csv, json or a page.")] = Form.CSV,
    municipality: Annotated[
        str, typer.Option(help="Codes or names, separated by commas; left out, all.")
    ] = "",
    lang: Annotated[Lang, typer.Option(help="Language of the page.")] = Lang.FI,
) -> None:
    """Show employment, cost, readiness, wellbeing and service level of a month, by group."""
    settings = load_settings()
    places = municipality_codes(municipality) or None
    with Store.open(settings.url) as store:
        wanted = Month.of(month.year, month.month)
        rows = indicators(list(clients_of(store, wanted, places)))
    match format:
        case Form.CSV:
            typer.echo(as_csv(rows), nl=False)
        case Form.JSON:
            typer.echo(orjson.dumps(as_json(rows), option=orjson.OPT_INDENT_2).decode())
        case Form.HTML:
            crowded = _crowded(settings.data, month.date())
            typer.echo(as_html(rows, crowded, month.date(), lang), nl=False)


def _crowded(data: Path, month: date) -> list[Tightness]:
    """Return the occupations of a month; none where the statistics are not at hand."""
    file = data / FILE
    return tightness(file, month, LEVEL) if file.exists() else []
