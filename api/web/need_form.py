"""The form of a company's need: what a need shows in it, and the need that it describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from api.web.forms import MISSING, UNUSABLE, Form, said
from api.web.spoken import written
from matcher.domain.codes import municipalities
from matcher.domain.offer import CompanyNeed
from matcher.domain.parts import Cefr, Importance, LanguageSkill
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.ingest.records import NeedRecord, document_of
from matcher.ingest.words import LANGUAGE_LEVELS

#: Languages that have a line of their own in the form; others are written down.
SPOKEN: Final = ("fi", "sv", "en")
#: A level that nobody has told.
ANY_LEVEL: Final = "any"
_PLACES: Final = msg("One of these municipalities is not known. Write names as in Oulu, Kempele.")
_TONGUES: Final = msg(
    "One of these languages is not known. Write them as in Russian: B1, Estonian: A2."
)
_CARDS: Final = msg("One of these permit cards is not known. Write its name or its number.")
#: Where what is wrong with a part of a need is shown, and what is said there.
_SHOWN_AT: Final[Mapping[str, tuple[str, Message | None]]] = {
    "title": ("title", None),
    "text": ("text", None),
    "organisation": ("organisation", None),
    "tasks": ("tasks", None),
    "occupations": ("occupations", None),
    "languages": ("other_languages", _TONGUES),
    "licences": ("licences", None),
    "cards": ("cards", _CARDS),
    "place.municipalities": ("municipalities", _PLACES),
    "hours.per_week": ("per_week", None),
    "availability.start": ("start", None),
    "availability.end": ("end", None),
    "expires": ("expires", None),
    "places": ("places", None),
    "url": ("url", None),
}


def form_of(need: CompanyNeed) -> Form:
    """Return the form with a need in it."""
    skills = {one.code: one for one in need.languages if _has_line(one)}
    others = [
        written(one.code, one.level, need.language) for one in need.languages if not _has_line(one)
    ]
    asked = {
        importance: [one.text for one in need.requirements if one.importance is importance]
        for importance in Importance
    }
    names = [
        known.name.best(Lang.FI)
        for code in need.place.municipalities
        if (known := municipalities().get(code))
    ]
    values: dict[str, str | tuple[str, ...]] = {
        "language": need.language,
        "title": need.title.best(need.language),
        "text": need.text.best(need.language),
        "organisation": need.organisation,
        "occupations": _lines(one.title for one in need.occupations),
        "tasks": _lines(need.tasks),
        "essential": _lines(asked[Importance.ESSENTIAL]),
        "optional": _lines(asked[Importance.OPTIONAL]),
        **{f"language_{code}": _level(one) for code, one in skills.items()},
        "other_languages": ", ".join(others),
        "licences": need.licences,
        "cards": ", ".join(need.cards),
        "municipalities": ", ".join(names),
        "remote": _three(need.place.remote),
        "times": tuple(need.hours.times or ()),
        "extents": tuple(need.hours.extents or ()),
        "per_week": "" if need.hours.per_week is None else f"{need.hours.per_week:g}",
        "start": str(need.availability.start or ""),
        "end": str(need.availability.end or ""),
        "expires": str(need.expires or ""),
        "places": str(need.places or ""),
        "support": tuple(need.support),
        "hidden": "yes" if need.hidden else "no",
        "url": need.url,
    }
    return Form.of(values)


def differing(form: Form, stored: Form) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a stored need that say something else than those of a form."""
    return {
        name: values
        for name, values in stored.fields.items()
        if _told_in(form.texts(name)) != _told_in(values)
    }


def record_from(form: Form, before: CompanyNeed | None = None) -> NeedRecord:
    """Return the need that a form describes.

    Parameters
    ----------
    form
        As it was filled in.
    before
        The need that is rewritten: what the form does not show of it stays.

    Raises
    ------
    ValidationError
        Of pydantic, if something is missing or cannot be used; `wrong` shows it.
    """
    return NeedRecord.model_validate(_document(form, before))


def draft_from(form: Form, before: CompanyNeed | None = None) -> NeedRecord | None:
    """Return the need as far as it is filled in, to look who fits it.

    Returns
    -------
    NeedRecord or None
        None as long as the form says nothing of the work.

    Raises
    ------
    ValidationError
        Of pydantic, if something cannot be used.
    """
    document = _document(form, before)
    said_first = [form.text("title"), *form.lines("tasks"), *form.lines("occupations")]
    said_first += [*form.lines("essential"), form.text("text")[:200]]
    title = next((words for words in said_first if words), "")
    if not title:
        return None
    titled = {**document["title"], document["language"]: title}
    return NeedRecord.model_validate({**document, "title": titled})


def wrong(form: Form, error: ValidationError) -> Form:
    """Return the form with what is wrong, told at the fields that it is about."""
    told: dict[str, Message] = {}
    for one in error.errors():
        name, message = _place(one, len(form.lines("essential")))
        told.setdefault(name, message)
    return form.wrong(told)


def _place(error: ErrorDetails, essentials: int) -> tuple[str, Message]:
    path = ".".join(map(str, error["loc"]))
    if path.startswith("requirements."):
        is_essential = int(path.split(".")[1]) < essentials
        return "essential" if is_essential else "optional", said(error)
    for start, (name, message) in _SHOWN_AT.items():
        if path == start or path.startswith(f"{start}."):
            return name, message or said(error)
    # The record tells of a missing title as of the whole.
    return ("title", MISSING) if not path else ("", UNUSABLE)


def _document(form: Form, before: CompanyNeed | None) -> dict[str, Any]:
    kept: dict[str, Any] = {} if before is None else document_of(before)
    kept.pop("id", None)
    language = form.text("language") or Lang.FI.value
    return {
        **kept,
        "language": language,
        "title": {**kept.get("title", {}), language: form.text("title")},
        "text": {**kept.get("text", {}), language: form.text("text")},
        "organisation": form.text("organisation"),
        "occupations": _known(form.lines("occupations"), kept.get("occupations", ()), "title"),
        "tasks": form.lines("tasks"),
        "requirements": _requirements(form, kept.get("requirements", ())),
        "languages": _languages(form),
        "licences": form.texts("licences"),
        "cards": _parts(form.text("cards")),
        "place": {
            **kept.get("place", {}),
            "municipalities": _parts(form.text("municipalities")),
            "remote": _two(form.text("remote")),
        },
        "hours": {
            "times": form.texts("times") or None,
            "extents": form.texts("extents") or None,
            "per_week": form.text("per_week").replace(",", ".") or None,
        },
        "availability": {"start": form.text("start") or None, "end": form.text("end") or None},
        "expires": form.text("expires") or None,
        "places": form.text("places") or None,
        "support": form.texts("support"),
        "hidden": form.text("hidden") != "no",
        "url": form.text("url"),
    }


def _requirements(form: Form, before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**one, "importance": importance}
        for importance in Importance
        for one in _known(form.lines(importance), before, "text")
    ]


def _known(
    lines: Sequence[str], before: Sequence[dict[str, Any]], name: str
) -> list[dict[str, Any]]:
    """Return lines as parts of a document, each with the concept that it had before."""
    concepts = {one[name]: one.get("concept") for one in before}
    return [{name: line, "concept": concepts.get(line)} for line in lines]


def _languages(form: Form) -> list[dict[str, Any]]:
    asked = [(code, form.text(f"language_{code}")) for code in SPOKEN]
    told = [{"code": code, "level": _known_level(level)} for code, level in asked if level]
    others = [part.partition(":") for part in _parts(form.text("other_languages"))]
    return told + [
        {"code": code.strip(), "level": _known_level(level.strip())} for code, _, level in others
    ]


def _known_level(level: str) -> str | None:
    return None if level in {"", ANY_LEVEL} else LANGUAGE_LEVELS.get(level.casefold(), level)


def _has_line(skill: LanguageSkill) -> bool:
    return skill.code in SPOKEN and skill.level is not Cefr.NATIVE


def _level(skill: LanguageSkill) -> str:
    return skill.level or ANY_LEVEL


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _lines(texts: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(texts)


def _told_in(texts: Sequence[str]) -> list[str]:
    """Return the lines of a field that hold something; boxes are ticked in any order."""
    return sorted(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _two(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)


def _three(known: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[known]
