"""How the hard constraints of an offer came out, in plain sentences with the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from matcher.domain.codes import languages, licence_class, permit_cards
from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg, msgs
from matcher.i18n.words import Words
from matcher.match.gates.journeys import RELOCATION, REMOTE
from matcher.match.reasons.questions import gate_words

_NAMES: Final[dict[GateKind, Message]] = {
    GateKind.LICENCE: msg("Driving licence"),
    GateKind.OWN_CAR: msg("Car"),
    GateKind.CARD: msg("Card or permit"),
    GateKind.QUALIFICATION: msg("Qualification"),
    GateKind.LANGUAGE: msg("Language"),
    GateKind.COMMUTE: msg("Getting there"),
    GateKind.WORKING_TIME: msg("Working time"),
    GateKind.START: msg("Time of the work"),
    GateKind.RESTRICTION: msg("To be taken into account"),
    GateKind.BACKGROUND_CHECK: msg("The employer checks"),
    GateKind.AGE: msg("Age limit"),
    GateKind.WISH: msg("Wish"),
}
#: Without evidence, and with.
_OUTCOMES: Final[dict[GateOutcome, tuple[Message, Message]]] = {
    GateOutcome.MET: (
        msg("{gate}: {required}. This is met."),
        msg("{gate}: {required}. This is met: {evidence}."),
    ),
    GateOutcome.UNMET: (
        msg("{gate}: {required}. The client does not have this."),
        msg("{gate}: {required}. This is not met. Known of the client: {evidence}."),
    ),
    GateOutcome.UNKNOWN: (
        msg("{gate}: {required}. This is not known."),
        msg("{gate}: {required}. This is not known for sure. Known of the client: {evidence}."),
    ),
}
#: What the profile says of these is itself what is asked.
_AS_IS: Final = frozenset({GateKind.RESTRICTION, GateKind.BACKGROUND_CHECK, GateKind.WISH})
_AS_IS_OUTCOMES: Final[dict[GateOutcome, Message]] = {
    GateOutcome.MET: _OUTCOMES[GateOutcome.MET][0],
    GateOutcome.UNMET: msg("{gate}: {required}. The offer goes against this."),
    GateOutcome.UNKNOWN: msg("{gate}: {required}."),
}
_STATED: Final = msg("{said} The offer says: “{stated}”.")
_OWN_WORDS: Final = msg("“{text}”")
_AGE: Final = msgs("{n} year", "{n} years")
_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NO_PLACE: Final = msg("The offer does not say where.")
_HOME: Final = msg("in the home municipality")
_FAR: Final = msg("{km} from home")
_FAR_AND_MOST: Final = msg("{km} from home, and the client travels up to {most}")
_MOVES: Final = msg("the client is willing to move")


def gate_sentence(gate: GateResult, lang: Lang) -> str:
    """Return how a hard constraint came out, what the profile says of it, and the offer."""
    words = Words.of(lang)
    said = _outcome(gate, words, lang)
    return words(_STATED, said=said, stated=gate.stated.rstrip(". ")) if gate.stated else said


def _outcome(gate: GateResult, words: Words, lang: Lang) -> str:
    if not gate.required:
        return words(_NO_PLACE)
    name, required = words(_NAMES[gate.gate]), _dated(gate_words(gate, lang), words)
    if gate.gate in _AS_IS:
        return words(_AS_IS_OUTCOMES[gate.outcome], gate=name, required=required)
    bare, shown = _OUTCOMES[gate.outcome]
    evidence = _evidence(gate, gate.evidence, words, lang) if gate.evidence else ""
    if evidence:
        return words(shown, gate=name, required=required, evidence=evidence)
    return words(bare, gate=name, required=required)


def _evidence(gate: GateResult, evidence: str, words: Words, lang: Lang) -> str:
    """Return what the profile says of a constraint, in words."""
    match gate.gate:
        case GateKind.COMMUTE:
            return _journey(gate, evidence, lang)
        case GateKind.LICENCE | GateKind.CARD | GateKind.LANGUAGE:
            return _held(gate, evidence.split(", "), words, lang)
        case GateKind.WORKING_TIME:
            return gate_words(replace(gate, required=evidence), lang)
        case GateKind.AGE:
            return words.counted(_AGE, int(evidence))
        case GateKind.START:
            return _dated(evidence, words)
        case _:
            return words(_OWN_WORDS, text=evidence)


def _held(gate: GateResult, held: Sequence[str], words: Words, lang: Lang) -> str:
    """Return a list of codes in words, or the person's own words as a quotation."""
    if all(map(_is_code, held)):
        return words.listed([gate_words(replace(gate, required=code), lang) for code in held])
    return words(_OWN_WORDS, text=", ".join(held))


def _is_code(text: str) -> bool:
    code = text.partition(":")[0]
    return code in permit_cards() or code in languages() or licence_class(code) == code


def _dated(text: str, words: Words) -> str:
    """Return a text with its days as the language writes them."""
    return _DAY.sub(lambda found: words.day(date.fromisoformat(found[0])), text)


def _journey(gate: GateResult, evidence: str, lang: Lang) -> str:
    words = Words.of(lang)
    if evidence == RELOCATION:
        return words(_MOVES)
    if evidence == REMOTE or not evidence.endswith("km"):
        return gate_words(replace(gate, required=evidence), lang)
    far, _, most = evidence.replace(" km", "").partition(" / ")
    if far == "0":
        return words(_HOME)
    if most:
        return words(_FAR_AND_MOST, km=words.km(float(far)), most=words.km(float(most)))
    return words(_FAR, km=words.km(float(far)))
