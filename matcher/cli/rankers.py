"""``matcher rankers``: what has ranked and ranks now, and going back."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.config import load_settings
from matcher.domain.calendar import utc_now
from matcher.domain.ranker import Decision, RankerEntry
from matcher.encode.encoder import load_encoder
from matcher.match.learning.in_use import RankerInUse
from matcher.match.ranker import PRIOR, chosen
from matcher.store.store import Store

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="List what ranks, or go back to it."
)


@app.command("list")
def list_() -> None:
    """List the decisions about the weights that rank, oldest first, and what ranks now."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder).revision
    with Store.open(settings.url) as store:
        for entry in store.rankers.all():
            typer.echo(_line(entry))
        in_use = RankerInUse(store, encoder).now()
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in in_use.by_name().items())
    typer.echo(f"{in_use.revision} ranks with encoder {encoder}: {weights}.")


@app.command()
def use(
    revision: Annotated[
        str, typer.Argument(help=f"As `list` shows it; {PRIOR.revision} is there always.")
    ],
    *,
    by: Annotated[str, typer.Option("--by", help="Who decides, for the log.")] = "command line",
) -> None:
    """Rank by other weights from now on, in running processes too; that is written down."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder).revision
    with Store.open(settings.url) as store:
        before = RankerInUse(store, encoder).now()
        ranker = (
            PRIOR if revision == PRIOR.revision else chosen(store.rankers.get(revision), encoder)
        )
        store.rankers.add(
            RankerEntry(
                ranker.revision, encoder, ranker.by_name(), Decision.CHOSEN, {}, utc_now(), by
            )
        )
    typer.echo(f"{ranker.revision} ranks from now on.")
    if before.revision != ranker.revision:
        typer.echo(f"Go back with: matcher rankers use {before.revision}")


def _line(entry: RankerEntry) -> str:
    revision, figures = entry.revision or "-", entry.figures
    told = f"{entry.at:%Y-%m-%d %H:%M} {revision:<16} {entry.encoder:<12} {entry.decision}"
    if entry.revision is None:
        told += f" ({figures['judgements']} judgements)"
    elif figures:
        told += f" ({figures['ndcg@10_incumbent']:.3f} → {figures['ndcg@10_fitted']:.3f})"
    return f"{told} by {entry.by}"
