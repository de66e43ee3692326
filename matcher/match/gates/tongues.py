"""Whether a person speaks the languages that an offer asks for, and well enough."""

from __future__ import annotations

from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.offer import Offer
from matcher.domain.parts import Cefr, LanguageSkill
from matcher.match.gates.asked import OR, Ask, Asked
from matcher.match.gates.known import Known
from matcher.requirements.statement import Topic

#: With "Finnish required" and no level stated, this level settles it; below, one asks.
ENOUGH_WITHOUT_LEVEL: Final = Cefr.B1
#: With A1 one can introduce oneself: a language that is required is not known.
TOO_LITTLE_WITHOUT_LEVEL: Final = Cefr.A1
_ORDER: Final = (GateOutcome.UNMET, GateOutcome.UNKNOWN, GateOutcome.MET)

#: The languages that a person speaks; None if nobody has asked.
Spoken = tuple[LanguageSkill, ...] | None


def spoken(known: Known) -> Spoken:
    """Return the languages that a person speaks."""
    return known.profile.languages


def languages_asked(offer: Offer, asked: Asked) -> tuple[Ask, ...] | None:
    """Return the languages of an offer's field, then those that only its text asks for, if any."""
    fields = (Ask((skill.code,), level=skill.level) for skill in offer.languages)
    told = {skill.code for skill in offer.languages}
    stated = (ask for ask in asked.of(Topic.LANGUAGE) if not told.intersection(ask.codes))
    return (*fields, *stated) or None


def languages(skills: Spoken, asks: tuple[Ask, ...]) -> list[GateResult]:
    """Judge each language that is asked for; of alternatives the best known counts."""
    return [_language(skills, ask) for ask in asks]


def _language(skills: Spoken, ask: Ask) -> GateResult:
    level = f":{ask.level}" if ask.level else ""
    required = OR.join(f"{code}{level}" for code in ask.codes)
    if skills is None:
        return GateResult(GateKind.LANGUAGE, GateOutcome.UNKNOWN, required, stated=ask.stated)
    known = [skill for skill in skills if skill.code in ask.codes]
    outcome = max((_skill(skill, ask) for skill in known), key=_ORDER.index, default=None)
    if outcome is None or (outcome is GateOutcome.UNMET and not ask.firm):
        outcome = GateOutcome.UNMET if ask.firm else GateOutcome.UNKNOWN
    evidence = ", ".join(
        f"{skill.code}:{skill.level}" if skill.level else skill.code for skill in known
    ) or ", ".join(skill.code for skill in skills)
    return GateResult(GateKind.LANGUAGE, outcome, required, evidence, ask.stated)


def _skill(skill: LanguageSkill, ask: Ask) -> GateOutcome:
    if skill.level is None:
        return GateOutcome.UNKNOWN
    if skill.level.rank >= (ask.level or ENOUGH_WITHOUT_LEVEL).rank:
        return GateOutcome.MET
    short = ask.level or skill.level.rank <= TOO_LITTLE_WITHOUT_LEVEL.rank
    return GateOutcome.UNMET if short else GateOutcome.UNKNOWN
