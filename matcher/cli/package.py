"""``matcher package``: jobs, trainings and services side by side for a client's barriers."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.cli.console import wide_console
from matcher.cli.match import AsJson, Language, find_profile, print_json, recorded, show_id
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.match.decisions.items import package_items
from matcher.match.decisions.record import package_terms
from matcher.match.package.document import PackageDocument
from matcher.match.package.for_client import package_for
from matcher.match.package.packer import Packer
from matcher.match.service import open_service

app = typer.Typer(add_completion=False)


@app.command("package")
def show(
    profile: Annotated[str, typer.Argument(help="Id of a stored profile.")],
    *,
    budget: Annotated[
        float | None,
        typer.Option(min=0, help="Euros for fees of trainings; no limit if left out."),
    ] = None,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show a package that covers a client's assessed barriers, item by item with its reasons."""
    with open_service(load_settings(), utc_now) as service:
        person = find_profile(service.store, profile)
        shown = lang or person.language
        packer = Packer(service.store, service.records, service.matcher)
        now, moment = utc_now(), service.recorder.moment()
        chosen = package_for(packer, person, budget_eur=budget, on=finnish_day(now))
        document = chosen.document(shown)
        items, terms = (
            package_items(chosen.packed, service.store),
            package_terms(chosen.packing, now),
        )
        decision = service.recorder.of_items(person, items, terms, moment, now)
        list_id = recorded(service, "package", decision)
    if as_json:
        print_json({"list": list_id, **document.model_dump(mode="json")})
    else:
        _show(document)
        show_id(wide_console(), list_id, shown)


def _show(document: PackageDocument) -> None:
    for barrier in document.barriers:
        text = f" ”{barrier.text}”" if barrier.text else ""
        typer.echo(f"{barrier.name}{text}: {barrier.covered:.0%}")
    for step in document.steps:
        typer.echo(f"\n{step.stage_name}: {step.title} ({step.offer_id})")
        for line in step.because:
            typer.echo(f"  {line}")
        for line in step.ask:
            typer.echo(f"  ? {line}")
    if document.open:
        typer.echo("")
    for line in document.open:
        typer.echo(line)
