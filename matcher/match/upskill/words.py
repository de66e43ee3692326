"""A train-up in words: what it opens, what it takes, and what to ask about it."""

from __future__ import annotations

from typing import Final

from matcher.domain.match import GateOutcome
from matcher.domain.offer import Training
from matcher.domain.text import Lang
from matcher.domain.upskill import Opened, Step, TrainUp
from matcher.i18n.message import msg, msgs
from matcher.i18n.words import Words
from matcher.match.reasons.names import BANDS
from matcher.match.reasons.questions import gate_words

_OPENS: Final = msgs("Opens {n} job: “{job}”.", "Opens {n} jobs, for example “{job}”.")
_TOGETHER: Final = msgs(
    "Together they open {n} job that neither opens alone: “{job}”.",
    "Together they open {n} jobs that neither opens alone, for example “{job}”.",
)
_FROM_TO: Final = msg("{before} → {after}")
_NOT_LISTED: Final = msg("not listed")
_NOW_HELD: Final = msg("The training gives what is required: {what}.")
_ANSWERS: Final = msg("“{outcome}” answers “{requirement}”.")
_FREE: Final = msg("Costs the client nothing.")
_COSTS: Final = msg("Costs the client {euros}.")
ASK_COST: Final = msg("What does the training cost the client? Ask the school.")
_MONTHS: Final = msgs("Takes {n} month.", "Takes {n} months.")
_SHORT: Final = msg("Takes less than a month.")
_ASK_LENGTH: Final = msg("How long does the training take? Ask the school.")
_STARTS: Final = msg("Starts on {day}.")
_ASK_START: Final = msg("When does the training start? Ask the school.")
_PLACES: Final = msgs("{n} place.", "{n} places.")
_ASK_PLACES: Final = msg("How many places are there? Ask the school.")
_MET: Final = msg("Asked of those who enter: “{what}”. The client has: “{evidence}”.")
_ASK_ENTRY: Final = msg("Asked of those who enter: “{what}”. Does the client have it?")
_BLOCKED: Final = msg("The client does not have what is asked of those who enter: {what}.")


def gain(up: TrainUp, best: str, lang: Lang) -> str:
    """Return what a train-up opens: how many jobs, and one for example.

    Parameters
    ----------
    up
        A train-up that opens something.
    best
        Title of the first offer that it opens.
    lang
        Language of the sentence.
    """
    message = _OPENS if len(up.steps) == 1 else _TOGETHER
    return Words.of(lang).counted(message, up.opens, job=best)


def bands(opened: Opened, lang: Lang) -> str:
    """Return the bands before and after, as in *possible → good*."""
    words = Words.of(lang)
    before = words(BANDS[opened.before]) if opened.before else words(_NOT_LISTED)
    return words(_FROM_TO, before=before, after=words(BANDS[opened.after]))


def why(opened: Opened, lang: Lang) -> list[str]:
    """Return which outcome answers which requirement, and what the training gives."""
    words = Words.of(lang)
    given = [words(_NOW_HELD, what=gate_words(gate, lang)) for gate in opened.unlocked]
    answers = [
        words(_ANSWERS, outcome=pair.competence, requirement=pair.requirement)
        for pair in opened.answers
    ]
    return given + answers


def terms(training: Training, lang: Lang) -> list[str]:
    """Return the known ones of duration, start, places and cost to the client."""
    words, told = Words.of(lang), []
    months, start = training.duration_months, training.availability.start
    if months is not None:
        rounded = round(months)
        told.append(words(_SHORT) if months < 1 else words.counted(_MONTHS, rounded))
    if start is not None:
        told.append(words(_STARTS, day=start))
    if training.places is not None:
        told.append(words.counted(_PLACES, training.places))
    if training.cost_eur is not None:
        euros = words.euros(round(training.cost_eur))
        told.append(words(_COSTS, euros=euros) if training.cost_eur else words(_FREE))
    return told


def to_ask(training: Training, step: Step, lang: Lang) -> list[str]:
    """Return one question for everything about a training that is not known."""
    words = Words.of(lang)
    unknown = {
        _ASK_LENGTH: training.duration_months,
        _ASK_START: training.availability.start,
        _ASK_PLACES: training.places,
        ASK_COST: training.cost_eur,
    }
    about = [words(message) for message, value in unknown.items() if value is None]
    entry = [
        words(_ASK_ENTRY, what=one.requirement)
        for one in step.entry
        if one.outcome is GateOutcome.UNKNOWN
    ]
    gates = [
        words(_ASK_ENTRY, what=gate_words(gate, lang))
        for gate in step.gates
        if gate.outcome is GateOutcome.UNKNOWN
    ]
    return entry + gates + about


def entry(steps: Step, lang: Lang) -> list[str]:
    """Return what is asked of those who enter and the client has, or does not have."""
    words = Words.of(lang)
    has = [
        words(_MET, what=one.requirement, evidence=one.evidence or "")
        for one in steps.entry
        if one.outcome is GateOutcome.MET
    ]
    lacks = [
        words(_BLOCKED, what=gate_words(gate, lang))
        for gate in steps.gates
        if gate.outcome is GateOutcome.UNMET
    ]
    return has + lacks
