"""What a person holds: the fields of the profile first, then what its words tell.

A list that a coach has filled in (licences, cards) is complete; what only the words tell is
not: they show what is held or lacking, and leave the rest unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from matcher.domain.codes import LICENCE_INCLUDES, included_licences
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.match.gates.asked import OR, Ask
from matcher.match.gates.known import Known, Said
from matcher.requirements.statement import Held, Topic

#: A card that covers what another asks for.
_CARD_INCLUDES: Final[dict[str, frozenset[str]]] = {
    "014": frozenset({"013"}),
    "002": frozenset({"081"}),
    "068": frozenset({"069"}),
}
YES, NO = "yes", "no"

Judged = tuple[GateOutcome, str | None]
_Facts = TypeVar("_Facts")


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a person holds of one sort.

    Parameters
    ----------
    listed
        Codes of the field; None if nobody has asked.
    said
        What the words tell, where they count.
    """

    listed: tuple[str, ...] | None
    said: tuple[Said, ...]


def licences_of(known: Known) -> Holdings:
    """Return the driving licences of a person."""
    listed = known.profile.licences
    return Holdings(listed, known.said(Topic.LICENCE) if listed is None else ())


def cards_of(known: Known) -> Holdings:
    """Return the permit cards of a person."""
    return Holdings(known.profile.cards, known.said(Topic.CARD))


def car_of(known: Known) -> Holdings:
    """Return whether a person has a car to use: the list is ``yes`` or ``no``."""
    own = known.profile.commute.own_car
    if own is not None:
        return Holdings((YES if own else NO,), ())
    return Holdings(None, known.said(Topic.CAR)[:1])


def judge_asks(
    gate: GateKind,
    facts: _Facts,
    asks: tuple[Ask, ...],
    judged: Callable[[_Facts, tuple[str, ...]], Judged],
) -> list[GateResult]:
    """Judge each thing that is asked for; what is only named is never unmet."""
    results = []
    for ask in asks:
        outcome, evidence = judged(facts, ask.codes)
        if not ask.firm and outcome is GateOutcome.UNMET:
            outcome = GateOutcome.UNKNOWN
        results.append(GateResult(gate, outcome, OR.join(ask.codes), evidence, ask.stated))
    return results


def licence(licences: Holdings, codes: Iterable[str]) -> Judged:
    """Judge whether a person may drive any of the classes."""
    wanted = frozenset(codes)
    if licences.listed is not None:
        return _of_list(wanted, licences.listed, included_licences(licences.listed))
    granted = {code for one in licences.said if one.held is Held.YES for code in one.codes}
    lacking = {code for one in licences.said if one.held is Held.NO for code in one.codes}
    # Who may not drive a class may not drive those that include it.
    without = {code for code, lower in LICENCE_INCLUDES.items() if lower & lacking}
    return _of_words(wanted, licences.said, included_licences(tuple(granted)), without)


def card(cards: Holdings, codes: Iterable[str]) -> Judged:
    """Judge whether a person holds any of the permit cards."""
    wanted = frozenset(codes)
    told = cards.said
    shown = [one for one in told if one.held is Held.YES and wanted.intersection(one.codes)]
    if cards.listed is None:
        granted = _cards(code for one in told if one.held is Held.YES for code in one.codes)
        lacking = {code for one in told if one.held is Held.NO for code in one.codes}
        return _of_words(wanted, told, granted, lacking)
    outcome, evidence = _of_list(wanted, cards.listed, _cards(cards.listed))
    if outcome is GateOutcome.UNMET and shown:
        # A certificate that education or the words tell of is known, though nobody listed it.
        return GateOutcome.MET, shown[0].sentence
    return outcome, evidence


def car(cars: Holdings, _: Iterable[str]) -> Judged:
    """Judge whether a person has a car to use."""
    if cars.listed is not None:
        [own] = cars.listed
        return (GateOutcome.MET if own == YES else GateOutcome.UNMET), own
    for one in cars.said:
        return (GateOutcome.MET if one.held is Held.YES else GateOutcome.UNMET), one.sentence
    return GateOutcome.UNKNOWN, None


def _cards(held: Iterable[str]) -> frozenset[str]:
    once = frozenset(held)
    return once.union(*(_CARD_INCLUDES.get(code, frozenset()) for code in once))


def _of_list(wanted: frozenset[str], held: tuple[str, ...], granted: frozenset[str]) -> Judged:
    outcome = GateOutcome.MET if wanted & granted else GateOutcome.UNMET
    return outcome, ", ".join(held)


def _of_words(
    wanted: frozenset[str], told: Iterable[Said], granted: frozenset[str], lacking: set[str]
) -> Judged:
    if wanted & granted:
        outcome, held = GateOutcome.MET, Held.YES
    elif wanted <= lacking:
        outcome, held = GateOutcome.UNMET, Held.NO
    else:
        return GateOutcome.UNKNOWN, None
    return outcome, next(one.sentence for one in told if one.held is held)
