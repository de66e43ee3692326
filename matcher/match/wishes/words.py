"""What clients do not want, and why an offer does not suit, in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from matcher.domain.feedback import Limit, Reason
from matcher.domain.parts import WorkingTime
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words

REASONS: Final[dict[Reason, Message]] = {
    Reason.TOO_FAR: msg("too far away"),
    Reason.SHIFTS: msg("the working times do not suit"),
    Reason.EMPLOYER: msg("not this employer"),
    Reason.PAY: msg("the pay"),
    Reason.SKILLS_MISSING: msg("skills are missing"),
    Reason.LANGUAGE: msg("language skills are missing"),
    Reason.HEALTH: msg("a health restriction"),
    Reason.NOT_INTERESTED: msg("not interested"),
    Reason.ALREADY_APPLIED: msg("has applied already"),
    Reason.OTHER: msg("another reason"),
}
_WISHES: Final[dict[Limit, Message]] = {
    Limit.OFFER: msg("the client's own wish of {day}: not this one"),
    Limit.EMPLOYER: msg("the client's own wish of {day}: not the employer ”{employer}”"),
    Limit.TIMES: msg("the client's own wish of {day}: none of these working times: {times}"),
    Limit.DISTANCE: msg("the client's own wish of {day}: nearer than {km}"),
}
_TIMES: Final[dict[WorkingTime, Message]] = {
    WorkingTime.EVENING: msg("evening work"),
    WorkingTime.NIGHT: msg("night work"),
    WorkingTime.PERIOD: msg("period-based work"),
    WorkingTime.WEEKEND: msg("weekend work"),
    WorkingTime.SHIFT: msg("shift work"),
}


def wish_words(limit: Limit, value: str, since: date, lang: Lang) -> str:
    """Return what a wish keeps out, and since when."""
    words = Words.of(lang)
    match limit:
        case Limit.OFFER:
            return words(_WISHES[limit], day=since)
        case Limit.EMPLOYER:
            return words(_WISHES[limit], day=since, employer=value)
        case Limit.TIMES:
            times = [words(_TIMES[WorkingTime(time)]) for time in value.split(",")]
            return words(_WISHES[limit], day=since, times=words.listed(times, "or"))
        case Limit.DISTANCE:
            return words(_WISHES[limit], day=since, km=words.km(float(value)))
