"""Protected attributes of invented people: plausible, and drawn apart from what they can do.

Age, sex and duration follow nothing that a profile says, so that groups differ by chance only;
the first language is that of the profile.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from matcher.region.chance import Dice, Weighted
from matcher.region.families import Row

#: Jobseekers of a region by age, roughly as registers have them.
_AGES: Final = Weighted.of({(18, 24): 13, (25, 34): 25, (35, 44): 23, (45, 54): 18, (55, 64): 21})
_SEXES: Final = Weighted.of({"male": 54, "female": 45, "other": 1})
#: Days without work.
_DURATIONS: Final = Weighted.of({(1, 90): 34, (91, 364): 30, (365, 729): 17, (730, 2500): 19})
#: What ages and durations are counted from, so that the same seed gives the same people.
_COUNTED: Final = date(2026, 11, 1)
_KNOWN: Final = 0.96


def attributes_row(profile: Row, dice: Dice) -> Row:
    """Return the attributes of a profile of the own format, some of them unknown.

    Parameters
    ----------
    profile
        As `matcher.region.people.profile_row` gives it.
    dice
        A stream of its own.
    """
    known: Row = {
        "birth_year": _COUNTED.year - dice.whole(*dice.draw(_AGES)),
        "sex": dice.draw(_SEXES),
        "unemployed_since": (
            _COUNTED - timedelta(days=dice.whole(*dice.draw(_DURATIONS)))
        ).isoformat(),
    }
    row = {"profile": profile["id"]} | {k: v for k, v in known.items() if dice.chance(_KNOWN)}
    tongue = _tongue(profile)
    return row | ({"first_language": tongue} if tongue else {})


def _tongue(profile: Row) -> str | None:
    """Return the first language, if the profile tells it."""
    told = (str(each) for each in profile.get("languages", ()))
    return next((each.partition(":")[0] for each in told if each.endswith(":native")), None)
