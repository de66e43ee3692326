"""What can be chosen in the form of a need, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from api.web.need_form import ANY_LEVEL, SPOKEN
from matcher.domain.codes import LICENCE_INCLUDES, languages
from matcher.domain.parts import Cefr, Support, WorkExtent, WorkingTime
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.match.employer.insight_words import SUPPORTS

Options = Sequence[tuple[str, str]]
_TIMES: Final[Mapping[WorkingTime, Message]] = {
    WorkingTime.DAY: msg("Day work"),
    WorkingTime.EVENING: msg("Evening work"),
    WorkingTime.NIGHT: msg("Night work"),
    WorkingTime.WEEKEND: msg("Weekend work"),
    WorkingTime.SHIFT: msg("Shift work"),
    WorkingTime.PERIOD: msg("Period-based work"),
    WorkingTime.FLEXIBLE: msg("Flexible hours"),
    WorkingTime.WEEKDAY: msg("Weekdays"),
}
_EXTENTS: Final[Mapping[WorkExtent, Message]] = {
    WorkExtent.FULL_TIME: msg("Full-time"),
    WorkExtent.PART_TIME: msg("Part-time"),
}
_NO_LEVEL: Final = msg("Not needed")
_ANY: Final = msg("Needed, the level does not matter")
_UNTOLD, _YES, _NO = msg("Not told yet"), msg("Yes"), msg("No")
_HIDDEN: Final = msg("No: it is shown to coaches of the employment services only")
_PUBLIC: Final = msg("Yes: it is advertised elsewhere too")
_SUPPORT_HINTS: Final[Mapping[Support, Message]] = {
    Support.WORK_TRIAL: msg("tries the work out, without pay, for a limited time"),
    Support.PAY_SUBSIDY: msg("you pay wages; part of them may be granted to you as a subsidy"),
    Support.TRAINING_AGREEMENT: msg("studies at the workplace without an employment contract"),
    Support.APPRENTICESHIP: msg("studies in an employment contract"),
    Support.JOB_COACHING: msg("a coach helps both of you at the beginning"),
}


def choices_in(lang: Lang) -> Mapping[str, Options]:
    """Return what can be chosen at each field, as pairs of value and words."""
    words = Words.of(lang)
    yes_no = [("yes", words(_YES)), ("no", words(_NO))]
    return {
        "language": [(each, _begun(languages()[each].name.best(lang))) for each in Lang],
        "level": [
            ("", words(_NO_LEVEL)),
            (ANY_LEVEL, words(_ANY)),
            *((level, level) for level in Cefr if level is not Cefr.NATIVE),
        ],
        "spoken": [(code, languages()[code].name.best(lang)) for code in SPOKEN],
        "licences": [(each, each) for each in LICENCE_INCLUDES],
        "times": [(each, words(name)) for each, name in _TIMES.items()],
        "extents": [(each, words(name)) for each, name in _EXTENTS.items()],
        "remote": [("", words(_UNTOLD)), *yes_no],
        "hidden": [("yes", words(_HIDDEN)), ("no", words(_PUBLIC))],
        "support": [(each, _support(each, words)) for each in Support],
        "support_names": [(each, words(SUPPORTS[each])) for each in Support],
    }


def _support(support: Support, words: Words) -> str:
    return f"{_begun(words(SUPPORTS[support]))}: {words(_SUPPORT_HINTS[support])}"


def _begun(words: str) -> str:
    """Return words as they stand at the beginning of a line."""
    return f"{words[:1].upper()}{words[1:]}"
