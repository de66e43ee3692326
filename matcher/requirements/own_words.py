"""What people say of themselves: cards, licences, a car and qualifications they have or lack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from matcher.domain.parts import WorkingTime
from matcher.requirements.cues import Scanner, cells, lower
from matcher.requirements.finding import Found, find, in_sentence
from matcher.requirements.sentences import Sentence, clauses, sentences
from matcher.requirements.statement import Held, Told, Topic

#: People kept with what they tell.
KEPT: Final = 4_096
_TOPICS: Final = frozenset({Topic.LICENCE, Topic.CARD, Topic.CAR, Topic.QUALIFICATION})
_NOT: Final = re.compile(
    r"\b(?:ei|en|eivät|eikä|enkä|inte|ingen|inget|inga|saknar|no|not|never|cannot|can't|don't|without|ilman|utan)\b"
)
#: What somebody can do, unless the same words set a limit to it, is no restriction.
_CAN: Final = re.compile(
    r"\b(?:voi|voin|voidaan|pystyy|pystyn|onnistuu|sopii|saa|kestää|käy|klarar|kan|passar|can|able|"
    r"ok|okay|fine)\b"
)
_LIMIT: Final = re.compile(
    r"\b(?:korkeintaan|enintään|alle|högst|max(?:imum|imalt|imissaan)?|under|at most|up to)\b"
)
_ONLY: Final = re.compile(r"\b(?:vain|ainoastaan|endast|bara|only)\b")
_SENSES: Final = Scanner((Held(sense), cell) for sense, cell in cells("own_words", "held"))
_WISHES: Final = Scanner(cells("wishes", "wish"))
_BURDENS: Final = Scanner(cells("burdens", "code", ("cannot_fi", "cannot_sv", "cannot_en")))
#: Times that day work leaves out.
_NOT_BY_DAY: Final = {WorkingTime.EVENING, WorkingTime.NIGHT, WorkingTime.SHIFT}


@lru_cache(maxsize=KEPT)
def read_told(text: str) -> tuple[Told, ...]:
    """Return what a person tells that they have, lack or are getting.

    Parameters
    ----------
    text
        In the person's or the coach's words; degrees one by one will do.

    Returns
    -------
    tuple of Told
        Wishes are left out: who would like a licence has told nothing of having one.
    """
    found = [one for one in find(text) if one.topic in _TOPICS]
    if not found:
        return ()
    return tuple(
        told for sentence in sentences(text) for told in _of_sentence(text, sentence, found)
    )


@lru_cache(maxsize=KEPT)
def read_cannot(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the times of work and the burdens that a restriction rules out.

    Parameters
    ----------
    text
        What a person cannot do, in plain words: ``ei yötyötä``, ``no heavy lifting``.

    Returns
    -------
    tuple of (times, burdens)
        Codes; both empty if the words are none that the tables know.
    """
    low = lower(text)
    times: set[str] = set()
    burdens: set[str] = set()
    able = _CAN.search(low)
    for start, end in clauses(low):
        clause = low[start:end]
        named = {code for one in find(clause) if one.topic is Topic.TIME for code in one.codes}
        if _restricts(clause) or not able:
            burdens |= {hit.key for hit in _BURDENS.find(clause)}
        if _NOT.search(clause):
            times |= named - {WorkingTime.DAY}
        elif WorkingTime.DAY in named and _ONLY.search(clause):
            times |= _NOT_BY_DAY
    return frozenset(times), frozenset(burdens)


def _restricts(clause: str) -> bool:
    """Tell whether a clause says what is not possible, or not beyond a limit."""
    return any(word.search(clause) for word in (_NOT, _ONLY, _LIMIT))


def _of_sentence(text: str, sentence: Sentence, found: list[Found]) -> Iterator[Told]:
    shown = " ".join(text[sentence.start : sentence.end].split())
    inside = [one for one in found if sentence.start <= one.start < sentence.end]
    for one in in_sentence(text, sentence, inside):
        held = _held(sentence.low, one.start)
        if held:
            yield Told(one.topic, held, one.codes, shown, sentence.start, sentence.end)


def _held(low: str, at: int) -> Held | None:
    clause = next(low[start:end] for start, end in clauses(low) if at < end)
    if _NOT.search(clause):
        return Held.NO
    if next(_WISHES.find(clause), None):
        return None
    return next((hit.key for hit in _SENSES.find(clause)), Held.YES)
