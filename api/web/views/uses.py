"""Uses of a person's data that are told in one line: the same by the same on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

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
    alike: dict[tuple[date, str, str, str, str], list[SeenAnswer]] = {}
    for one in seen:
        key = one.at.date(), one.account, one.who, one.what, one.why
        alike.setdefault(key, []).append(one)
    return [
        Uses(uses[-1].at, uses[0].at, len(uses), who, what, why)
        for (_, _, who, what, why), uses in alike.items()
    ]
