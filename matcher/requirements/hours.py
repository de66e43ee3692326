"""Working hours given in numbers: times of the day, and hours or days a week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from matcher.domain.parts import WorkExtent, WorkingTime
from matcher.requirements.cues import Hit

#: Night work is work done between 23 and 6 (työaikalaki 872/2019, 8 §).
NIGHT_FROM, NIGHT_TO = 23.0, 6.0
#: Evening work begins at 18 (kunnallinen yleinen virka- ja työehtosopimus, KVTES, and most
#: other collective agreements; the law names no hour).
EVENING_FROM: Final = 18.0
#: Fewer hours a week than the first are part time, as the OECD counts, and from the second
#: on they are full time, as collective agreements do; no law draws a line between them.
PART_BELOW, FULL_FROM = 30.0, 35.0
#: More hours a week than this are no working week.
LONGEST: Final = 60.0
#: So many days or shifts a week at most is part time.
PART_DAYS: Final = 4
_HOUR: Final = r"(\d{1,2})(?:[.:](\d{2}))?"
_CLOCK: Final = re.compile(
    rf"(?<![\d.,+])(klo\.?\s*|kello\s*|kl\.?\s*)?{_HOUR}\s*[-–]\s*{_HOUR}"
    r"(?![\d.]*\d|\s*(?:h\b|%|€|e/|eur|vuot|kk|tun|kg|h/))"
)
_AT_WORK: Final = re.compile(
    r"työaika|työajat|työaja|työvuoro|vuorot|työskent|työtä tehdään|työpäiv|siivous|"
    r"työ (?:on|sijoittuu|tehdään|tapahtuu)|arbetstid|arbetstur|arbetspass|"
    r"working hours|work hours|work time|shift"
)
_CALLS: Final = re.compile(
    r"\bpuh|soit|tavoit|lisätie|haastatt|mennessä|yhtey|hakuaika|haku päät|"
    r"kontakt|ringa|\bsvara|contact|call"
)
_WEEKLY: Final = re.compile(
    r"(?<!vähintään )(?<!at least )(?<!minst )(?<![\d.,/])"
    r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:[-–]\s*(\d{1,2}(?:[.,]\d{1,2})?))?\s*"
    r"(?:h|t|tun\w*|timm\w*|tim|hours?|hrs?)\s*(?:/|per\s|a\s|i\s|\s)\s*"
    r"(?:vko|vk|viik\w*|veck\w*|week)\b"
)
_DAYS: Final = re.compile(
    r"(?<![\d.,/])(\d)\s*(?:[-–]\s*(\d))?\s*(?:työ)?(?:päivää|vuoroa|dagar|arbetsturer|days|shifts)"
    r"\s*(?:/|per\s|a\s|i\s)?\s*(?:viikossa|viikko|vko|vk|veckan?|week)\b"
)
_ELSEWHERE: Final = re.compile(r"etä|remote|distans|toimisto|office|kontor|hybrid")


def calls(low: str) -> bool:
    """Tell whether a lower-case sentence says how and when to get in touch."""
    return _CALLS.search(low) is not None


def clock_times(low: str) -> Iterator[Hit[tuple[str, ...]]]:
    """Yield the times of work that clock times in a lower-case sentence mean.

    Only in a sentence about working time, not one that says when somebody answers calls.
    """
    if not any(char.isdigit() for char in low) or not _AT_WORK.search(low) or calls(low):
        return
    for match in _CLOCK.finditer(low):
        begins, ends = _hour(match[2], match[3]), _hour(match[4], match[5])
        marked = match[1] or match[3] or match[5] or "välillä" in low or "välise" in low
        if begins <= 24 and ends <= 24 and marked and (times := _times(begins, ends)):
            yield Hit(times, match.start(), match.end())


def weekly(low: str) -> Iterator[Hit[tuple[str, ...]]]:
    """Yield whether the hours or days a week in a lower-case sentence are part or full time."""
    if not any(char.isdigit() for char in low):
        return
    for match in _WEEKLY.finditer(low):
        extent = _extent([_number(group) for group in match.groups() if group])
        if extent:
            yield Hit((extent,), match.start(), match.end())
    if not _ELSEWHERE.search(low):
        for match in _DAYS.finditer(low):
            if max(int(group) for group in match.groups() if group) <= PART_DAYS:
                yield Hit((WorkExtent.PART_TIME,), match.start(), match.end())


def _times(begins: float, ends: float) -> tuple[str, ...]:
    over_midnight = ends <= begins
    found = []
    if ends > EVENING_FROM or over_midnight:
        found.append(WorkingTime.EVENING)
    if begins < NIGHT_TO or ends > NIGHT_FROM or over_midnight:
        found.append(WorkingTime.NIGHT)
    return tuple(found)


def _extent(hours: list[float]) -> WorkExtent | None:
    """Return the extent that a range of hours means; between part and full time none."""
    if FULL_FROM <= max(hours) <= LONGEST:
        return WorkExtent.FULL_TIME
    return WorkExtent.PART_TIME if 0 < min(hours) < PART_BELOW else None


def _hour(hour: str, minute: str | None) -> float:
    return int(hour) + int(minute or 0) / 60


def _number(text: str) -> float:
    return float(text.replace(",", "."))
