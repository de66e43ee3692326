"""``matcher person``: a copy of somebody's data, a correction, an erasure."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer

from matcher.config import load_settings
from matcher.domain.access import API_SOURCE
from matcher.domain.calendar import utc_now
from matcher.domain.rights import Ground
from matcher.domain.text import Lang
from matcher.errors import InputError
from matcher.ingest.ids import OWN
from matcher.rights.copies import copies_folder, write_copy
from matcher.rights.erase import Erased, erase_person
from matcher.rights.held import personal_data
from matcher.rights.page import copy_page
from matcher.rights.rectify import corrected
from matcher.store.store import Store

#: Who does what is done on the command line.
_OPERATOR: Final = "operator"
_RECEIPT_BYTES: Final = 16

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="What a person may ask for: a copy of the own data, a correction, to be erased.",
)
PersonId = Annotated[str, typer.Argument(help="Id of a stored profile.")]


@app.command()
def export(
    person: PersonId,
    *,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write to; left out, MATCHER_HOME/exports for some days."),
    ] = None,
    lang: Annotated[
        Lang | None, typer.Option("--lang", help="Language of the page; left out, the person's.")
    ] = None,
) -> None:
    """Write everything that is held of a person: JSON for a machine, a page for the person."""
    settings, now = load_settings(), utc_now()
    with Store.open(settings.url) as store:
        data = personal_data(store, settings, person, now)
    document = orjson.dumps(data.document(), option=orjson.OPT_INDENT_2).decode()
    texts = {"json": f"{document}\n", "html": copy_page(data, lang or data.profile.language)}
    for path in write_copy(out or copies_folder(settings), person, texts, now):
        typer.echo(str(path))


@app.command()
def rectify(
    person: PersonId,
    field: Annotated[str, typer.Argument(help="What is wrong, as in municipality.")],
    value: Annotated[str, typer.Argument(help="How it should be: JSON, or plain words.")],
    reason: Annotated[str, typer.Option(help="Why, as in: told by the client on 2.11.")],
) -> None:
    """Correct a field of a profile; the version before and the reason are kept for a while."""
    if not reason.strip():
        raise InputError("A correction needs a reason.", remedy="Say it with --reason.")
    with Store.open(load_settings().url) as store:
        profile = corrected(store.profiles.get(person), {field: _value(value)})
        store.corrections.correct(profile, (field,), reason=reason, by=_OPERATOR, now=utc_now())
    typer.echo(f"Corrected {field}. Lists made before are marked; searches use it from now on.")


@app.command()
def erase(
    person: PersonId,
    *,
    ground: Annotated[Ground, typer.Option(help="Why, by GDPR article 17(1).")] = Ground.NOT_NEEDED,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether you are sure.")] = False,
) -> None:
    """Erase a person: at once for every reader, and by the next night in the archives."""
    settings = load_settings()
    if not yes:
        typer.confirm(f"Erase {person} with everything that is held of them?", abort=True)
    with Store.open(settings.url) as store:
        done = erase_person(
            store,
            copies_folder(settings),
            person,
            by=_OPERATOR,
            ground=ground,
            receipt=secrets.token_urlsafe(_RECEIPT_BYTES),
            now=utc_now(),
        )
    typer.echo("\n".join(_lines(done)))


def _lines(done: Erased) -> list[str]:
    counts = ", ".join(f"{name} {count}" for name, count in done.proof.counts.items())
    lines = [
        f"Erased, rows by table: {counts}.",
        f"Proof: {done.proof.id}. Receipt for the person, shown only now: {done.receipt}",
        "Indexes that are no longer in use are cleared by the next `matcher nightly`.",
    ]
    if done.source not in {OWN, API_SOURCE}:
        lines.append(
            f"The source {done.source!r} may bring the profile back: have it erased there too."
        )
    if done.shown_to:
        lines.append(f"To be told (GDPR article 19), by need: {', '.join(done.shown_to)}.")
    return lines


def _value(text: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text
