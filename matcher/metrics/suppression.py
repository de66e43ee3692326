"""Keeping small groups out of published tables, also from those who subtract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.errors import InputError

#: Smaller groups are not counted out: one could recognise somebody.
SMALLEST_COUNT: Final = 5


def hidden_groups(
    counts: Mapping[str, int], wholes: Mapping[str, int] | None = None
) -> frozenset[str]:
    """Return the groups whose counts must not be shown beside the sum of all groups.

    Hidden are counts under `SMALLEST_COUNT`, nought included, and counts that leave fewer
    than that of their whole, which would tell of the few others. Then the smallest of the
    shown ones follow until the sum minus what is shown tells nothing: at least two groups
    are hidden, and together they are no small group.

    Parameters
    ----------
    counts
        How many people are in each group; everybody is in one group only.
    wholes
        How many people each group has in all, if the counts are of a part of them.

    Raises
    ------
    InputError
        If a count is negative, or more than its whole.

    References
    ----------
    Cox, L. H. (1980). Suppression methodology and statistical disclosure control. Journal of
    the American Statistical Association 75(370).
    Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """
    rest = {} if wholes is None else {name: wholes[name] - n for name, n in counts.items()}
    _check(counts, rest)
    hidden = {
        name
        for name, n in counts.items()
        if n < SMALLEST_COUNT or rest.get(name, SMALLEST_COUNT) < SMALLEST_COUNT
    }
    shown = sorted(counts.keys() - hidden, key=lambda name: (counts[name], name))
    while hidden and shown and not _is_safe(hidden, counts, rest):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _is_safe(hidden: set[str], counts: Mapping[str, int], rest: Mapping[str, int]) -> bool:
    together = sum(counts[name] for name in hidden)
    others = sum(rest[name] for name in hidden) if rest else SMALLEST_COUNT
    return len(hidden) > 1 and min(together, others) >= SMALLEST_COUNT


def _check(counts: Mapping[str, int], rest: Mapping[str, int]) -> None:
    for name, n in counts.items():
        if n < 0 or rest.get(name, 0) < 0:
            raise InputError(
                f"The group {name!r} has the count {n}, which cannot be.",
                remedy="Counts are at least 0 and at most their whole.",
            )
