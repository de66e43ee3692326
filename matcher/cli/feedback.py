"""``matcher feedback``: what was said of offers, and the wishes that follow from it."""

from __future__ import annotations

import json
from typing import Annotated, Final
from uuid import uuid4

import typer

from matcher.cli.match import find_profile, print_json
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.match.wishes.noted import Given, noted
from matcher.match.wishes.words import REASONS, wish_words
from matcher.store import codec
from matcher.store.store import Store

#: Who wrote down what came through the command line and no key.
BY: Final = "command line"

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Note and list what was said of offers."
)

Profile = Annotated[str, typer.Argument(help="Id of a stored profile.")]
Language = Annotated[Lang, typer.Option("--lang", help="Language of the output.")]


@app.command()
def add(
    profile: Profile,
    offer: Annotated[str, typer.Argument(help="Id of the offer.")],
    *,
    kind: Annotated[OfferKind, typer.Option(help="Kind of the offer.")] = OfferKind.VACANCY,
    action: Annotated[Action, typer.Option(help="What happened.")],
    reason: Annotated[Reason | None, typer.Option(help="Why, with not_suitable and wish.")] = None,
    text: Annotated[str, typer.Option(help="In own words.")] = "",
    position: Annotated[
        int | None, typer.Option(min=1, help="Rank at which the offer was shown.")
    ] = None,
    shown: Annotated[str, typer.Option(help="Snapshot of the list that showed it.")] = "",
) -> None:
    """Note what happened with an offer; a reason limits the client's lists at once."""
    given = Given(action=action, reason=reason, text=text, position=position, shown=shown)
    with Store.open(load_settings().url) as store:
        event = noted(
            find_profile(store, profile),
            store.offers(kind).get(offer),
            given,
            id=f"fb-{uuid4().hex}",
            now=utc_now(),
            by=BY,
        )
        store.feedback.add(event)
    typer.echo(f"Noted as {event.id}.")


@app.command("list")
def list_feedback(
    profile: Profile,
    *,
    lang: Language = Lang.FI,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List all that was said of offers for a client, oldest first."""
    with Store.open(load_settings().url) as store:
        find_profile(store, profile)
        events = store.feedback.of_profile(profile)
    if as_json:
        print_json([json.loads(codec.dump(event)) for event in events])
        return
    for event in events:
        typer.echo(_line(event, lang))
    if not events:
        typer.echo(f"Nothing was said of offers for {profile} yet.")


@app.command()
def wishes(profile: Profile, *, lang: Language = Lang.FI) -> None:
    """List what the client does not want to be offered."""
    with Store.open(load_settings().url) as store:
        find_profile(store, profile)
        held = store.feedback.wishes([profile]).get(profile, ())
    for wish in held:
        typer.echo(f"{wish.id}: {wish_words(wish.limit, wish.value, wish.since, lang)}")
    if not held:
        typer.echo(f"No wish of {profile} holds.")


@app.command()
def withdraw(
    profile: Profile,
    wish: Annotated[str, typer.Argument(help="As `matcher feedback wishes` shows it.")],
) -> None:
    """Withdraw a wish; the lists heed it no longer from this moment on."""
    with Store.open(load_settings().url) as store:
        store.feedback.withdraw(profile, wish, f"fb-{uuid4().hex}", utc_now(), BY)
    typer.echo(f"Withdrew {wish}.")


def _line(event: Feedback, lang: Lang) -> str:
    what = f"{finnish_day(event.at)} {event.kind} {event.offer_id}: {event.action}"
    reason = f", {Words.of(lang)(REASONS[event.reason])}" if event.reason else ""
    text = f" ({event.text})" if event.text else ""
    return f"{what}{reason}{text}"
