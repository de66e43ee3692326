"""What a cell of a table means, read and written: lists, phrases, numbers, dates, words.

Members of a list stand between semicolons. An empty cell is unknown; a dash in a list of
languages, licences, cards or times means that there are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from matcher.domain.parts import Importance
from matcher.ingest import words

_PHRASE = re.compile(
    r"(?P<name>.*?)(?:\s*\((?P<words>[^()]*)\))?(?:\s*<(?P<concept>[^<>\s]+)>)?", re.DOTALL
)
_FINNISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Cell:
    """How the cells of a column are read into JSON values, and written from them.

    ``read`` raises `ValueError` with a reason that a person understands.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def split(text: str) -> list[str]:
    """Return the members of a list."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _join(parts: list[str]) -> str:
    return "; ".join(part.replace(";", ",") for part in parts)


def _split_or_none(text: str) -> list[str]:
    return [] if text.strip().casefold() in words.NONE else split(text)


def _join_or_none(parts: list[str]) -> str:
    return _join(parts) or "-"


def _parts(text: str) -> tuple[str, list[str], str | None]:
    """Return the name, the words in brackets and the concept of a phrase."""
    found = _PHRASE.fullmatch(text)
    if found is None:
        return text, [], None
    inner = [word.strip() for word in (found["words"] or "").split(",") if word.strip()]
    return found["name"].strip(), inner, found["concept"]


def _phrase(name: str, inner: list[str], concept: str | None) -> str:
    brackets = f" ({', '.join(inner)})" if inner else ""
    return f"{name}{brackets}{f' <{concept}>' if concept else ''}"


def _read_phrase(text: str, key: str, kinds: Mapping[str, Mapping[str, StrEnum]]) -> dict[str, Any]:
    """Return a phrase with the meanings of its bracketed words.

    Brackets in which no word is known belong to the name, as in "hitsaus (MIG)".
    """
    name, inner, concept = _parts(text)
    told: dict[str, Any] = {key: name}
    known = [_kind(word, kinds) for word in inner]
    if inner and not any(known):
        told[key] = _phrase(name, inner, None)
    elif inner:
        for word, kind in zip(inner, known, strict=True):
            if kind is None or kind in told:
                raise ValueError(
                    f"({', '.join(inner)}) has {word!r}, which is no other {' or '.join(kinds)}"
                )
            told[kind] = kinds[kind][word.casefold()].value
    return told | ({"concept": concept} if concept else {})


def _kind(word: str, kinds: Mapping[str, Mapping[str, StrEnum]]) -> str | None:
    return next((kind for kind, known in kinds.items() if word.casefold() in known), None)


_COMPETENCE_WORDS: Final[Mapping[str, Mapping[str, StrEnum]]] = {
    "level": words.LEVELS,
    "evidence": words.EVIDENCE,
}
_REQUIREMENT_WORDS: Final[Mapping[str, Mapping[str, StrEnum]]] = {"importance": words.IMPORTANCE}


def _write_competence(value: Mapping[str, Any]) -> str:
    inner = [value[key] for key in _COMPETENCE_WORDS if value.get(key)]
    return _phrase(value["name"], inner, value.get("concept"))


def _write_requirement(value: Mapping[str, Any]) -> str:
    optional = value.get("importance") == Importance.OPTIONAL
    inner = [Importance.OPTIONAL.value] if optional else []
    return _phrase(value["text"], inner, value.get("concept"))


def _read_occupation(text: str) -> dict[str, Any]:
    return _read_phrase(text, "title", {})


def _read_language(text: str) -> dict[str, Any]:
    code, _, level = text.partition(":")
    told = words.meaning(words.LANGUAGE_LEVELS, level).value if level.strip() else None
    return {"code": code.strip()} | ({"level": told} if told else {})


def _write_language(value: Mapping[str, Any]) -> str:
    return ":".join(filter(None, (value["code"], value.get("level"))))


def _read_number(text: str) -> float:
    try:
        return float(text.replace(" ", "").replace("\xa0", "").replace(",", "."))
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _read_count(text: str) -> int:
    number = _read_number(text)
    if number != int(number):
        raise ValueError(f"{text!r} is no whole number")
    return int(number)


def _read_date(text: str) -> str:
    finnish = _FINNISH_DATE.fullmatch(text)
    iso = "{2}-{1:0>2}-{0:0>2}".format(*finnish.groups()) if finnish else text[:10]
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is no date; write 31.12.2026 or 2026-12-31") from None


def _word_list(known: Mapping[str, StrEnum]) -> Cell:
    return Cell(
        lambda text: [words.meaning(known, part).value for part in _split_or_none(text)],
        _join_or_none,
    )


def _records(
    read: Callable[[str], dict[str, Any]], write: Callable[[Mapping[str, Any]], str]
) -> Cell:
    return Cell(
        lambda text: [read(part) for part in _split_or_none(text)],
        lambda values: _join([write(value) for value in values]),
    )


def _records_or_none(cell: Cell) -> Cell:
    return Cell(cell.read, lambda values: cell.write(values) or "-")


CELLS: Final[dict[str, Cell]] = {
    "text": Cell(str, str),
    "phrases": Cell(split, _join),
    "codes": Cell(_split_or_none, _join_or_none),
    "restrictions": _records(lambda text: {"text": text}, lambda value: str(value["text"])),
    "competences": _records(
        lambda text: _read_phrase(text, "name", _COMPETENCE_WORDS), _write_competence
    ),
    "requirements": _records(
        lambda text: _read_phrase(text, "text", _REQUIREMENT_WORDS), _write_requirement
    ),
    "occupations": _records(
        _read_occupation, lambda value: _phrase(value["title"], [], value.get("concept"))
    ),
    "languages": _records_or_none(_records(_read_language, _write_language)),
    "number": Cell(_read_number, lambda value: f"{value:g}"),
    "count": Cell(_read_count, str),
    "date": Cell(_read_date, str),
    "yes_no": Cell(
        lambda text: words.meaning(words.YES_NO, text), lambda value: "yes" if value else "no"
    ),
    "times": _word_list(words.TIMES),
    "extents": _word_list(words.EXTENTS),
    "support": _word_list(words.SUPPORT),
    "areas": _word_list(words.AREAS),
}
