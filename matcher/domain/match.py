"""A match: one offer for one profile, scored, gated and explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.domain.replies import Replies


class GateKind(StrEnum):
    """The hard constraints: what offers ask for, and what the client does not want."""

    LICENCE = "licence"
    OWN_CAR = "own_car"
    CARD = "card"
    QUALIFICATION = "qualification"
    LANGUAGE = "language"
    COMMUTE = "commute"
    WORKING_TIME = "working_time"
    START = "start"
    RESTRICTION = "restriction"
    BACKGROUND_CHECK = "background_check"
    AGE = "age"
    WISH = "wish"


class GateOutcome(StrEnum):
    """Met, unmet or unknown; unknown is never agreement."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Band(StrEnum):
    """How good a match is, in words."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    TOO_LITTLE_KNOWN = "too_little_known"


class PersonPart(StrEnum):
    """What a phrase says of the person."""

    HAS = "has"
    WANTS = "wants"


class OfferPart(StrEnum):
    """What a phrase is in its offer."""

    TITLE = "title"
    REQUIREMENT = "requirement"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class GateResult:
    """One hard constraint of an offer, held against a profile.

    Parameters
    ----------
    gate, outcome
        Which constraint, and how it came out.
    required
        What the offer asks for, as code or number: ``"B"``, ``"074"``, ``"fi:B2"``,
        ``"564"``, ``"night"``; alternatives are parted by ``|``, as in ``"C|CE"``; for a
        restriction, what the person cannot do; for a wish, what it keeps out, as in
        ``"employer:Telakka Oy"``.
    evidence
        What the profile says of it, as codes or in its own words; None if it says nothing.
        For a wish, its day.
    stated
        The sentence of the offer that asks for it; None if one of its fields does.
    """

    gate: GateKind
    outcome: GateOutcome
    required: str
    evidence: str | None = None
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class PhrasePair:
    """One requirement and the phrase of the profile that answers it best.

    Parameters
    ----------
    requirement, competence
        As the offer and the profile word them; of a long sentence the clause that carries,
        with ``…`` where words are left out.
    importance
        Of the requirement.
    similarity
        How well the requirement is answered, 0 to 1.
    contribution
        What the pair adds to the score.
    part
        What the requirement is in its offer: for a training, what it asks for is a
        requirement and what one learns there a task.
    said
        Whether the person can do it, or wants to.
    """

    requirement: str
    competence: str
    importance: Importance
    similarity: float
    contribution: float
    part: OfferPart = OfferPart.REQUIREMENT
    said: PersonPart = PersonPart.HAS


@dataclass(frozen=True, slots=True)
class Missing:
    """A requirement that nothing in the profile answers well."""

    requirement: str
    importance: Importance


@dataclass(frozen=True, slots=True)
class Match:
    """One offer for one profile.

    Parameters
    ----------
    profile_id, offer_id, kind
        Whose match with what.
    rank
        Position in the list, from 1.
    score
        0 to 1, higher is better; comparable within one kind only.
    band
        The score in words, or too little known.
    reasons
        Phrase pairs that carry the score, strongest first.
    missing
        Requirements without a good answer, essential first.
    gates
        All hard constraints with their outcomes.
    distance_km
        From home to the nearest place by road, estimated; None if either is unknown.
    replies
        How the employer of a need has answered about others; None if nothing is known.
    lift
        What that adds to the score for the order alone, which the score does not hold.
    """

    profile_id: str
    offer_id: str
    kind: OfferKind
    rank: int
    score: float
    band: Band
    reasons: tuple[PhrasePair, ...]
    missing: tuple[Missing, ...]
    gates: tuple[GateResult, ...]
    distance_km: float | None = None
    replies: Replies | None = None
    lift: float = 0.0

    @property
    def blocked(self) -> tuple[GateResult, ...]:
        """The gates that are unmet."""
        return tuple(gate for gate in self.gates if gate.outcome is GateOutcome.UNMET)

    @property
    def open_questions(self) -> tuple[GateResult, ...]:
        """The gates whose outcome nobody knows yet."""
        return tuple(gate for gate in self.gates if gate.outcome is GateOutcome.UNKNOWN)
