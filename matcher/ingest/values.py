"""Reading the loose values of other people's formats: texts, dates, codes, lists.

Specification and samples differ in shape, so each reader takes what can be understood and
never fails on the rest; what was kept or assumed is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from matcher.domain import codes
from matcher.domain.parts import Cefr
from matcher.domain.text import Lang, LocalText
from matcher.ingest.places import country_code, region_code
from matcher.ingest.rows import Fields, Notes

HELSINKI = ZoneInfo("Europe/Helsinki")
NAIVE_TIME = "time without a zone, read as Europe/Helsinki"

_FINNISH_DATE = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|span|strong|b|em|i|u|h[1-6]|a|table|tr|td|th)\b[^>]*>")
_BREAKING = re.compile(r"<(?:br|/p|/li|/div|/h[1-6]|/tr)\b[^>]*>")
_EARLIEST_YEAR = 1900
_LANGS = {lang.value: lang for lang in Lang}
_LEVELS = {level.value.upper(): level for level in Cefr} | {"L1": Cefr.NATIVE}


def mapping(value: object) -> Fields:
    """Return an object as it is, anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return a list as it is, nothing as an empty one, anything else as a list of one."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def string(value: object) -> str:
    """Return a string or number as trimmed text, anything else as an empty text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).replace("\0", "").strip()


def flag(value: object) -> bool | None:
    """Return a truth value as it is, anything else as unknown."""
    return value if isinstance(value, bool) else None


def number(value: object) -> float | None:
    """Return a positive number, also from text, or None."""
    try:
        found = float(string(value).replace(",", "."))
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None


def plain(value: object) -> str:
    """Return text without HTML tags and entities, trimmed, with at most one blank line."""
    text = string(value).replace("\r\n", "\n").replace("\r", "\n")
    if _TAG.search(text):
        text = _TAG.sub(" ", _BREAKING.sub("\n", text))
    text = unescape(text).replace("\xa0", " ")
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def localised(value: object, language: Lang = Lang.FI) -> LocalText:
    """Return a text given as a string, as ``{fi: …}`` or as a list of ``{kieliKoodi, arvo}``."""
    if isinstance(value, dict) and "kieliKoodi" not in value:
        found = {lang.value: plain(value.get(lang.value)) for lang in Lang}
        return LocalText(**found)
    found = {}
    for item in items(value):
        lang = string(mapping(item).get("kieliKoodi")).casefold() or language.value
        text = plain(mapping(item).get("arvo")) if isinstance(item, dict) else plain(item)
        if text and lang in _LANGS:
            found.setdefault(lang, text)
    return LocalText(**found)


def joined(texts: Iterable[LocalText]) -> LocalText:
    """Return texts under one another, language by language."""
    parts = list(texts)
    return LocalText(
        **{lang.value: "\n".join(p.get(lang) for p in parts if p.get(lang)) for lang in Lang}
    )


def language_of(value: object, notes: Notes) -> Lang:
    """Return a language of the service from its code or locale; fi, noted, for another."""
    code = string(value).casefold()[:2]
    if code and code not in _LANGS:
        notes[f"language {string(value)[:10]!r} read as fi"] += 1
    return _LANGS.get(code, Lang.FI)


def main_language(told: object, text: LocalText) -> Lang:
    """Return the first told language that the text has, else the first that it has, else fi."""
    wanted = [string(lang).casefold()[:2] for lang in items(told)]
    present = text.langs()
    for lang in wanted:
        if lang in present:
            return Lang(lang)
    if present:
        return present[0]
    return next((_LANGS[lang] for lang in wanted if lang in _LANGS), Lang.FI)


def day(value: object, notes: Notes) -> date | None:
    """Return the day in Finland of a date or time; None if there is none before the year 1900.

    A time without a zone is taken as Finnish time, which is noted.
    """
    text = string(value)
    if finnish := _FINNISH_DATE.search(text):
        text = "{2}-{1:0>2}-{0:0>2}".format(*finnish.groups())
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        if text:
            notes[f"date not understood: {text[:40]!r}"] += 1
        return None
    if moment.year < _EARLIEST_YEAR:
        return None
    if moment.tzinfo is not None:
        return moment.astimezone(HELSINKI).date()
    if len(text) > len("2026-01-01"):
        notes[NAIVE_TIME] += 1
    return moment.date()


def coded(
    values: object, find: Callable[[str], str | None], what: str, notes: Notes
) -> tuple[str, ...]:
    """Return codes in order, once each; unknown ones are kept as they are and noted."""
    found: dict[str, None] = {}
    for value in items(values):
        text = string(value)
        if not text:
            continue
        code = find(text)
        if code is None:
            notes[f"unknown {what} {text[:40]!r}"] += 1
        found[code or text] = None
    return tuple(found)


def municipality_codes(values: object, notes: Notes) -> tuple[str, ...]:
    """Return municipality codes; unknown ones are kept and noted."""
    return coded(values, codes.municipality_code, "municipality", notes)


def region_codes(values: object, notes: Notes) -> tuple[str, ...]:
    """Return region codes; unknown ones are kept and noted."""
    return coded(values, region_code, "region", notes)


def country_codes(values: object, notes: Notes) -> tuple[str, ...]:
    """Return country codes; unknown ones are kept and noted."""
    return coded(values, country_code, "country", notes)


def cefr(value: object, notes: Notes) -> Cefr | None:
    """Return a language level, where Työmarkkinatori's L1 is the mother tongue."""
    text = string(value)
    level = _LEVELS.get(text.upper())
    if level is None and text:
        notes[f"unknown language level {text[:40]!r}"] += 1
    return level


def uri_of(value: object) -> str:
    """Return a concept URI given plainly or inside an object."""
    if isinstance(value, dict):
        return next(
            (string(value[key]) for key in ("luokiteltuArvo", "uri", "code") if value.get(key)), ""
        )
    return string(value)


def present(value: object) -> bool:
    """Return whether a value says anything."""
    return value not in (None, "", [], {})
