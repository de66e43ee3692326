"""``matcher situation`` and ``matcher pathway``: what rules of law ask, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from matcher.casework.next_duty import settle_duties
from matcher.cli.match import find_profile, print_json
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.casework.meetings import Meeting
from matcher.domain.text import Lang
from matcher.i18n.message import msg
from matcher.i18n.words import Words
from matcher.ingest.situations import read_situations, situation_record
from matcher.pathways.documents import (
    DutyDocument,
    InstrumentRuling,
    MissingFact,
    PathwayDocument,
    PhaseDocument,
    pathway_document,
)
from matcher.pathways.duties import held_meetings
from matcher.pathways.pathway import pathway_of, standing_in
from matcher.pathways.truth import Truth
from matcher.pathways.words import DUTY_STATES, PHASES, TRUTHS
from matcher.store.store import Store

app = typer.Typer()
situation = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="What rules of law ask about a client: registration, benefit, integration period.",
)
app.add_typer(situation, name="situation")

_TARGET: Final = msg("In the target group")
_UNIT: Final = msg("Unit that serves")
_PHASE: Final = msg("Phase")
_OPEN_PHASE: Final = msg("{phases} – a fact is missing")
_NO_PHASE: Final = msg("no jobseeker")

Profile = Annotated[str, typer.Argument(help="Id of a stored profile.")]


@situation.command("set")
def set_(path: Annotated[Path, typer.Argument(help="JSONL: one client a line.")]) -> None:
    """Set the situations of a file: all of them, or none if one cannot be used."""
    found = read_situations(path)
    with Store.open(load_settings().url) as store:
        store.situations.put_many(found, utc_now())
        settle_duties(store, finnish_day(utc_now()), limit=len(found))
    typer.echo(f"Set the situations of {len(found)} clients.")


@situation.command()
def show(profile: Profile) -> None:
    """Show what is known of a client as JSON; what is left out is unknown."""
    with Store.open(load_settings().url) as store:
        find_profile(store, profile)
        known = store.situations.get(profile)
    document = situation_record(known).model_dump(mode="json", exclude_none=True)
    print_json({"profile": profile, **document})


@app.command()
def pathway(
    profile: Profile,
    *,
    area: Annotated[str, typer.Option(help="Name of an area; left out, that of the home.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day looked at; left out, today."),
    ] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="Language of the output.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show a client's target group, unit, phase, duties and instruments, with what is missing."""
    day = on.date() if on else finnish_day(utc_now())
    with Store.open(load_settings().url) as store:
        person = find_profile(store, profile)
        standing = standing_in(area, person, store.situations.get(profile), day)
        meetings = [each.item for each in store.cases.of_person(profile, Meeting)]
    shown = lang or person.language
    document = pathway_document(pathway_of(standing, held_meetings(meetings)), shown)
    if as_json:
        print_json(document.model_dump(mode="json"))
    else:
        typer.echo("\n".join(_lines(document, Words.of(shown))))


def _lines(document: PathwayDocument, words: Words) -> list[str]:
    target, phase = document.target, document.phase
    return [
        f"{document.area_name} ({document.area}), {words.day(document.on)}",
        f"{words(_TARGET)}: {words(TRUTHS[target.truth])}"
        + (f" ({words.listed(target.because)})" if target.because else "")
        + f" – {target.rule.version}, {target.rule.source}",
        *_asked(target.missing),
        f"{words(_UNIT)}: {words.listed(document.unit.units, 'or')}",
        *_asked(document.unit.missing),
        f"{words(_PHASE)}: {_phase(phase, words)}",
        *_asked(phase.missing),
        *(line for duty in document.duties for line in _duty(duty, words)),
        *instrument_lines(document.instruments, words),
    ]


def _phase(phase: PhaseDocument, words: Words) -> str:
    """Return the phase, the phases that it may be, or that there is none."""
    if phase.name:
        return phase.name
    kinds = [phase.reached, *phase.possible] if phase.reached else phase.possible
    if not kinds:
        return words(_NO_PHASE)
    return words(_OPEN_PHASE, phases=words.listed([words(PHASES[kind]) for kind in kinds], "or"))


def _duty(duty: DutyDocument, words: Words) -> Iterator[str]:
    due = f" {words.day(duty.due)}" if duty.due else ""
    yield f"{duty.name}: {words(DUTY_STATES[duty.state])}{due} – {duty.responsible_name}"
    yield from _asked(duty.missing)


def instrument_lines(rulings: Sequence[InstrumentRuling], words: Words) -> Iterator[str]:
    """Yield one line an instrument that is not ruled out, and the questions that are open."""
    for each in rulings:
        if each.truth is not Truth.NO:
            yield f"{each.name}: {words(TRUTHS[each.truth])} – {each.decides_name}"
            yield from _asked(each.missing)


def _asked(missing: Sequence[MissingFact]) -> list[str]:
    return [f"  ? {each.question}" for each in missing]
