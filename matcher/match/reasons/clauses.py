"""The part of a long sentence that carries: what is quoted to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from matcher.encode.protocol import Encoder, TextRole, Vectors

#: Phrases of at most so many words are quoted whole.
SHORT: Final = 8
#: Of texts that no clause stands for, so many words are quoted.
LONGEST: Final = 14
#: A clause stands for its sentence if it is at least so much as alike to what it answers.
ENOUGH: Final = 0.9
_REMEMBERED: Final = 20_000
_CLAUSE: Final = re.compile(r"[^,;:.!?()–]+(?:[.,:–](?=\S)[^,;:.!?()–]+)*")
_JOINT: Final = re.compile(
    r"\s+(?=(?:ja|sekä|tai|jossa|joka|jotka|och|samt|eller|som|där|and|or|who|which|where)\s)"
)


class Clauses:
    """Picks the carrying clauses of sentences; remembers those it has encoded.

    Parameters
    ----------
    encoder
        The one that encoded the sentences.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._encoded = lru_cache(maxsize=_REMEMBERED)(self._encode)

    def carrying(self, text: str, role: TextRole, other: Vectors) -> str:
        """Return the part of a text that is most like a phrase of the other side.

        Parameters
        ----------
        text
            As it stands in the record.
        role
            Of the side that the text belongs to.
        other
            float32, shape (d,): unit vector of the phrase that it answers or asks for.

        Returns
        -------
        str
            A verbatim part, with ``…`` where something was left out; short texts whole.
        """
        if len(text.split()) <= SHORT:
            return text.strip(" .,;:")
        parts, vectors = self._encoded(text, role)
        alike = vectors @ other
        best = int(alike[1:].argmax()) + 1
        if alike[best] < ENOUGH * alike[0]:
            return opening(text)
        return _quoted(text, parts[best])

    def _encode(self, text: str, role: TextRole) -> tuple[list[str], Vectors]:
        """Return a text, then its clauses, and their vectors."""
        parts = [text, *_clauses(text)]
        return parts, self._encoder.encode(parts, role)


def opening(text: str) -> str:
    """Return a text up to the last clause that fits into `LONGEST` words."""
    words = text.split()
    if len(words) <= LONGEST:
        return text.strip(" .,;:")
    fitting = " ".join(words[:LONGEST])
    ends = [match.end() for match in _CLAUSE.finditer(fitting)]
    end = ends[-2] if len(ends) > 1 and len(fitting[: ends[-2]].split()) > SHORT else ends[-1]
    return f"{fitting[:end].strip()} …"


def _clauses(text: str) -> list[str]:
    """Return clauses of at least two words, or the text itself if there is none."""
    found = [clause for clause in _split(text) if len(clause.split()) > 1]
    return found or [text]


def _split(text: str) -> Iterator[str]:
    for match in _CLAUSE.finditer(text):
        clause = match[0].strip()
        if len(clause.split()) > SHORT:
            yield from (part.strip() for part in _JOINT.split(clause))
        elif clause:
            yield clause


def _quoted(text: str, part: str) -> str:
    start = text.index(part)
    before = "… " if start else ""
    after = "" if not text[start + len(part) :].strip(" .,;:!)") else " …"
    return f"{before}{part}{after}"
