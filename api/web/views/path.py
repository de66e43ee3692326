"""A client's path: phases in their order with what has begun, and what is due when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.pathways.area import PhaseKind
from matcher.pathways.documents import (
    DutyDocument,
    InstrumentRuling,
    MissingFact,
    PathwayDocument,
    PhaseDocument,
)
from matcher.pathways.duties import DutyState
from matcher.pathways.truth import Truth
from matcher.pathways.words import PHASES


class Reached(StrEnum):
    """Where a phase is as seen from today."""

    PAST = "past"
    NOW = "now"
    PERHAPS = "perhaps"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the path."""

    kind: PhaseKind
    name: str
    reached: Reached


def phases(document: PhaseDocument, lang: Lang) -> tuple[Phase, ...]:
    """Return all phases in their order, each with whether it has begun."""
    order, words = list(PhaseKind), Words.of(lang)
    now = -1 if document.reached is None else order.index(document.reached)
    return tuple(
        Phase(kind, words(PHASES[kind]), _reached(kind, place, now, document))
        for place, kind in enumerate(order)
    )


def duties_in_time(duties: Iterable[DutyDocument]) -> tuple[DutyDocument, ...]:
    """Return duties by their last day: overdue ones first, those without a day last."""
    order = (
        DutyState.OVERDUE,
        DutyState.UPCOMING,
        DutyState.UNKNOWN,
        DutyState.PAUSED,
        DutyState.HELD,
    )
    return tuple(
        sorted(duties, key=lambda one: (order.index(one.state), one.due is None, str(one.due)))
    )


def open_instruments(rulings: Iterable[InstrumentRuling]) -> tuple[InstrumentRuling, ...]:
    """Return instruments: open ones first, then those of which a fact is missing, then the rest."""
    order = (Truth.YES, Truth.UNKNOWN, Truth.NO)
    return tuple(sorted(rulings, key=lambda one: order.index(one.truth)))


def missing_of(document: PathwayDocument) -> tuple[MissingFact, ...]:
    """Return every fact that is missing anywhere on the path, each once."""
    asked = (
        document.target.missing,
        document.unit.missing,
        document.phase.missing,
        *(one.missing for one in document.duties),
        *(one.missing for one in document.instruments),
    )
    return tuple({fact.fact: fact for facts in asked for fact in facts}.values())


def _reached(kind: PhaseKind, place: int, now: int, document: PhaseDocument) -> Reached:
    if kind in document.possible:
        return Reached.PERHAPS
    if place < now:
        return Reached.PAST
    return Reached.NOW if place == now else Reached.AHEAD
