"""Lists in a sentence: things one after another, which an *or* makes alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

#: What may stand between members of a list beside the comma or the *or*.
_FILLER: Final = (
    r"(?:kielen|kieltä|kiel\w*|kort\w*|tutkin\w*|koulutu\w*|pätevyy\w*|vähintään|joko|sekä|both|either|"
    r"language|degree|license|licence|\(?amk\)?|hyv\w+|sujuv\w+|fluent|good|in|i|perus|taito\w*|taid\w*)"
)
_OR: Final = re.compile(
    rf"[\s)(-]*(?:{_FILLER}[\s)-]*)?(?:/|,?\s*\b(?:tai|taikka|or|eller|ja/tai|and/or|och/eller)\b)"
    rf"[\s-]*(?:{_FILLER}\s+)?(?:\w+\s)?"
)
_COMMA: Final = re.compile(rf"[\s)(-]*(?:{_FILLER}[\s)-]*)?,[\s-]*(?:{_FILLER}\s+)?")


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Member = TypeVar("Member", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Run(Generic[Member]):
    """Members of one list, and whether any of them will do."""

    members: tuple[Member, ...]
    alternatives: bool


def runs(low: str, members: Sequence[Member]) -> Iterator[Run[Member]]:
    """Yield the members of a lower-case sentence list by list.

    ``a, b or c`` is a list of alternatives; ``a, b and c`` is three things.
    """
    run: list[Member] = []
    either = False
    for member in members:
        between = low[run[-1].end : member.start] if run else ""
        if run and not (_OR.fullmatch(between) or _COMMA.fullmatch(between)):
            yield Run(tuple(run), either)
            run, either = [], False
        elif run:
            either = either or _OR.fullmatch(between) is not None
        run.append(member)
    if run:
        yield Run(tuple(run), either)
