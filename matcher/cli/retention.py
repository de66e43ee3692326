"""``matcher retention``: how long data stay, legal holds, and proofs of erasures."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from matcher.config import load_settings
from matcher.domain.calendar import utc_now
from matcher.domain.rights import proof_of
from matcher.errors import InputError
from matcher.rights.retention import Kept, periods
from matcher.store.store import Store

_OPERATOR: Final = "operator"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="How long each kind of data stays, what a legal hold keeps, and who was erased.",
)


@app.command("list")
def list_() -> None:
    """List the periods with what they rest on, and the legal holds that last."""
    settings = load_settings()
    with Store.open(settings.url) as store:
        holds = store.holds.lasting()
    for kind, period in periods(settings).items():
        days = "with the person" if period.days is None else f"{period.days} days"
        typer.echo(f"{kind.value:<19} {days:<16} {period.source}")
    for hold in holds:
        what = hold.kind or hold.profile_id
        typer.echo(f"{hold.id}: {what} is held since {hold.at:%Y-%m-%d}: {hold.reason}")


@app.command()
def hold(
    reason: Annotated[str, typer.Option(help="Why, as in the number of a case before a court.")],
    person: Annotated[str, typer.Option(help="Id of a stored profile.")] = "",
    kind: Annotated[Kept | None, typer.Option(help="A kind of data, as `list` shows it.")] = None,
) -> None:
    """Keep a person's data, or all data of a kind, until the hold is released."""
    if bool(person) == (kind is not None):
        raise InputError("Say what to hold.", remedy="Give --person or --kind, not both.")
    with Store.open(load_settings().url) as store:
        made = (
            store.holds.set_on_person(person, reason, _OPERATOR, utc_now())
            if kind is None
            else store.holds.set_on_kind(kind.value, reason, _OPERATOR, utc_now())
        )
    typer.echo(f"{made.id}: nothing of it is erased until `matcher retention release {made.id}`.")


@app.command()
def release(id: Annotated[str, typer.Argument(help="Of the hold, as `list` shows it.")]) -> None:
    """End a legal hold: what is past its retention goes with the next night."""
    with Store.open(load_settings().url) as store:
        store.holds.lift(id, utc_now())
    typer.echo(f"Released {id}.")


@app.command()
def proofs(
    person: Annotated[str, typer.Option(help="Id that was erased; needs --receipt.")] = "",
    receipt: Annotated[str, typer.Option(help="What the person was given.")] = "",
) -> None:
    """List the proofs of erasures, or find the one of a person who has the receipt."""
    if bool(person) != bool(receipt):
        raise InputError("Finding a proof needs both --person and --receipt.")
    with Store.open(load_settings().url) as store:
        found = [store.erasures.find(proof_of(receipt, person))] if person else store.erasures.all()
    for proof in found:
        cleared = (
            f"archives cleared {proof.archived_at:%Y-%m-%d %H:%M}"
            if proof.archived_at
            else ("archives wait for the next night")
        )
        rows = sum(proof.counts.values())
        typer.echo(
            f"{proof.id}: {proof.at:%Y-%m-%d %H:%M} UTC, {proof.ground}, {rows:,} rows, {cleared}"
        )
    if not found:
        typer.echo("Nobody was erased.")
