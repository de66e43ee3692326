"""What a person holds: the fields of the profile first, then what its words tell.

A list that a coach has filled in (licences, cards) is complete; what only the words tell is
not: they show what is held or lacking, and leave the rest unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matcher.domain.codes import LICENCE_INCLUDES, included_licences
from matcher.domain.match import GateOutcome
from matcher.domain.parts import Competence, Evidence
from matcher.domain.profile import Profile
from matcher.requirements.own_words import KEPT, read_told
from matcher.requirements.statement import Held, Told, Topic

#: A card that covers what another asks for.
_CARD_INCLUDES: Final[dict[str, frozenset[str]]] = {
    "014": frozenset({"013"}),
    "002": frozenset({"081"}),
    "068": frozenset({"069"}),
}
_SHOWN: Final = frozenset({Evidence.CERTIFICATE, Evidence.EDUCATION})
YES, NO = "yes", "no"

Judged = tuple[GateOutcome, str | None]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a profile that can tell of what is held.

    ``degrees`` are what it says of education, and competences that rest on a certificate.
    """

    text: str
    degrees: str

    @classmethod
    def of(cls, profile: Profile) -> Words:
        """Return the words of a profile."""
        return cls(profile.text, _degrees(profile.education, profile.competences))


def licence(profile: Profile, codes: Iterable[str]) -> Judged:
    """Judge whether a person may drive any of the classes."""
    wanted = frozenset(codes)
    if profile.licences is not None:
        return _of_list(wanted, profile.licences, included_licences(profile.licences))
    told = _told(profile, Topic.LICENCE)
    granted = {code for one in told if one.held is Held.YES for code in one.codes}
    lacking = {code for one in told if one.held is Held.NO for code in one.codes}
    # Who may not drive a class may not drive those that include it.
    without = {code for code, lower in LICENCE_INCLUDES.items() if lower & lacking}
    return _of_words(wanted, told, included_licences(tuple(granted)), without)


def card(profile: Profile, codes: Iterable[str]) -> Judged:
    """Judge whether a person holds any of the permit cards."""
    wanted = frozenset(codes)
    told = _told(profile, Topic.CARD)
    shown = [one for one in told if one.held is Held.YES and wanted.intersection(one.codes)]
    if profile.cards is None:
        granted = _cards(code for one in told if one.held is Held.YES for code in one.codes)
        lacking = {code for one in told if one.held is Held.NO for code in one.codes}
        return _of_words(wanted, told, granted, lacking)
    outcome, evidence = _of_list(wanted, profile.cards, _cards(profile.cards))
    if outcome is GateOutcome.UNMET and shown:
        # A certificate that education or the words tell of is known, though nobody listed it.
        return GateOutcome.MET, shown[0].sentence
    return outcome, evidence


def car(profile: Profile) -> Judged:
    """Judge whether a person has a car to use."""
    if profile.commute.own_car is not None:
        own = profile.commute.own_car
        return (GateOutcome.MET, YES) if own else (GateOutcome.UNMET, NO)
    for one in _told(profile, Topic.CAR):
        return (GateOutcome.MET if one.held is Held.YES else GateOutcome.UNMET), one.sentence
    return GateOutcome.UNKNOWN, None


def _told(profile: Profile, topic: Topic) -> tuple[Told, ...]:
    words = Words.of(profile)
    return tuple(
        one for text in (words.text, words.degrees) for one in read_told(text) if one.topic is topic
    )


@lru_cache(maxsize=KEPT)
def _degrees(education: str, competences: tuple[Competence, ...]) -> str:
    shown = [one.name for one in competences if one.evidence in _SHOWN]
    return "\n".join(filter(None, (education, *shown)))


def _cards(held: Iterable[str]) -> frozenset[str]:
    once = frozenset(held)
    return once.union(*(_CARD_INCLUDES.get(code, frozenset()) for code in once))


def _of_list(wanted: frozenset[str], held: tuple[str, ...], granted: frozenset[str]) -> Judged:
    outcome = GateOutcome.MET if wanted & granted else GateOutcome.UNMET
    return outcome, ", ".join(held)


def _of_words(
    wanted: frozenset[str], told: Iterable[Told], granted: frozenset[str], lacking: set[str]
) -> Judged:
    if wanted & granted:
        outcome, held = GateOutcome.MET, Held.YES
    elif wanted <= lacking:
        outcome, held = GateOutcome.UNMET, Held.NO
    else:
        return GateOutcome.UNKNOWN, None
    return outcome, next(one.sentence for one in told if one.held is held)
