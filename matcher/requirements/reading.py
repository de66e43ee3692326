"""What an advertisement states that it asks for, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from matcher.requirements.cues import Scanner, cells
from matcher.requirements.finding import Found, find, in_sentence
from matcher.requirements.hours import calls
from matcher.requirements.lists import runs
from matcher.requirements.sentences import Reading, Sentence, read, sentences
from matcher.requirements.statement import Stated, Strength, Topic

#: Texts kept with what they state: about as many offers as one region has.
KEPT: Final = 20_000
_SOFT: Final = {
    topic: Scanner(each for each in cells("softeners", "topic") if each[0] == topic)
    for topic in (Topic.TIME, Topic.EXTENT)
}
#: A sentence that names a profession asks for its qualification only with such a word.
_DEGREE: Final = re.compile(
    r"tutkin|kelpoisuu|pätev|koulutu|koulutet|laillist|rekister|valvir|nimikesuoj|"
    r"behörig|examen|legitim|utbildning|"
    r"degree|qualifi|licen|diploma|graduate|bachelor|registered"
)
#: That evenings are paid extra does not say that they are worked.
_PAID: Final = re.compile(
    r"lis(?:ä|ät|iä|ien|än|ineen|istä|äksi)\b|tillägg|supplement|allowance|\+ ?\d+ ?%"
)
_SEEKS: Final = re.compile(
    r"\b(?:haemme|etsimme|haetaan|etsitään|haussa|hakee|etsii|tarvitsemme|"
    r"söker|looking for|seeking)\b"
)
_SHIFTS: Final = re.compile(r"vuoroty|skiftarb|shift work")
#: What a sentence states as a fact of the work, whether or not it says that it is required.
_FACTS: Final = frozenset(
    {Topic.TIME, Topic.EXTENT, Topic.REMOTE, Topic.BURDEN, Topic.CHECK, Topic.AGE}
)
_NOT: Final = re.compile(r"\b(?:ei|eikä|eivät|emme|inte|inga|inget|no|not|never)\b")
_ALTERNATIVES: Final = frozenset({Topic.CARD, Topic.QUALIFICATION})


@lru_cache(maxsize=KEPT)
def read_requirements(text: str) -> tuple[Stated, ...]:
    """Return what a text states that it asks for, in the order of the text.

    Parameters
    ----------
    text
        Of an advertisement, in Finnish, Swedish, English or several of them.

    Returns
    -------
    tuple of Stated
        The same thing may be stated more than once, and differently.
    """
    found = find(text)
    if not found:
        return ()
    pieces = list(sentences(text))
    starts = [piece.start for piece in pieces]
    placed = ((bisect_right(starts, one.start) - 1, one) for one in found)
    return tuple(
        stated
        for number, group in groupby(placed, key=lambda pair: pair[0])
        if number >= 0
        for stated in _of_sentence(text, pieces[number], [one for _, one in group])
    )


@lru_cache(maxsize=KEPT)
def read_title(title: str) -> tuple[Stated, ...]:
    """Return what a title states: as a text does, and the professions that it names.

    Who looks for a nurse asks for a nurse's qualification without saying so.
    """
    found = find(title)
    named = [one for one in found if one.topic is Topic.QUALIFICATION]
    professions = (
        Stated(one.topic, Strength.REQUIRED, one.codes, title, 0, len(title)) for one in named
    )
    rest = (one for one in read_requirements(title) if one.topic is not Topic.QUALIFICATION)
    return (*professions, *rest)


def _of_sentence(text: str, sentence: Sentence, found: list[Found]) -> Iterator[Stated]:
    asked = _asked(in_sentence(text, sentence, found), sentence.low)
    known = sorted(asked, key=lambda one: one.start)
    if not known:
        return
    reading = read(sentence)
    shown = " ".join(text[sentence.start : sentence.end].split())
    seen = set()
    for one in known:
        if one.topic in _FACTS:
            strength = _fact(reading, one, sentence.low)
        else:
            strength = reading.at(one.start)
        if one.level and strength is Strength.MENTIONED:
            strength = Strength.REQUIRED  # nobody states a level in passing
        stated = Stated(
            one.topic, strength, one.codes, shown, sentence.start, sentence.end, one.level
        )
        if stated not in seen:
            seen.add(stated)
            yield stated


def _fact(reading: Reading, one: Found, low: str) -> Strength:
    begin, end = reading.span(one.start)
    own, before = reading.own(one.start), low[begin : one.start]
    if own is Strength.NEGATED or _NOT.search(before) or reading.taken_back(one.start):
        return Strength.NEGATED
    if own is Strength.PLUS:
        return own
    # Times come in lists that one word makes possible; an extent is spoken of by itself.
    near = low[begin:end] if one.topic is Topic.EXTENT else low
    soft = one.topic in _SOFT and next(_SOFT[one.topic].find(near), None)
    return Strength.PLUS if soft else Strength.REQUIRED


def _asked(found: Iterable[Found], low: str) -> Iterator[Found]:
    """Yield what the sentence does speak of, alternatives together."""
    # When somebody answers calls, and what is paid for evenings, are no times of work.
    aside = (_PAID.search(low) or calls(low)) and not _SHIFTS.search(low)
    spoken = [one for one in found if not (one.topic is Topic.TIME and aside)]
    for topic, same in groupby(sorted(spoken, key=lambda one: one.topic), lambda one: one.topic):
        members = list(same)
        if topic is Topic.QUALIFICATION:
            members = [one for one in members if _DEGREE.search(low) or _sought(low, one)]
        if topic not in _ALTERNATIVES:
            yield from members
            continue
        for run in runs(low, members):
            if run.alternatives:
                codes = tuple(dict.fromkeys(code for one in run.members for code in one.codes))
                yield run.members[0]._replace(codes=codes, end=run.members[-1].end)
            else:
                yield from run.members


def _sought(low: str, one: Found) -> bool:
    """Tell whether somebody of a profession is looked for, in the case that verbs ask for."""
    ending = low[one.start : one.end].endswith(("a", "ä", "ksi", "are", "e", "s", "t"))
    return ending and _SEEKS.search(low[: one.start]) is not None
