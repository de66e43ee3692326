"""``matcher need``: what a company learns of its need at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from matcher.cli.match import find_offer, print_json
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.text import Lang
from matcher.ingest.files import open_file
from matcher.match.employer.disclosure import disclosed
from matcher.match.employer.insight_words import insight_lines
from matcher.match.employer.wording import check_text
from matcher.match.service import open_service
from matcher.store import codec

#: Bytes: a longer text is no path on any system.
LONGEST_PATH: Final = 255

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Look into a company's need.")


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


@app.command()
def check(
    text: Annotated[str, typer.Argument(help="A need's words, or a file that holds them.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check a need for requirements that may discriminate, and suggest better words."""
    path = Path(text)
    is_file = len(text.encode()) <= LONGEST_PATH and path.is_file()
    if is_file:
        open_file(path)  # says so if it is no text
    found = check_text(path.read_text("utf-8-sig") if is_file else text)
    if as_json:
        print_json([json.loads(codec.dump(one)) for one in found])
        return
    for one in found:
        typer.echo(f"”{one.quote}” ({one.ground}): {one.advice} ({one.law})")
    if not found:
        typer.echo("Nothing was found. A person should still read it.")
