"""``matcher replay`` and ``matcher explain``: make a list again, tell how it came about."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Final

import typer

from matcher.cli.match import AsJson, print_json
from matcher.cli.noting import Use, note
from matcher.config import load_settings
from matcher.domain.audit import Deed, Ending, Purpose
from matcher.domain.decision import Decision
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.decisions.document import DecisionDocument
from matcher.match.decisions.past import past_of
from matcher.match.decisions.replay import Difference, Replay, Replayer
from matcher.match.decisions.tell import tell_person
from matcher.store.store import Store

#: Exit status when a list does not come out the same.
DIFFERENT: Final = 3


class Audience(StrEnum):
    """Whom an explanation is for."""

    PERSON = "person"
    STAFF = "staff"


app = typer.Typer(add_completion=False)

ListId = Annotated[str, typer.Argument(metavar="LIST", help="Id of a list that was shown.")]


@app.command()
def replay(list_id: ListId, *, as_json: AsJson = False) -> None:
    """Make a list again from what it was made from; tell whether it comes out the same."""
    settings = load_settings()
    with Store.open(settings.url) as store:
        of_list = store.decisions.of_list(list_id)
        use = Use("replay", Deed.PROCESS, Purpose.SUPERVISION)
        note(store, use, Ending.DONE, [one.profile_id for one in of_list], about=list_id)
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        found = Replayer(store, records, settings.snapshots).replay(of_list[0])
    if as_json:
        print_json({**asdict(found), "is_equal": found.is_equal})
    else:
        _tell(found)
    if not found.is_equal:
        raise typer.Exit(DIFFERENT)


@app.command()
def explain(
    list_id: ListId,
    *,
    audience: Annotated[
        Audience, typer.Option("--for", help="Whom to tell: the person, or who checks it.")
    ] = Audience.PERSON,
    tongue: Annotated[
        Tongue | None, typer.Option("--lang", help="Language; left out, that of the profile.")
    ] = None,
) -> None:
    """Tell how a list came about: in plain words, or for who checks it as data.

    Of a list of candidates one place is told of, as in ``l-0f1e.3``: to that person.
    """
    with Store.open(load_settings().url) as store:
        decision = _told_of(store, list_id)
        past = past_of(decision, store)
        use = Use("explain", Deed.READ, Purpose.RIGHTS)
        note(store, use, Ending.DONE, [decision.profile_id], about=list_id)
    if audience is Audience.STAFF:
        print_json(DecisionDocument.of(decision, past).model_dump(mode="json"))
        return
    words = client_words(tongue or Tongue(past.profile.language.value))
    for part in tell_person(decision, past, words):
        typer.echo("\n".join([part.title, *(f"  {line}" for line in part.lines), ""]))


def _told_of(store: Store, list_id: str) -> Decision:
    """Return the record of a list, or of one place in a list of candidates.

    Raises
    ------
    InputError
        If it is a list of candidates, and no place is named.
    """
    of_list = store.decisions.of_list(list_id)
    chosen = [one for one in of_list if one.id == list_id]
    if not chosen:
        places = ", ".join(one.id for one in of_list)
        raise InputError(
            f"{list_id} is a list of several people.", remedy=f"Name a place in it: {places}."
        )
    return chosen[0]


def _tell(found: Replay) -> None:
    typer.echo(f"{found.list_id}: {'equal' if found.is_equal else 'different'}")
    for difference in found.differences:
        typer.echo(f"  {_line(difference)}")
    if found.passed_over:
        typer.echo(f"  {found.passed_over} people between them were not shown to whoever asked.")
    if found.other:
        typer.echo(f"  Of another revision now: {', '.join(found.other)}.")


def _line(one: Difference) -> str:
    where = f"{one.kind}, place {one.place}: " if one.kind else ""
    return f"{where}{one.aspect} was {one.recorded or 'nothing'}, is {one.found or 'nothing'}"
