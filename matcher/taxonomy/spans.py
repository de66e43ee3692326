"""Spans of a text that may name a concept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

LONGEST = 4
#: A part as a whole is a span too, when it is no longer than this.
LONGEST_PART = 8
#: No span begins or ends with one of these.
_JOINING = frozenset(
    {"ja", "tai", "sekä", "että", "on", "oli", "ei", "olla", "olen"}
    | {"olin", "oon", "ollut", "ollu", "mä", "minä"}
    | {"och", "eller", "samt", "att", "är", "jag", "har", "som", "på", "i", "med", "hos"}
    | {"and", "or", "the", "a", "an", "of", "to", "in", "at", "on", "for", "i", "did", "was"}
)

_BREAK = re.compile(r"[,;:.!?()\[\]\"”“•·\n\r\t]+(?=\s|$)|[,;()\[\]\"”“•·\n\r\t]+|\s[-–—]\s")
_WORD = re.compile(r"[^\W_](?:[\w+#./'’-]*[\w+#])?")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: ``text[start:end]``."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """Tell whether both have a character in common."""
        return self.start < other.end and other.start < self.end


def spans(text: str) -> list[Span]:
    """Return all runs of one to `LONGEST` words within a part of a sentence, and short parts.

    Parameters
    ----------
    text
        Free text. Punctuation ends a part, also between the members of a list.

    Returns
    -------
    list of Span
        In the order of their beginnings; each once.
    """
    found: list[Span] = []
    for begin, end in _parts(text):
        marks = [(begin + m.start(), begin + m.end()) for m in _WORD.finditer(text[begin:end])]
        lengths = {*range(1, LONGEST + 1)}
        if len(marks) <= LONGEST_PART:
            lengths.add(len(marks))
        for first, length in product(range(len(marks)), sorted(lengths)):
            run = marks[first : first + length]
            if len(run) == length and not {_word(text, run[0]), _word(text, run[-1])} & _JOINING:
                found.append(Span(run[0][0], run[-1][1], text[run[0][0] : run[-1][1]]))
    return found


def _word(text: str, mark: tuple[int, int]) -> str:
    return text[mark[0] : mark[1]].casefold()


def _parts(text: str) -> list[tuple[int, int]]:
    bounds = [0]
    for match in _BREAK.finditer(text):
        bounds += [match.start(), match.end()]
    bounds.append(len(text))
    return list(zip(bounds[::2], bounds[1::2], strict=True))
