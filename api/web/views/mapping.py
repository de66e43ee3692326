"""A competence mapping as forms, one for each part of it, and forms as a mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from pydantic import ValidationError

from api.web.forms import NO_DATE, NO_NUMBER, UNUSABLE, Form
from api.web.spoken import written
from matcher.casework.mapping import MappedPart, unknown_parts
from matcher.domain.codes import code_name, permit_cards
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.ingest.cells import CELLS
from matcher.ingest.records import ProfileRecord, document_of

#: Empty rows for competences that are still to be told.
BLANK_ROWS: Final = 3
_LONGEST_LIST: Final = 200
_ROW: Final = re.compile(r"competences\.([0-9]{1,3})\.")


class Section(StrEnum):
    """Parts of a mapping, each saved on its own."""

    COMPETENCES = "competences"
    WORK = "work"
    SKILLS = "skills"
    LIMITS = "limits"
    WORDS = "words"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, and where it stands in a profile.

    Parameters
    ----------
    path
        In the own format.
    cell
        How it is read and written, as in templates that are filled in.
    """

    path: tuple[str, ...]
    cell: str


#: All fields but competences, which are rows.
FIELDS: Final[Mapping[Section, Mapping[str, Field]]] = {
    Section.COMPETENCES: {},
    Section.WORK: {
        "occupations_wanted": Field(("occupations_wanted",), "occupations"),
        "occupations_done": Field(("occupations_done",), "occupations"),
        "education": Field(("education",), "text"),
    },
    Section.SKILLS: {
        "languages": Field(("languages",), "languages"),
        "licences": Field(("licences",), "codes"),
        "cards": Field(("cards",), "codes"),
    },
    Section.LIMITS: {
        "municipality": Field(("municipality",), "text"),
        "max_km": Field(("commute", "max_km"), "number"),
        "own_car": Field(("commute", "own_car"), "yes_no"),
        "relocation": Field(("commute", "relocation"), "yes_no"),
        "remote": Field(("commute", "remote"), "yes_no"),
        "times": Field(("hours", "times"), "times"),
        "extents": Field(("hours", "extents"), "extents"),
        "per_week": Field(("hours", "per_week"), "number"),
        "start": Field(("availability", "start"), "date"),
        "restrictions": Field(("restrictions",), "restrictions"),
    },
    Section.WORDS: {
        "text": Field(("text",), "text"),
        "language": Field(("language",), "text"),
    },
    Section.PART: {
        "active": Field(("active",), "yes_no"),
        "birth_date": Field(("birth_date",), "date"),
    },
}
#: What is written one to a line, though a semicolon parts it in a template.
_LINES: Final = frozenset(
    {"occupations_wanted", "occupations_done", "languages", "cards", "restrictions"}
)
_BOXES: Final = frozenset({"times", "extents"})
_PLAIN: Final = frozenset({"text", "education", "municipality", "language"})
_WRONG: Final[Mapping[str, Message]] = {
    "number": NO_NUMBER,
    "date": NO_DATE,
    "languages": msg("Write one language a line, as in suomi: B2 or arabia: äidinkieli."),
}
#: Where a part that is not known is asked.
SECTION_OF: Final[Mapping[MappedPart, Section]] = {
    MappedPart.COMPETENCES: Section.COMPETENCES,
    MappedPart.WISHES: Section.WORK,
    MappedPart.HOME: Section.LIMITS,
    MappedPart.COMMUTE: Section.LIMITS,
    MappedPart.LANGUAGES: Section.SKILLS,
    MappedPart.LICENCES: Section.SKILLS,
    MappedPart.CARDS: Section.SKILLS,
    MappedPart.HOURS: Section.LIMITS,
}


def to_ask(profile: Profile) -> Sequence[tuple[MappedPart, Section]]:
    """Return what to ask next, each with the section in which it is written down."""
    return [(part, SECTION_OF[part]) for part in unknown_parts(profile)]


def seen_of(profile: Profile, section: Section) -> str:
    """Return a mark of what a section says: another one means that somebody has changed it."""
    document = document_of(profile)
    told = {field.path: _value(document, field.path) for field in FIELDS[section].values()}
    if section is Section.COMPETENCES:
        told[("competences",)] = document["competences"]
    written = json.dumps(sorted((list(path), value) for path, value in told.items()))
    return sha256(written.encode()).hexdigest()[:16]


def form_of(profile: Profile, section: Section, lang: Lang) -> Form:
    """Return a section as it stands, to be filled in, with codes by their names."""
    document = document_of(profile)
    values: dict[str, str | tuple[str, ...]] = {"seen": seen_of(profile, section)}
    for name, field in FIELDS[section].items():
        value = _value(document, field.path)
        values[name] = () if name in _BOXES else ""
        if value is not None:
            values[name] = tuple(value) if name in _BOXES else _written(name, field, value, lang)
    if section is Section.COMPETENCES:
        values |= _rows(document["competences"])
    return Form.of(values)


def row_count(form: Form) -> int:
    """Return how many rows of competences a form has."""
    return min(1 + max(map(_row_number, form.fields), default=-1), _LONGEST_LIST + 1)


def filled(profile: Profile, section: Section, form: Form) -> ProfileRecord | Form:
    """Return a profile with what a section's form says; the form if it cannot be used."""
    document = document_of(profile)
    errors: dict[str, Message] = {}
    for name, field in FIELDS[section].items():
        try:
            _put(document, field.path, _read(name, field, form))
        except ValueError:
            errors[name] = _WRONG.get(field.cell, UNUSABLE)
    if section is Section.COMPETENCES:
        document["competences"] = _competences(form)
    if errors:
        return form.wrong(errors)
    try:
        return ProfileRecord.model_validate(document)
    except ValidationError as error:
        return form.wrong(_at_fields(Form().wrong_as(error).errors, section, form))


def _written(name: str, field: Field, value: Any, lang: Lang) -> str:  # noqa: ANN401 - any field
    if name in _PLAIN:
        return str(value)
    if name == "languages" and value:
        return "\n".join(written(one["code"], one.get("level"), lang) for one in value)
    if name == "cards" and value:
        return "\n".join(code_name(permit_cards(), code, lang) for code in value)
    text = CELLS[field.cell].write(value)
    return "\n".join(text.split("; ")) if name in _LINES else text


def _read(name: str, field: Field, form: Form) -> object:
    """Return what a field says; None if nothing, which is unknown."""
    if name in _BOXES:
        return list(form.texts(name)) or None
    text = form.text(name)
    if not text or name in _PLAIN:
        return text or None
    if name in _LINES:
        text = ";".join(line for line in text.split("\n") if line.strip())
    return CELLS[field.cell].read(text)


def _rows(competences: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    blank: Mapping[str, Any] = {"name": ""}
    return {
        f"competences.{number}.{key}": str(one.get(key) or "")
        for number, one in enumerate([*competences, *[blank] * BLANK_ROWS])
        for key in ("name", "level", "evidence", "concept")
    }


def _row_number(name: str) -> int:
    found = _ROW.match(name)
    return int(found[1]) if found else -1


def _competences(form: Form) -> list[dict[str, str | None]]:
    """Return the rows in their order, without empty ones, and what was chosen to be added."""
    rows = [
        {
            key: form.text(f"competences.{number}.{key}") or None
            for key in ("name", "level", "evidence", "concept")
        }
        for number in range(row_count(form))
        if form.text(f"competences.{number}.name")
    ]
    known = {row["concept"] for row in rows if row["concept"]}
    for chosen in form.texts("add"):
        uri, _, name = chosen.partition("|")
        if uri not in known and name:
            rows.append({"name": name, "level": None, "evidence": None, "concept": uri})
    return rows


def _value(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:  # noqa: ANN401 - any field
    value: Any = document
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _put(document: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    inner = document
    for key in path[:-1]:
        inner = inner.setdefault(key, {})
    if value is None:
        inner.pop(path[-1], None)
    else:
        inner[path[-1]] = value


def _at_fields(errors: Mapping[str, Message], section: Section, form: Form) -> dict[str, Message]:
    """Return errors by fields of the form; what belongs to none stands for the whole form."""
    by_path = {field.path[-1]: name for name, field in FIELDS[section].items()}
    found = {}
    for where, message in errors.items():
        first, second = (*where.split("."), "", "")[:2]
        name = by_path.get(first) or by_path.get(second) or (where if where in form.fields else "")
        if first == "competences" and not name:
            name = "add"
        found[name] = message
    return found
