"""Cue tables: words in three languages that stand for a code, compiled into one search.

A cell of a table is a list of alternatives parted by ``|``, each a regular expression with
three short forms: ``*`` is the rest of a word, a space is a space or a dash, and ``_`` is a
space or a dash that may be missing. Words are matched whole, in lower case, in all three
languages at once, since advertisements mix them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Final, Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
LANGS: Final = ("fi", "sv", "en")
_SHORT: Final = {"(": "(?:", "*": r"\w*", " ": r"(?:[ \-–]{1,2})", "_": r"[ \-–]?"}
_TOKEN: Final = re.compile(r"\\.|\[[^\]]*\]|\(\?|.", re.DOTALL)
_SURE: Final = re.compile(r"(?:[^\W_](?![?*{]))+")
_WORD: Final = re.compile(r"\w+")
#: So many first letters tell most words apart.
_LETTERS: Final = 3
#: So many beginnings of words are remembered.
_KNOWN: Final = 50_000


class Hit(NamedTuple, Generic[Key]):
    """One cue in a text."""

    key: Key
    start: int
    end: int


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of this room."""
    text = resources.files("matcher.requirements").joinpath(f"tables/{name}.tsv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def cells(name: str, code: str, columns: Iterable[str] = LANGS) -> list[tuple[str, str]]:
    """Return (code, cell) for each cell of a table with cues in it."""
    return [(row[code], row[column]) for row in table(name) for column in columns if row[column]]


def lower(text: str) -> str:
    """Return the text in lower case, of the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class _Ways(NamedTuple, Generic[Key]):
    """What may stand where a word begins: one search for all of it, a group a way, and its keys."""

    search: re.Pattern[str]
    keys: tuple[Key, ...]


class Scanner(Generic[Key]):
    """Finds cues in lower-case text, the longest one first where several begin.

    Words are looked up by their first letters, so that a text costs little more than the
    finding of its words.

    Parameters
    ----------
    cues
        Key and cell, as from a table; the same key may come often.
    """

    def __init__(self, cues: Iterable[tuple[Key, str]]) -> None:
        ways = [(key, way) for key, cell in cues for way in _alternatives(cell)]
        ways.sort(key=lambda one: -len(one[1]))
        #: Keys and expressions of the ways that surely begin with some letters.
        self._by_letters: dict[str, list[tuple[Key, str]]] = {}
        for key, way in ways:
            self._by_letters.setdefault(_letters(way), []).append((key, _regex(way)))
        #: What begins with some letters or fewer of them, as far as it was looked for.
        self._joined: dict[tuple[str, ...], _Ways[Key]] = {}
        #: The same by the letters of a word, as far as words with them were met.
        self._known: dict[str, _Ways[Key] | None] = {}

    def find(self, text: str) -> Iterator[Hit[Key]]:
        """Yield the cues of a lower-case text in order; they do not overlap."""
        end, known = 0, self._known
        for word in _WORD.finditer(text):
            start = word.start()
            if start < end:
                continue
            letters = text[start : start + _LETTERS]
            ways = known[letters] if letters in known else self._begin(letters)
            if ways and (match := ways.search.match(text, start)) and match.lastindex:
                end = match.end()
                yield Hit(ways.keys[match.lastindex - 1], start, end)

    def _begin(self, letters: str) -> _Ways[Key] | None:
        """Return what may stand where a word begins with some letters, and remember it."""
        begun = [letters[:length] for length in range(len(letters), -1, -1)]
        groups = tuple(each for each in begun if each in self._by_letters)
        if groups and groups not in self._joined:
            self._joined[groups] = self._join(groups)
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[letters] = ways = self._joined.get(groups)
        return ways

    def _join(self, groups: tuple[str, ...]) -> _Ways[Key]:
        found = [one for group in groups for one in self._by_letters[group]]
        either = "|".join(rf"({regex}(?!\w))" for _, regex in found)
        return _Ways(re.compile(either), tuple(key for key, _ in found))


def _alternatives(cell: str) -> list[str]:
    """Return the alternatives of a cell, a group at the beginning of one opened."""
    return [way for part in _split(cell) for way in _opened(part)]


def _opened(part: str) -> list[str]:
    end = _closing(part)
    if not part.startswith("(") or end is None:
        return [part]
    optional = part[end + 1 :].startswith("?")
    rest = part[end + 1 + optional :]
    ways = [way + rest for way in _split(part[1:end])]
    return [*ways, *(_opened(rest) if optional else ())]


def _split(cell: str) -> list[str]:
    depth, parts = 0, [""]
    for char in cell:
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part]


def _closing(part: str) -> int | None:
    depth = 0
    for i, char in enumerate(part):
        depth += (char == "(") - (char == ")")
        if not depth:
            return i
    return None


def _letters(way: str) -> str:
    """Return the characters, at most three, that an alternative surely begins with."""
    sure = _SURE.match(way)
    return sure[0][:_LETTERS] if sure else ""


def _regex(way: str) -> str:
    return "".join(_SHORT.get(token, token) for token in _TOKEN.findall(way))
