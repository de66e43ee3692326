"""Whom other weights would leave behind: what changes for groups of people.

Groups are told by facts that no ranking reads: the language of the profile and the first
language, having moved to Finland, the home, the age, and whether limits of health or care
were stated. They are read for this check alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.profile import Profile
from matcher.domain.situation import Situation, age_on
from matcher.encode.protocol import Vectors
from matcher.match.bands import GOOD_FROM

Floats = NDArray[np.float64]

#: Smaller groups of held-out people are not judged: chance moves them.
LEAST_GROUP: Final = 10
#: A group may lose no more nDCG@10 than this on average.
MOST_LOST: Final = 0.02
#: The share of *good* and *strong* among the first of a list may move no further than this,
#: for everybody, and for a group beside everybody: bands would no longer mean the same.
MOST_BAND_SHIFT: Final = 0.05
#: So many first ones of a list are looked at.
FIRST: Final = 10
EVERYBODY: Final = "everybody"
#: Ages at which one group ends and the next begins: the young and the older jobseekers.
_AGES: Final = (25, 55)
_OFFICIAL: Final = frozenset({"fi", "sv"})


def groups_of(profile: Profile, situation: Situation, on: date) -> tuple[str, ...]:
    """Return the groups of a person, as in ``("language fi", "age under 25")``.

    Parameters
    ----------
    profile, situation
        Whose; what is not known tells of no group.
    on
        The day for which the age is told.
    """
    found = [f"language {profile.language}"]
    if profile.municipality:
        found.append(f"municipality {profile.municipality}")
    if profile.birth_date is not None:
        found.append(f"age {_age_group(profile.birth_date, on)}")
    if situation.first_language is not None:
        own = situation.first_language
        found.append(f"first language {own if own in _OFFICIAL else 'other'}")
    if situation.immigrant is not None:
        found.append("moved to Finland" if situation.immigrant else "not moved to Finland")
    found.append("limits stated" if profile.restrictions else "no limits stated")
    return tuple(found)


def good_share(listed: Vectors, weights: Floats) -> float:
    """Return the share of *good* and *strong* among the first of a list.

    Parameters
    ----------
    listed
        float32, shape (candidates, features), at least one.
    weights
        float64, shape (features,).
    """
    first = np.sort(listed @ weights)[::-1][:FIRST]
    return float((first >= GOOD_FROM).mean())


def means(groups: Sequence[Sequence[str]], values: Sequence[float]) -> dict[str, float]:
    """Return the mean of everybody, and of each group of at least `LEAST_GROUP` people.

    Parameters
    ----------
    groups, values
        Of each person; the mean of nobody is 0.
    """
    told: dict[str, list[float]] = defaultdict(list)
    for each, value in zip(groups, values, strict=True):
        for group in each:
            told[group].append(value)
    everybody = {EVERYBODY: float(np.mean(values)) if len(values) else 0.0}
    return everybody | {
        name: float(np.mean(one)) for name, one in sorted(told.items()) if len(one) >= LEAST_GROUP
    }


def out_of_bounds(changes: Mapping[str, float], shifts: Mapping[str, float]) -> Iterator[str]:
    """Yield what goes further than it may.

    Parameters
    ----------
    changes
        Mean change of nDCG@10 by group.
    shifts
        Mean change of `good_share` by group, everybody among them.
    """
    for name, change in changes.items():
        if name != EVERYBODY and change < -MOST_LOST:
            yield f"{name} would lose {-change:.3f} on average; at most {MOST_LOST} is allowed"
    whole = shifts[EVERYBODY]
    if abs(whole) > MOST_BAND_SHIFT:
        yield (
            f"the share of good matches among the first {FIRST} would move by {whole:+.3f}; "
            f"at most {MOST_BAND_SHIFT} is allowed, since bands would no longer mean the same"
        )
    for name, shift in shifts.items():
        if abs(shift - whole) > MOST_BAND_SHIFT:
            yield (
                f"the share of good matches among the first {FIRST} of {name} would move by "
                f"{shift:+.3f}, for everybody by {whole:+.3f}; at most {MOST_BAND_SHIFT} apart "
                "is allowed"
            )


def _age_group(birth: date, on: date) -> str:
    age = age_on(birth, on)
    young, older = _AGES
    if age < young:
        return f"under {young}"
    return f"{young} to {older - 1}" if age < older else f"from {older}"
