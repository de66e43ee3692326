"""Sentences, their clauses, and how firmly each asks.

A clause says for itself that something is required, a plus or not needed; one that does not
is read like the clauses before it, else like those after it, else like the heading above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from matcher.requirements.cues import Scanner, cells, lower
from matcher.requirements.statement import Strength

HEADING_WORDS, HEADING_LENGTH = 8, 90
#: A line that is hardly more than the thing itself asks for it.
BARE_WORDS: Final = 6
# A line break or bullet, the end of a sentence, or one that lost its line break.
_BREAK: Final = re.compile(
    r"[\r\n•●▪·]\s*|[.!?]\s+(?=[A-ZÅÄÖ0-9\"“(])|"
    r"(?<=[a-zåäö)])[.!?:](?=[A-ZÅÄÖ*][a-zåäö* ])|[ \t][*–][ \t]+|(?<=\w)\*[ \t]+|"
    r"(?<=[a-zåäö]{3})(?=[A-ZÅÄÖ][a-zåäö]{3})"
)
_MARKS: Final = frozenset(".!?:")
#: What lines are set in.
_MARKUP: Final = " \t*_#"
_CLAUSE: Final = re.compile(
    r"[,;:]\s|\s?\(|"
    # not within "ruotsin ja englannin kielen taito" and "hygienia- ja anniskelupassi"
    r"\s(?<!-\s)(?:(?<!n\s)|(?!(?:ja|sekä)\s\S+n\s(?:kiel|taito)))"
    r"(?:ja|sekä|mutta|vaan|och|samt|men|utan|and|but|as well as)\s(?:/\w+\s)?|"
    r"\s[–-]\s|\.\s"
)
_THAT: Final = re.compile(r"\W*(?:että|att|that)\b")
_CONDITION: Final = re.compile(r"\W*(?:jos|mikäli|om|ifall|if|in case)\b")
# "…, but it is not necessary", "(not required)": said of what stands before.
_REFERS: Final = re.compile(
    r"\W*(?:(?:mutta|but|men|vaikka)\s+)?(?:se|ne|nämä|tämä|it|this|they|these|det|den|detta)\b|"
    r"(?:ei (?:pakoll|välttäm|vaatim|edelly)|not (?:req|nec|mand)|inte (?:krav|nödv|oblig))"
)
_WORD: Final = re.compile(r"\w+")


class _Cue(IntEnum):
    """What a cue of strength says, the most telling first."""

    SURE = 0
    NEGATED = 1
    PLUS = 2
    HOPED = 3
    REQUIRED = 4
    DESCRIBED = 5
    OFFERED = 6


_ASKING: Final = frozenset({_Cue.HOPED, _Cue.REQUIRED, _Cue.DESCRIBED})
_STRENGTHS: Final = {
    _Cue.SURE: Strength.REQUIRED,
    _Cue.NEGATED: Strength.NEGATED,
    _Cue.PLUS: Strength.PLUS,
    _Cue.HOPED: Strength.HOPED,
    _Cue.REQUIRED: Strength.REQUIRED,
    _Cue.DESCRIBED: Strength.REQUIRED,
    _Cue.OFFERED: Strength.MENTIONED,
}
_SCANNER: Final = Scanner((_Cue[cue.upper()], cell) for cue, cell in cells("strengths", "cue"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of a text, its place, and the heading that it stands under.

    Parameters
    ----------
    start, end
        Where it stands in the text.
    low
        Its words in lower case.
    heading
        The lower-case heading above; empty if there is none.
    """

    start: int
    end: int
    low: str
    heading: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How firmly the clauses of one sentence ask.

    Parameters
    ----------
    ends
        Where each clause ends, from the beginning of the sentence.
    cues
        The most telling cue of each clause; None if it has none.
    aside
        Whether each clause stands in parentheses: a plus there is none for what is before.
    default
        What a clause without a cue near it says.
    """

    ends: tuple[int, ...]
    cues: tuple[_Cue | None, ...]
    aside: tuple[bool, ...]
    default: Strength

    def clause(self, at: int) -> int:
        """Return the number of the clause at a position of the sentence."""
        return next((i for i, end in enumerate(self.ends) if at < end), len(self.ends) - 1)

    def taken_back(self, at: int) -> bool:
        """Tell whether the next clause says of a list that it is not so."""
        here = self.clause(at)
        if here + 1 == len(self.ends) or self.aside[here + 1]:
            return False
        return self.cues[here] is None and self.cues[here + 1] is _Cue.NEGATED

    def span(self, at: int) -> tuple[int, int]:
        """Return where the clause at a position begins and ends."""
        here = self.clause(at)
        return (self.ends[here - 1] if here else 0), self.ends[here]

    def own(self, at: int) -> Strength | None:
        """Return what the clause at a position says itself; what is offered says nothing."""
        cue = self.cues[self.clause(at)]
        return None if cue in (None, _Cue.OFFERED) else _STRENGTHS[cue]

    def at(self, at: int) -> Strength:
        """Return how firmly something at a position is asked for."""
        here = self.clause(at)
        own = self.cues[here]
        if own is None:
            own = self._near(here)
        return self.default if own is None else _STRENGTHS[own]

    def _near(self, here: int) -> _Cue | None:
        # What is not needed is said of one thing; what is asked for often heads a list.
        before = [cue for cue in self.cues[:here] if cue not in (None, _Cue.NEGATED)]
        after = [
            cue
            for cue, aside in zip(self.cues[here + 1 :], self.aside[here + 1 :], strict=True)
            if cue is not None and not (aside and cue is _Cue.PLUS)
        ]
        return before[-1] if before else after[0] if after else None


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that are not headings."""
    low, heading, start = lower(text), "", 0
    for match in (*_BREAK.finditer(text), None):
        end = match.start() + (match[0][:1] in _MARKS) if match else len(text)
        piece = low[start:end]
        if _is_heading(text[start:end]):
            heading = piece
        elif piece.strip():
            yield Sentence(start, end, piece, heading)
        start = match.end() if match else end


def read(sentence: Sentence) -> Reading:
    """Return how firmly the clauses of a sentence ask."""
    parts = clauses(sentence.low)
    cues = [_cue(sentence.low[start:end]) for start, end in parts]
    heading = _cue(sentence.heading)
    if heading is _Cue.PLUS:
        # "A plus: you have a licence" describes who is wished for, and does not ask.
        cues = [_Cue.PLUS if cue is _Cue.DESCRIBED else cue for cue in cues]
    for i, (start, _) in enumerate(parts[1:], 1):
        if cues[i] in _ASKING and _THAT.match(sentence.low, start) and cues[i - 1] is not None:
            cues[i] = cues[i - 1]
        # "It is a plus if you have a licence": the condition asks for nothing by itself.
        if cues[i] in _ASKING and _Cue.PLUS in cues and _CONDITION.match(sentence.low, start):
            cues[i] = _Cue.PLUS
        if cues[i] is _Cue.NEGATED and _REFERS.match(sentence.low, start):
            _take_back(cues, i)
    aside = tuple(sentence.low[:start].endswith("(") for start, _ in parts)
    return Reading(tuple(end for _, end in parts), tuple(cues), aside, _default(sentence, heading))


def _take_back(cues: list[_Cue | None], before: int) -> None:
    """Let what is not needed after all reach back to the clause that asked for it."""
    for i in reversed(range(before)):
        asked, cues[i] = cues[i], _Cue.NEGATED
        if asked is not None:
            return


def clauses(low: str) -> list[tuple[int, int]]:
    """Return where the clauses of a lower-case sentence begin and end."""
    breaks = list(_CLAUSE.finditer(low))
    starts = (0, *(match.end() for match in breaks))
    ends = (*(match.end() for match in breaks), len(low))
    return list(zip(starts, ends, strict=True))


def _cue(low: str) -> _Cue | None:
    return min((hit.key for hit in _SCANNER.find(low)), default=None)


def _default(sentence: Sentence, heading: _Cue | None) -> Strength:
    if heading is not None:
        return _STRENGTHS[heading]
    bare = len(_WORD.findall(sentence.low)) <= BARE_WORDS
    return Strength.REQUIRED if bare else Strength.MENTIONED


def _is_heading(line: str) -> bool:
    line = line.strip(_MARKUP)
    if not line or len(line) > HEADING_LENGTH or len(line.split()) > HEADING_WORDS:
        return False
    return line.endswith((":", "?")) or _USUAL.fullmatch(lower(line)) is not None


_USUAL: Final = re.compile(
    r"(?:(?:pätevyys|kelpoisuus)?(?:vaatimukset|vaatimus|ehdot)|odotukset|odotamme(?: sinulta)?|"
    r"edellytämme|eduksi(?: katsotaan| luetaan)?|hakijalta (?:odotetaan|edellytetään)|tarjoamme|"
    r"krav|behörighetskrav|kvalifikationer|meriterande|vi förväntar oss|vi erbjuder|"
    r"requirements|qualifications|nice to have|we offer|benefits|what we offer|we expect)[!.]?"
)
