"""Driving licence classes as they are written in advertisements and by people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.domain.codes import LICENCE_INCLUDES
from matcher.requirements.cues import Hit

#: The ordinary licence, which one means who names no class.
ORDINARY: Final = "B"
_CLASSES: Final = "|".join(
    sorted((name.lower() for name in LICENCE_INCLUDES), key=len, reverse=True)
)
_ONE: Final = rf"(?:{_CLASSES})"
_BETWEEN: Final = r"\s*(?:/|,|-?\s*(?:tai|ja|or|and|eller|och)\s)\s*"
_LIST: Final = rf"{_ONE}(?:{_BETWEEN}{_ONE}(?![\w]))*"
_CARD: Final = r"(?:ajokort\w*|körkort\w*|(?:driving|driver['’]?s?|drivers)\s+licen[cs]e\w*)"
_CLASS: Final = r"(?:luok\w+|klass\w*|class|category|kategori\w*)"
_PATTERN: Final = re.compile(
    # "B-kortti", "C- tai CE-kortti", "luokan B ajokortti", "C-luokan", "CE-kuljettaja"
    rf"(?<![\w/])(?!a\s+driv)(?P<before>{_LIST})[-–\s]{{0,2}}(?:{_CLASS}\s+)?"
    rf"(?:{_CARD}|ajolu[pv]\w*|kort(?:ti|in|tia|illa|illi\w+|it|teja|illinen)\b|"
    rf"(?:yhdistelmä)?kuljettaj\w+|körkort\w*)"
    # "ajokortti B", "körkort (klass B)", "driving licence (class A1 or B)"
    rf"|(?<!\w){_CARD}(?:[\s,:(–-]+(?:{_CLASS}|vähintään|minst|minimum|at\s+least|of|for|av|för|i)\b)*"
    rf"(?:[\s,:(–-]{{1,3}}(?P<after>{_LIST})(?![\w]))?"
)
_SPLIT: Final = re.compile(rf"(?<!\w){_ONE}(?!\w)")
_ALL: Final = re.compile(r"\b(?:ja|and|och)\b")
_ANCHORS: Final = ("kort", "ajolu", "licen", "kuljettaj")


def licences(low: str) -> Iterator[Hit[tuple[str, ...]]]:
    """Yield the classes that a lower-case text names, alternatives together.

    ``C/CE`` and ``C tai CE`` are alternatives; of ``C ja CE`` both are meant, each by itself.
    A licence without a class is the ordinary one.
    """
    if not any(anchor in low for anchor in _ANCHORS):
        return
    for match in _PATTERN.finditer(low):
        named = match["before"] or match["after"] or ""
        found = tuple(dict.fromkeys(name.upper() for name in _SPLIT.findall(named))) or (ORDINARY,)
        if _ALL.search(named):
            for name in found:
                yield Hit((name,), match.start(), match.end())
        else:
            yield Hit(found, match.start(), match.end())
