"""Uses of a person's data in a row that are told in one line: the same by the same on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from api.schemas.decisions import SeenAnswer


@dataclass(frozen=True, slots=True)
class Uses:
    """One line.

    Parameters
    ----------
    first, last
        When it began and when it ended, as clocks in Finland show it.
    times
        How often; 1 for one that stands alone.
    who, what, why
        In the person's words.
    """

    first: datetime
    last: datetime
    times: int
    who: str
    what: str
    why: str


def in_rows(seen: Iterable[SeenAnswer]) -> list[Uses]:
    """Return the lines of uses that are told newest first; two accounts never share a line."""
    lines = []
    for (_, _, who, what, why), found in groupby(seen, key=_alike):
        uses = list(found)
        lines.append(Uses(uses[-1].at, uses[0].at, len(uses), who, what, why))
    return lines


def _alike(one: SeenAnswer) -> tuple[date, str, str, str, str]:
    return one.at.date(), one.account, one.who, one.what, one.why
