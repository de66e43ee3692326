"""``matcher consent``: ask people whether they may be shown to a company, and record answers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Annotated, Final
from uuid import uuid4

import typer

from matcher.cli.match import find_profile
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.consent import (
    Consent,
    Move,
    Standing,
    ask,
    conditions,
    is_visible,
    pseudonym,
)
from matcher.domain.match import GateOutcome
from matcher.domain.offer import OfferKind
from matcher.store.store import Store

#: Who wrote down what came through the command line and no key.
BY: Final = "command line"


class Checked(StrEnum):
    """What somebody found out about a protection order."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_PROTECTED: Final = {Checked.YES: True, Checked.NO: False, Checked.UNKNOWN: None}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Ask people whether they may be shown to a company, and record answers.",
)

Profile = Annotated[str, typer.Argument(help="Id of a stored profile.")]


@app.command("ask")
def ask_person(
    profile: Profile,
    need: Annotated[str, typer.Argument(help="Id of a stored company need.")],
    *,
    deadline: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day for an answer.")
    ],
    until: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day on which consent holds.")
    ],
) -> None:
    """Ask a person whether they may be shown to a company for one need."""
    with Store.open(load_settings().url) as store:
        find_profile(store, profile)
        store.offers(OfferKind.NEED).get(need)
        consent = ask(
            (profile, need),
            (deadline.date(), until.date()),
            id=f"c-{uuid4().hex}",
            pseudonym=pseudonym(token_hex(4)),
            now=utc_now(),
            by=BY,
        )
        store.consents.ask(consent)
    typer.echo(f"Asked as {consent.id}; answers count until {deadline:%Y-%m-%d}.")


@app.command()
def answer(
    profile: Profile,
    consent: Annotated[str, typer.Argument(help="As `matcher consent list` shows it.")],
    move: Annotated[Move, typer.Argument(help="What the person said, or what became of it.")],
) -> None:
    """Record an answer, a withdrawal or an introduction; it acts from this moment on."""
    with Store.open(load_settings().url) as store:
        moved = store.consents.move(profile, consent, move, utc_now(), BY)
    typer.echo(f"{moved.id} is {moved.state(finnish_day(utc_now()))}.")


@app.command("list")
def list_consents(profile: Profile) -> None:
    """List the requests for a person, and what each still lacks to show them."""
    on = finnish_day(utc_now())
    with Store.open(load_settings().url) as store:
        person = find_profile(store, profile)
        standing = store.consents.standings([profile]).get(profile)
        consents = store.consents.of_profile(profile)
    for consent in consents:
        found = conditions(person, standing, [consent], on)
        lacking = [f"{name} {how}" for name, how in found.items() if how is not GateOutcome.MET]
        seen = "visible" if is_visible(found) else f"not visible: {', '.join(lacking)}"
        typer.echo(f"{_line(consent, on)}, {seen}")
    if not consents:
        typer.echo(f"Nobody has asked {profile} for consent yet.")


@app.command()
def standing(
    profile: Profile,
    *,
    follow_up_from: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day of the follow-up period."),
    ] = None,
    follow_up_to: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day, if there is one.")
    ] = None,
    protection_order: Annotated[
        Checked, typer.Option(help="Whether there is one (turvakielto).")
    ] = Checked.UNKNOWN,
) -> None:
    """Write down what has to be known of a person before anybody is shown them."""
    known = Standing(
        profile_id=profile,
        follow_up_from=_day(follow_up_from),
        follow_up_to=_day(follow_up_to),
        protected=_PROTECTED[protection_order],
        at=utc_now(),
        by=BY,
    )
    with Store.open(load_settings().url) as store:
        store.consents.stand(known)
    typer.echo(f"Noted for {profile}.")


def _line(consent: Consent, on: date) -> str:
    return (
        f"{consent.id}: {consent.need_id}, {consent.state(on)}, "
        f"answers until {consent.deadline}, holds until {consent.until}"
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
