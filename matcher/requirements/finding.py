"""Where a text speaks of anything that can be asked for, whatever it says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from matcher.domain.parts import Cefr
from matcher.requirements.cues import Hit, Scanner, cells, lower
from matcher.requirements.hours import clock_times, weekly
from matcher.requirements.languages import wanted
from matcher.requirements.licences import licences
from matcher.requirements.sentences import Sentence
from matcher.requirements.statement import Topic

_TABLES: Final = (
    (Topic.CARD, "cards", "code"),
    (Topic.CAR, "car", "code"),
    (Topic.TIME, "times", "codes"),
    (Topic.EXTENT, "extents", "codes"),
    (Topic.BURDEN, "burdens", "code"),
    (Topic.CHECK, "checks", "code"),
    (Topic.REMOTE, "remote", "code"),
    (Topic.AGE, "ages", "code"),
    (Topic.QUALIFICATION, "qualifications", "code"),
    (Topic.LANGUAGE, "languages", "code"),
)
_SCANNER: Final = Scanner(
    ((topic, tuple(code.split(","))), cell)
    for topic, name, column in _TABLES
    for code, cell in cells(name, column)
)
# Hours are read a sentence at a time, where numbers like these stand.
_NUMBERS: Final = re.compile(
    r"\d(?:[.:]\d\d)? ?(?:[-–] ?\d|h\b|t/|tun|tim|hours|päiv|vuoro|days|shifts|dagar)"
)
# "peli-illat": the end of a compound is not what the cue means.
_COMPOUND: Final = re.compile(r"[^\W\d]-$")


class Found(NamedTuple):
    """A place in a text that speaks of something.

    ``codes`` are alternatives, any of which is meant; of times of work each is its own.
    """

    topic: Topic
    codes: tuple[str, ...]
    start: int
    end: int
    level: Cefr | None = None


def find(text: str) -> list[Found]:
    """Return the places of a text that speak of anything, in order."""
    low = lower(text)
    found = [
        Found(*hit.key, hit.start, hit.end)
        for hit in _SCANNER.find(low)
        if not (
            hit.key[0] is Topic.TIME and _COMPOUND.search(low, max(0, hit.start - 2), hit.start)
        )
    ]
    found += (Found(Topic.LICENCE, hit.key, hit.start, hit.end) for hit in licences(low))
    found += (Found(Topic.TIME, (), match.start(), match.end()) for match in _NUMBERS.finditer(low))
    return sorted(found, key=lambda one: one.start)


def in_sentence(text: str, sentence: Sentence, found: list[Found]) -> list[Found]:
    """Return what is found in one sentence, placed from its beginning.

    Names of languages become languages that are spoken of as such, with levels; numbers
    become times and extents of work.
    """
    inside = [
        one._replace(start=one.start - sentence.start, end=one.end - sentence.start)
        for one in found
        if one.end <= sentence.end
    ]
    original = text[sentence.start : sentence.end]
    return sorted(_read(inside, sentence.low, original), key=lambda one: one.start)


def _read(inside: list[Found], low: str, original: str) -> Iterator[Found]:
    names = [Hit(one.codes[0], one.start, one.end) for one in inside if one.topic is Topic.LANGUAGE]
    if names:
        for want in wanted(low, original, names):
            yield Found(Topic.LANGUAGE, want.codes, want.start, want.end, want.level)
    if any(not one.codes for one in inside):
        yield from (Found(Topic.EXTENT, *hit) for hit in weekly(low))
        for hit in clock_times(low):
            yield from (Found(Topic.TIME, (code,), hit.start, hit.end) for code in hit.key)
    for one in inside:
        if one.topic is Topic.TIME:
            yield from (one._replace(codes=(code,)) for code in one.codes)
        elif one.topic is not Topic.LANGUAGE:
            yield one
