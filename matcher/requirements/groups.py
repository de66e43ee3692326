"""For whom a service or a training is, by age, as its title says it.

Its text tells what one gets there and whom one meets; only the title says whom it is for.
"""

from __future__ import annotations

import re
from typing import Final

#: Ages between which groups of grown-up clients are told apart: what a title says of others, as
#: of the children that one learns to care for, is not said of who comes.
_FIRST: Final = 15
_LAST: Final = 75
_DASH: Final = r"\s?[-–—]\s?"
_BETWEEN: Final = re.compile(
    rf"\b(\d\d){_DASH}(\d\d)(?:[- ]?vuotia|[- ]?v\.|[- ]?år|[ -]?year)"
    r"|\b(?:aged|ages) (\d\d)(?: to | and |\s?[-–]\s?)(\d\d)\b",
    re.IGNORECASE,
)
_UNDER: Final = re.compile(
    r"\b(?:alle (\d\d)[- ]?vuotia(?:ille|alle|s|at)\b|(?:för|åt) \w*\s?under (\d\d)\b"
    r"|under (\d\d) år\b|\bunder[- ](\d\d)s?\b)",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:yli (\d\d)[- ]?vuotia(?:ille|alle|s|at)\b|(\d\d)[- ]?vuotta täyttäne"
    r"|(?:fyllt|över) (\d\d)\b|\bover[- ](\d\d)s?\b)",
    re.IGNORECASE,
)


def ages_in_title(title: str) -> str | None:
    """Return the ages that a title says something is for, as ``16-29``, ``0-29`` or ``50``.

    Parameters
    ----------
    title
        Of a service or a training, in Finnish, Swedish or English.

    Returns
    -------
    str or None
        The least and the greatest age in full years, or the least alone; None if the title
        says nothing of ages.
    """
    if found := _BETWEEN.search(title):
        least, most = _numbers(found)
        return f"{least}-{most}" if _FIRST <= least < most <= _LAST else None
    if found := _UNDER.search(title):
        [beyond] = _numbers(found)
        return f"0-{beyond - 1}" if _FIRST < beyond <= _LAST else None
    if found := _OVER.search(title):
        [least] = _numbers(found)
        return str(least) if _FIRST <= least <= _LAST else None
    return None


def _numbers(found: re.Match[str]) -> list[int]:
    return [int(one) for one in found.groups() if one]
