"""``matcher upskill``: trainings for one client, on a terminal and as JSON."""

from __future__ import annotations

from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.cli.console import wide_console
from matcher.cli.match import (
    AsJson,
    Language,
    Length,
    find_profile,
    print_json,
    recorded,
    show_id,
)
from matcher.config import load_settings
from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.codes import municipalities
from matcher.domain.offer import Offer, Training
from matcher.domain.text import Lang
from matcher.domain.upskill import Opened, TrainUp, TrainUps
from matcher.i18n.message import msg
from matcher.i18n.words import Words
from matcher.match.decisions.items import train_up_items
from matcher.match.decisions.record import train_up_terms
from matcher.match.reasons.questions import profile_questions
from matcher.match.service import open_service
from matcher.match.upskill import words as upskill_words
from matcher.match.upskill.records import UpskillRecords

app = typer.Typer(add_completion=False)

_SHOWN: Final = 3
_NOTHING: Final = msg("nothing found.")


@app.command()
def upskill(
    profile: Annotated[str, typer.Argument(help="Id of a stored profile.")],
    *,
    k: Length = 5,
    lang: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show the trainings that open jobs and company needs to a client, and which."""
    with open_service(load_settings(), utc_now) as service:
        person = find_profile(service.store, profile)
        shown = lang or person.language
        now, moment = utc_now(), service.recorder.moment()
        [found] = service.upskiller.advise([person], k=k, on=finnish_day(now))
        items, terms = train_up_items(found, service.store), train_up_terms(k, now)
        decision = service.recorder.of_items(person, items, terms, moment, now)
        list_id = recorded(service, "upskill", decision)
        records = UpskillRecords.of(found, service.store)
        questions = profile_questions(person, shown)
        if as_json:
            about = {"list": list_id, "profile": person.id, "snapshot": service.live.snapshot}
            print_json({**about, "questions": questions, **_document(found, records, shown)})
        else:
            console = wide_console()
            _show(console, found, records, shown)
            for question in questions:
                console.print(f"? {question}")
            show_id(console, list_id, shown)


def _show(console: Console, found: TrainUps, records: UpskillRecords, lang: Lang) -> None:
    words = Words.of(lang)
    for title, ups in (
        (words(msg("Trainings that open jobs")), found.single),
        (words(msg("Two trainings in a row")), found.sequences),
    ):
        table = Table(title=title, title_justify="left", title_style="bold", expand=True)
        table.add_column("", width=2, justify="right")
        table.add_column(words(msg("Training")), ratio=5)
        table.add_column(words(msg("Opens")), ratio=6)
        table.add_column(words(msg("Entry · Ask")), ratio=5)
        for up in records.complete(ups):
            table.add_row(
                str(up.rank),
                _trainings(up, records, lang),
                _opened(up, records, lang),
                _entry(up, records, lang),
                end_section=True,
            )
        if table.row_count:
            console.print(table)
        else:
            console.print(Text(f"{title}: {words(_NOTHING)}\n", style="dim"))


def _trainings(up: TrainUp, records: UpskillRecords, lang: Lang) -> Text:
    text = Text()
    for place, training in enumerate(records.trainings_of(up)):
        text.append("\n" if place else "")
        text.append(f"{place + 1}. " if len(up.steps) > 1 else "")
        text.append(training.title.best(lang), style="bold")
        lines = (training.organisation, _places(training, lang))
        told = (*lines, *upskill_words.terms(training, lang))
        text.append("".join(f"\n{line}" for line in told if line))
    return text


def _opened(up: TrainUp, records: UpskillRecords, lang: Lang) -> Text:
    best = records.offer(up.opened[0]).title.best(lang)
    text = Text(upskill_words.gain(up, best, lang), style="green")
    for opened in up.opened[:_SHOWN]:
        offer = records.offer(opened)
        place = ", ".join(filter(None, (offer.organisation, _places(offer, lang))))
        text.append(f"\n{offer.title.best(lang)}", style="bold").append(f" ({place})")
        text.append(f"\n{upskill_words.bands(opened, lang)}", style="dim")
        text.append("".join(f"\n  {line}" for line in upskill_words.why(opened, lang)[:_SHOWN]))
    return text


def _entry(up: TrainUp, records: UpskillRecords, lang: Lang) -> Text:
    lines: list[str] = []
    for training, step in zip(records.trainings_of(up), up.steps, strict=True):
        lines += upskill_words.entry(step, lang)
        lines += [f"? {question}" for question in upskill_words.to_ask(training, step, lang)]
    return Text("\n".join(lines))


def _document(found: TrainUps, records: UpskillRecords, lang: Lang) -> dict[str, Any]:
    return {
        "trainings": [_up_json(up, records, lang) for up in records.complete(found.single)],
        "sequences": [_up_json(up, records, lang) for up in records.complete(found.sequences)],
    }


def _up_json(up: TrainUp, records: UpskillRecords, lang: Lang) -> dict[str, Any]:
    best = records.offer(up.opened[0]).title.best(lang)
    return {
        "rank": up.rank,
        "opens": up.opens,
        "rise": round(up.rise, 4),
        "gain": upskill_words.gain(up, best, lang),
        "steps": [
            {
                **_training_json(training, lang),
                "entry": [
                    {
                        "requirement": one.requirement,
                        "importance": one.importance.value,
                        "outcome": one.outcome.value,
                        "evidence": one.evidence,
                    }
                    for one in step.entry
                ],
                "gates": [
                    {
                        "gate": gate.gate.value,
                        "outcome": gate.outcome.value,
                        "required": gate.required,
                    }
                    for gate in step.gates
                ],
                "questions": upskill_words.to_ask(training, step, lang),
            }
            for training, step in zip(records.trainings_of(up), up.steps, strict=True)
        ],
        "opened": [_opened_json(opened, records.offer(opened), lang) for opened in up.opened],
    }


def _training_json(training: Training, lang: Lang) -> dict[str, Any]:
    start = training.availability.start
    return {
        "id": training.id,
        "title": training.title.best(lang),
        "organisation": training.organisation,
        "municipalities": list(training.place.municipalities),
        "places": training.places,
        "duration_months": training.duration_months,
        "start": start.isoformat() if start else None,
        "cost_eur": training.cost_eur,
    }


def _opened_json(opened: Opened, offer: Offer, lang: Lang) -> dict[str, Any]:
    return {
        "kind": opened.kind.value,
        "id": opened.offer_id,
        "title": offer.title.best(lang),
        "organisation": offer.organisation,
        "municipalities": list(offer.place.municipalities),
        "before": opened.before.value if opened.before else None,
        "after": opened.after.value,
        "score_before": round(opened.score_before, 4),
        "score_after": round(opened.score_after, 4),
        "distance_km": None if opened.distance_km is None else round(opened.distance_km),
        "answers": [
            {"requirement": pair.requirement, "outcome": pair.competence} for pair in opened.answers
        ],
        "unlocked": [gate.required for gate in opened.unlocked],
    }


def _places(offer: Offer, lang: Lang) -> str:
    known = municipalities()
    codes = [code for code in offer.place.municipalities if code in known]
    return ", ".join(known[code].name.best(lang) for code in codes)
