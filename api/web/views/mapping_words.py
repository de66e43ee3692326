"""What the fields of a mapping are called, and what one chooses from in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.web.forms import Form
from api.web.views.mapping import Section, row_count
from matcher.domain.codes import municipalities
from matcher.domain.parts import Evidence, Level, WorkExtent, WorkingTime
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg, msg_in
from matcher.i18n.words import Words

TITLES: Final[Mapping[Section, Message]] = {
    Section.COMPETENCES: msg("What the client can do"),
    Section.WORK: msg("Work done and wanted"),
    Section.SKILLS: msg("Languages, licences and cards"),
    Section.LIMITS: msg("Where, when and how much"),
    Section.WORDS: msg("In the client's own words"),
    Section.PART: msg("Taking part"),
}
LABELS: Final[Mapping[str, Message]] = {
    "occupations_wanted": msg("Occupations wanted"),
    "occupations_done": msg("Occupations done"),
    "education": msg("Degrees and studies"),
    "languages": msg_in("field", "Languages"),
    "licences": msg_in("field", "Driving licences"),
    "cards": msg_in("field", "Cards and permits"),
    "municipality": msg("Home municipality"),
    "max_km": msg("How far to work at most, kilometres"),
    "own_car": msg("A car for the way to work"),
    "relocation": msg("Would move for work"),
    "remote": msg("Wants to work from home"),
    "times": msg("Working times that suit"),
    "extents": msg("How much work"),
    "per_week": msg("Hours a week at most"),
    "start": msg("Can start on"),
    "restrictions": msg("What has to be taken into account at work"),
    "text": msg("The client's own words or a summary"),
    "language": msg("Language of the texts"),
    "active": msg("Lists are made for the client every night"),
    "birth_date": msg("Date of birth"),
}
HINTS: Final[Mapping[str, Message]] = {
    "occupations_wanted": msg("One on each line."),
    "occupations_done": msg("One on each line."),
    "languages": msg("One on each line with the level, as in suomi: B2. A dash if none is known."),
    "licences": msg("Classes with a semicolon between, as in B; CE. A dash if there is none."),
    "cards": msg("One on each line, as in hygieniapassi. A dash if there is none."),
    "restrictions": msg("One on each line, in plain words and without diagnoses."),
    "birth_date": msg(
        "As in 1.2.1980. Read by age limits of law only, never by the order of lists."
    ),
    "start": msg("As in 1.2.2027. Leave it empty if it is not known."),
}
LEVELS: Final[Mapping[Level, Message]] = {
    Level.BASIC: msg_in("level", "basic"),
    Level.GOOD: msg_in("level", "good"),
    Level.STRONG: msg_in("level", "strong"),
}
EVIDENCE: Final[Mapping[Evidence, Message]] = {
    Evidence.WORK: msg_in("evidence", "work"),
    Evidence.EDUCATION: msg_in("evidence", "education"),
    Evidence.CERTIFICATE: msg_in("evidence", "certificate"),
    Evidence.HOBBY: msg_in("evidence", "hobby"),
    Evidence.MAPPING: msg_in("evidence", "what the client told"),
}
TIMES: Final[Mapping[WorkingTime, Message]] = {
    WorkingTime.DAY: msg_in("time", "by day"),
    WorkingTime.EVENING: msg_in("time", "in the evening"),
    WorkingTime.NIGHT: msg_in("time", "at night"),
    WorkingTime.SHIFT: msg_in("time", "in shifts"),
    WorkingTime.PERIOD: msg_in("time", "in periods"),
    WorkingTime.FLEXIBLE: msg_in("time", "flexible hours"),
    WorkingTime.WEEKDAY: msg_in("time", "on weekdays"),
    WorkingTime.WEEKEND: msg_in("time", "at weekends"),
}
EXTENTS: Final[Mapping[WorkExtent, Message]] = {
    WorkExtent.FULL_TIME: msg_in("extent", "full time"),
    WorkExtent.PART_TIME: msg_in("extent", "part time"),
}
_YES_NO: Final[Mapping[str, Message]] = {"yes": msg("Yes"), "no": msg("No")}
_LANGUAGES: Final = {"fi": "suomi", "sv": "svenska", "en": "English"}
_COMPETENCE: Final = msg("Competence")
#: What one chooses from in a field.
_CHOICES: Final[Mapping[str, Mapping[Any, Message]]] = {
    "own_car": _YES_NO,
    "relocation": _YES_NO,
    "remote": _YES_NO,
    "active": _YES_NO,
    "times": TIMES,
    "extents": EXTENTS,
}
#: By the names that templates have for them.
NAMES: Final[Mapping[str, object]] = {
    "titles": TITLES,
    "labels": LABELS,
    "hints": HINTS,
    "levels": LEVELS,
    "evidence": EVIDENCE,
    "times": TIMES,
    "extents": EXTENTS,
}


def in_words(form: Form, words: Words) -> list[tuple[str, str]]:
    """Return what a section says, each field that says anything with its label."""
    told = [
        (words(LABELS[name]), _said(name, values, words))
        for name, values in form.fields.items()
        if name in LABELS and any(values)
    ]
    rows = [_competence(form, f"competences.{number}", words) for number in range(row_count(form))]
    return [*told, *((words(_COMPETENCE), row) for row in rows if row)]


def _said(name: str, values: Sequence[str], words: Words) -> str:
    choices = _CHOICES.get(name, {})
    told = [
        words(choices[line]) if line in choices else _named(name, line, words)
        for value in values
        for line in value.splitlines()
        if line
    ]
    return ", ".join(told)


def _named(name: str, value: str, words: Words) -> str:
    if name == "municipality" and value in municipalities():
        return municipalities()[value].name.best(Lang(words.tongue))
    return _LANGUAGES.get(value, value) if name == "language" else value


def _competence(form: Form, row: str, words: Words) -> str:
    """Return a row of competences in a line; empty if it names none."""
    name, level = form.text(f"{row}.name"), form.text(f"{row}.level")
    evidence = form.text(f"{row}.evidence")
    told = [words(LEVELS[Level(level)])] if level in set(Level) else []
    told += [words(EVIDENCE[Evidence(evidence)])] if evidence in set(Evidence) else []
    return f"{name} ({', '.join(told)})" if name and told else name
