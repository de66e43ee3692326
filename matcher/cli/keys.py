"""``matcher key``: create, revoke and list API keys, and end sessions and tokens."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

import typer

from matcher.cli.places import municipality_codes
from matcher.config import load_settings
from matcher.domain.access import Grant, Role
from matcher.domain.calendar import utc_now
from matcher.store.keys import Key
from matcher.store.store import Store

SECRET_BYTES: Final = 32

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="API keys, and who is out at once.",
)


@app.command()
def create(
    role: Annotated[Role, typer.Option(help="What the bearer may do.")],
    municipality: Annotated[
        str,
        typer.Option(help="Codes or names, separated by commas; needed by roles that see people."),
    ] = "",
    name: Annotated[
        str,
        typer.Option(
            help="Name in the register of coaches; a coach with one sees the own clients only."
        ),
    ] = "",
    organisation: Annotated[
        str, typer.Option(help="Who employs the bearer; needed by partner.")
    ] = "",
    label: Annotated[str, typer.Option(help="Whose key it is, in words.")] = "",
) -> None:
    """Create a key; its secret is printed once and kept nowhere."""
    grant = Grant(
        role=role,
        municipalities=tuple(municipality_codes(municipality)),
        name=name,
        organisation=organisation,
    )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with Store.open(load_settings().url) as store:
        key = store.keys.create(grant, label, utc_now(), secret)
    # The secret alone goes to stdout, so that a script can take it.
    typer.echo(f"Created {_line(key)}. Its secret is shown only now:", err=True)
    typer.echo(secret)


@app.command()
def revoke(
    id: Annotated[
        str,
        typer.Argument(
            help="Of a key or a session, as listed; or token:PROVIDER:JTI, or PROVIDER:SUBJECT."
        ),
    ],
) -> None:
    """Revoke a key, a session, a token or all access of a user, from this moment on."""
    with Store.open(load_settings().url) as store:
        if ":" in id:
            store.revocations.add(id, utc_now())
        elif id.startswith("session-"):
            store.sessions.revoke(id, utc_now())
        else:
            store.keys.revoke(id, utc_now())
    typer.echo(f"Revoked {id}.")


@app.command()
def allow(
    id: Annotated[str, typer.Argument(help="token:PROVIDER:JTI or PROVIDER:SUBJECT.")],
) -> None:
    """Let a token or a user of an identity provider in again."""
    with Store.open(load_settings().url) as store:
        store.revocations.lift(id)
    typer.echo(f"Allowed {id}.")


@app.command()
def sessions() -> None:
    """List the sessions that have not expired, oldest first; never their secrets."""
    now = utc_now()
    with Store.open(load_settings().url) as store:
        found = store.sessions.list(now)
    for one in found:
        state = "revoked" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d %H:%M} UTC"
        typer.echo(f"{one.id}: {one.grant.role} {one.caller}, {state}")
    if not found:
        typer.echo("There are no sessions.")


@app.command("list")
def list_keys() -> None:
    """List all keys, oldest first; never their secrets."""
    with Store.open(load_settings().url) as store:
        keys = store.keys.list()
    for key in keys:
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "valid"
        typer.echo(f"{_line(key)}, created {key.created_at:%Y-%m-%d}, {state}")
    if not keys:
        typer.echo("There are no keys. Create one with `matcher key create --role admin`.")


def _line(key: Key) -> str:
    grant = key.grant
    where = f" of {','.join(grant.municipalities)}" if grant.municipalities else ""
    who = ", ".join(part for part in (grant.name, grant.organisation, key.label) if part)
    return f"{key.id}: {grant.role}{where}" + (f" ({who})" if who else "")
