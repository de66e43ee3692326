"""A train-up: the training, or the two in a row, that open offers to a person."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.match import Band, GateOutcome, GateResult, PhrasePair
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance


@dataclass(frozen=True, slots=True)
class Opened:
    """An offer within reach that becomes at least good for the person.

    Parameters
    ----------
    kind, offer_id
        Which offer.
    before
        Its band without the training; None if it would not be listed at all.
    after
        Its band with the training.
    score_before, score_after
        0 to 1.
    answers
        Which requirement is answered by which outcome (`PhrasePair.competence`) and was
        not answered as well before; strongest first.
    gates
        The hard constraints of the offer after the training.
    unlocked
        Those of them that blocked the offer before, and that the training meets.
    distance_km
        From home by road, estimated; None if either place is unknown.
    """

    kind: OfferKind
    offer_id: str
    before: Band | None
    after: Band
    score_before: float
    score_after: float
    answers: tuple[PhrasePair, ...]
    gates: tuple[GateResult, ...]
    unlocked: tuple[GateResult, ...]
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a training asks of those who enter it, in words.

    Parameters
    ----------
    requirement, importance
        As the training words it.
    outcome
        Met if a phrase of the profile answers it; else unknown, since a mapping that does
        not mention something does not deny it. Never unmet.
    evidence
        The phrase of the profile that answers it; None if none does.
    """

    requirement: str
    importance: Importance
    outcome: GateOutcome
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One training of a train-up, with what it asks of those who enter.

    Parameters
    ----------
    training_id
        Which training.
    gates
        Its hard constraints, after the step before.
    entry
        What it asks for in words, after the step before.
    """

    training_id: str
    gates: tuple[GateResult, ...]
    entry: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TrainUp:
    """What a training, or two in a row, open to a person.

    Parameters
    ----------
    profile_id
        Whose.
    rank
        Position in the list, from 1: trainings alone and sequences are counted apart.
    steps
        One training; or two, in the order in which they are taken.
    opens
        The gain: how many offers are opened, copies counted once. Of a sequence only those
        are counted that neither of the two opens alone.
    rise
        By how much the scores of the opened offers rise, all together; orders equal gains.
    opened
        The opened offers, best first; the first ones if there are many.
    """

    profile_id: str
    rank: int
    steps: tuple[Step, ...]
    opens: int
    rise: float
    opened: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class BriefOpened:
    """An offer that a training opens, without the reasons.

    Parameters
    ----------
    kind, offer_id, score_before, score_after
        As in `Opened`.
    band_before, band_after
        Its ``before`` and ``after``.
    """

    kind: OfferKind
    offer_id: str
    band_before: Band | None
    band_after: Band
    score_before: float
    score_after: float


@dataclass(frozen=True, slots=True)
class BriefTrainUp:
    """What one training opens to a person, without the reasons.

    Parameters
    ----------
    training_id
        Which training.
    opens, rise
        As in `TrainUp`.
    opened
        The opened offers, best first; the first ones if there are many.
    """

    training_id: str
    opens: int
    rise: float
    opened: tuple[BriefOpened, ...]


@dataclass(frozen=True, slots=True)
class TrainUps:
    """All that is advised to one person.

    Parameters
    ----------
    single
        Trainings that open something alone, most first.
    sequences
        Two trainings that together open what neither opens alone, most first.
    """

    single: tuple[TrainUp, ...] = ()
    sequences: tuple[TrainUp, ...] = ()
