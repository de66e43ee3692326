"""An explanation in plain sentences for a coach.

What the person or the offer says is quoted in its own language, in sentences built so that
quotes need no other form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from matcher.domain.explanation import Explanation, Lift, Placed, Question, Standing
from matcher.domain.match import GateResult, Match, Missing, OfferPart, PersonPart, PhrasePair
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words
from matcher.match.gates.sentences import gate_sentence
from matcher.match.reasons.names import BANDS
from matcher.match.reasons.questions import question

_ANSWERS: Final = msg(
    "The client’s details say “{competence}”. It answers the requirement “{requirement}”."
)
_ANSWERS_A_PLUS: Final = msg(
    "The client’s details say “{competence}”. It answers “{requirement}”, which is a plus."
)
_CARRIES: Final[dict[tuple[OfferKind, OfferPart], Message]] = {
    (OfferKind.TRAINING, OfferPart.TITLE): msg(
        "The client’s details say “{competence}”. The training is about “{requirement}”."
    ),
    (OfferKind.TRAINING, OfferPart.TASK): msg(
        "The client’s details say “{competence}”. In the training one learns “{requirement}”."
    ),
    (OfferKind.SERVICE, OfferPart.TITLE): msg(
        "The client’s details say “{competence}”. The service is “{requirement}”."
    ),
    (OfferKind.SERVICE, OfferPart.TASK): msg(
        "The client’s details say “{competence}”. The service helps with “{requirement}”."
    ),
}
_FITS: Final[dict[OfferPart, Message]] = {
    OfferPart.TITLE: msg(
        "The client’s details say “{competence}”. It is close to the job “{requirement}”."
    ),
    OfferPart.TASK: msg(
        "The client’s details say “{competence}”. It fits the task “{requirement}”."
    ),
}
_WANTS: Final = msg("The client wants “{competence}”. It is close to the job “{requirement}”.")
_WANTS_ELSE: Final[dict[OfferKind, Message]] = {
    OfferKind.TRAINING: msg(
        "The client wants “{competence}”. The training is about “{requirement}”."
    ),
    OfferKind.SERVICE: msg("The client wants “{competence}”. The service is “{requirement}”."),
}
_MISSING: Final[dict[Importance, Message]] = {
    Importance.ESSENTIAL: msg(
        "The client’s details do not mention the requirement “{requirement}”."
    ),
    Importance.OPTIONAL: msg(
        "The client’s details do not mention “{requirement}”, which would be a plus."
    ),
}
_LIFT: Final = msg("If the client has “{requirement}”, the assessment rises to “{band}”.")
_LIFT_TOGETHER: Final = msg(
    "If the client has all of this, the assessment rises to “{band}”: {requirements}."
)
_QUOTED: Final = msg("“{text}”")
_HAS: Final = msg("Does the client have this: “{requirement}”?")
_STANDING: Final[dict[Standing, Message]] = {
    Standing.LISTED: msg("The offer is in the list, in place {rank}."),
    Standing.FURTHER_DOWN: msg(
        "The offer would fit, but comes further down the list, in about place {rank}."
    ),
    Standing.BLOCKED: msg(
        "The offer is not in the list because a condition is not met. Without it the offer "
        "would be in about place {rank}."
    ),
    Standing.DUPLICATE: msg(
        "The offer is not in the list because the same advertisement is there already: {same_as}."
    ),
    Standing.TOO_FAR_FROM_PROFILE: msg(
        "The offer is not in the list because the client’s details have too little in common "
        "with it."
    ),
    Standing.EXPIRED: msg("The offer is not in the list because it was open until {expired}."),
    Standing.NOT_INDEXED: msg(
        "The offer is not in the list yet. It is searched from the next night on."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation in sentences.

    Parameters
    ----------
    carries, missing, gates, raises, asks
        What carries the match, what is missing, how the hard constraints came out, what
        would raise the assessment, and what to ask next.
    """

    carries: tuple[str, ...]
    missing: tuple[str, ...]
    gates: tuple[str, ...]
    raises: tuple[str, ...]
    asks: tuple[str, ...]


def tell(explanation: Explanation, lang: Lang) -> Told:
    """Return an explanation in sentences."""
    words, match = Words.of(lang), explanation.match
    return Told(
        carries=carrying(match, lang),
        missing=tuple(
            words(_MISSING[gap.importance], requirement=gap.requirement) for gap in match.missing
        ),
        gates=tuple(gate_sentence(gate, lang) for gate in match.gates),
        raises=tuple(_lift(lift, words) for lift in explanation.lifts),
        asks=tuple(asking(each, lang) for each in explanation.questions),
    )


def carrying(match: Match, lang: Lang) -> tuple[str, ...]:
    """Return what carries a match, a sentence for each pair of phrases."""
    words = Words.of(lang)
    return tuple(
        words(_carries(pair, match.kind), competence=pair.competence, requirement=pair.requirement)
        for pair in match.reasons
    )


def asking(asked: Question, lang: Lang) -> str:
    """Return what to ask."""
    match asked.asked:
        case GateResult() as gate:
            return question(gate, lang)
        case Missing() as gap:
            return Words.of(lang)(_HAS, requirement=gap.requirement)


def standing(placed: Placed, expires: date | None, lang: Lang) -> str:
    """Return where an offer stands, or why it is not in the list.

    Parameters
    ----------
    placed
        Of the offer.
    expires
        The offer's last day.
    lang
        Language of the sentence.
    """
    return Words.of(lang)(
        _STANDING[placed.standing],
        rank=placed.explanation.match.rank,
        same_as=placed.same_as or "",
        expired=expires or "",
    )


def _carries(pair: PhrasePair, kind: OfferKind) -> Message:
    if pair.said is PersonPart.WANTS:
        return _WANTS_ELSE.get(kind, _WANTS)
    if pair.part is OfferPart.REQUIREMENT:
        return _ANSWERS_A_PLUS if pair.importance is Importance.OPTIONAL else _ANSWERS
    return _CARRIES.get((kind, pair.part)) or _FITS[pair.part]


def _lift(lift: Lift, words: Words) -> str:
    band = words(BANDS[lift.band])
    if len(lift.requirements) == 1:
        return words(_LIFT, requirement=lift.requirements[0].requirement, band=band)
    return words(_LIFT_TOGETHER, requirements=words.listed(_quoted(lift, words)), band=band)


def _quoted(lift: Lift, words: Words) -> Sequence[str]:
    return [words(_QUOTED, text=gap.requirement) for gap in lift.requirements]
