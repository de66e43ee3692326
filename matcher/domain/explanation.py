"""What an explanation says beyond the match: what would raise it, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.match import Band, GateResult, Match, Missing


@dataclass(frozen=True, slots=True)
class Lift:
    """What would raise a match to a better band.

    Parameters
    ----------
    requirements
        What is missing and would have to be there, all of it: a single one where one
        suffices, else as many as it takes, essential ones first.
    score, band
        Of the match if the person had it.
    """

    requirements: tuple[Missing, ...]
    score: float
    band: Band


class Effect(StrEnum):
    """What an answer can change, the most first."""

    DECIDES = "decides"
    RAISES_BAND = "raises_band"
    RAISES_SCORE = "raises_score"


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that nobody knows yet.

    Parameters
    ----------
    asked
        A hard constraint, which a no would leave unmet, or a requirement, which a yes would
        answer.
    effect
        What the answer can change.
    gain
        What a yes would add to the score; 0 for a hard constraint, which adds nothing.
    """

    asked: GateResult | Missing
    effect: Effect
    gain: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A match with all that can be said about it.

    Parameters
    ----------
    match
        With its reasons, gates and what is missing.
    lifts
        What would raise the band, the easiest first; empty if nothing that is missing would.
    questions
        What to ask next, by what the answer would change.
    """

    match: Match
    lifts: tuple[Lift, ...]
    questions: tuple[Question, ...]


class Standing(StrEnum):
    """Where an offer stands for a person, and if not in the list, what keeps it out."""

    LISTED = "listed"
    FURTHER_DOWN = "further_down"
    BLOCKED = "blocked"
    DUPLICATE = "duplicate"
    TOO_FAR_FROM_PROFILE = "too_far_from_profile"
    EXPIRED = "expired"
    NOT_INDEXED = "not_indexed"


@dataclass(frozen=True, slots=True)
class Placed:
    """One offer for one person, in the list or not.

    Parameters
    ----------
    standing
        In the list, or what keeps it out; the first that does where several do.
    explanation
        Its rank is the place among the offers that could be listed, also where it is not.
    parts
        By name of the feature how well the offer fits in that respect, 0 to 1.
    same_as
        For a duplicate the id of the offer that is listed for it; else None.
    """

    standing: Standing
    explanation: Explanation
    parts: dict[str, float]
    same_as: str | None = None
