"""``matcher fetch``: bring in what another service's interface offers."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import Annotated

import httpx2
import typer

from matcher.cli.imports import PARTLY
from matcher.config import Settings, load_settings
from matcher.domain.calendar import utc_now
from matcher.errors import InputError
from matcher.feed.endpoint import TIMEOUT, Caller, Endpoint
from matcher.feed.tyomarkkinatori import Fetch, FetchReport
from matcher.ingest.importer import Missing
from matcher.store.store import Store

app = typer.Typer(add_completion=False, help="Fetch vacancies.")


class Feed(StrEnum):
    """The interfaces that can be fetched from."""

    TYOMARKKINATORI = "tyomarkkinatori"


@app.command()
def fetch(
    feed: Annotated[Feed, typer.Argument(help="Which interface.")],
    *,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="All that is published, not only what changed.")
    ] = False,
    accept_loss: Annotated[
        bool,
        typer.Option(
            "--accept-loss",
            help="With --snapshot: even if more than half of the vacancies would close.",
        ),
    ] = False,
) -> None:
    """Fetch vacancies: all of them the first time, then what was changed or taken down.

    Run it before the night; a fetch that breaks off is made good by the next one. Exits with
    3 if some rows could not be used.
    """
    if accept_loss and not snapshot:
        raise InputError("--accept-loss says nothing without --snapshot.", remedy="Add --snapshot.")
    settings = load_settings()
    with Store.open(settings.url) as store, httpx2.Client(timeout=TIMEOUT) as client:
        caller = Caller(client, _endpoint(settings), utc_now, time.sleep)
        folder = settings.home / "feeds"
        fetching = Fetch(store, caller, regions=settings.tmt_regions, folder=folder)
        if snapshot:
            missing = Missing.CLOSE_ANY if accept_loss else Missing.CLOSE
            report = fetching.snapshot(utc_now(), missing)
        else:
            report = fetching.changes(utc_now())
    _show(feed, report)
    if any(one.quarantined for one in report.passes.values()):
        raise typer.Exit(PARTLY)


def _endpoint(settings: Settings) -> Endpoint:
    key = settings.tmt_key.get_secret_value()
    if not key:
        raise InputError(
            "MATCHER_TMT_KEY is not set.",
            remedy="Ask KEHA-keskus to open the vacancy interface for your organisation, and set "
            "the subscription key that it gives.",
        )
    return Endpoint(settings.tmt_url, settings.tmt_header, key)


def _show(feed: Feed, report: FetchReport) -> None:
    since = f"since {report.since:%Y-%m-%d %H:%M} UTC" if report.since else "everything published"
    typer.echo(f"{feed}: {since}, {report.open:,} vacancies open.")
    for name, one in report.passes.items():
        typer.echo(
            f"  {name}: {one.read:,} read, {one.new:,} new, {one.changed:,} changed, "
            f"{one.closed:,} closed, {one.quarantined:,} quarantined"
        )
    if not report.passes:
        typer.echo("  nothing has changed.")
    if any(one.quarantined for one in report.passes.values()):
        typer.echo("`matcher quarantine list --kind ads` says what could not be used, and why.")
