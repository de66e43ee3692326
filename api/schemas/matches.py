"""Match lists: what is asked, and the explained answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, model_validator

from api.schemas.offers import OfferSummary
from api.schemas.records import ProfileDocument
from matcher.domain.match import Band, GateKind, GateOutcome, Match, Missing, OfferPart, PersonPart
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.parts import Importance
from matcher.domain.text import Lang, LocalText
from matcher.match.reasons.questions import gate_words, questions
from matcher.match.reasons.sentences import carrying
from matcher.match.replies.words import reply_sentences
from matcher.match.search import Blocked
from matcher.pathways.documents import InstrumentRuling

NOTE: Final = LocalText(
    fi="Lista järjestää ja perustelee; se ei päätä mistään. Ihminen päättää.",
    sv="Listan rangordnar och motiverar; den beslutar ingenting. En människa beslutar.",
    en="The list ranks and explains; it decides nothing. A human decides.",
)
DIGITS: Final = 4


class MatchRequest(BaseModel):
    """For whom, and what kind of list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile_id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="A stored profile; either this or `profile`"
    )
    profile: ProfileDocument | None = Field(
        None, description="A profile to match without storing it; either this or `profile_id`"
    )
    kinds: Annotated[tuple[OfferKind, ...], Field(min_length=1)] = tuple(OfferKind)
    k: StrictInt = Field(10, ge=1, le=100, description="Length of each list")
    lang: Lang = Field(Lang.FI, description="Language of texts and questions")
    blocked: Blocked = Field(
        Blocked.HIDE, description="Whether offers with an unmet gate are shown, marked as such"
    )
    want: StrictFloat = Field(
        0.0, ge=0, le=1, description="How much wanted occupations count in the order"
    )
    near: StrictFloat = Field(0.0, ge=0, le=1, description="How much nearness counts in the order")

    @model_validator(mode="after")
    def _one_profile(self) -> MatchRequest:
        if (self.profile_id is None) is (self.profile is None):
            raise ValueError("give either profile_id or profile")
        return self


class Reason(BaseModel):
    """A requirement and the phrase of the profile that answers it."""

    requirement: str
    competence: str
    importance: Importance
    part: OfferPart = Field(description="What the requirement is in its offer")
    said: PersonPart = Field(description="Whether the person has the competence, or wants the work")
    contribution: float = Field(description="What the pair adds to the score")


class MissingRequirement(BaseModel):
    """A requirement that nothing in the profile answers well."""

    requirement: str
    importance: Importance

    @classmethod
    def of(cls, gap: Missing) -> MissingRequirement:
        """Return a requirement as it is shown."""
        return cls(requirement=gap.requirement, importance=gap.importance)


class Gate(BaseModel):
    """A hard constraint; unknown is never agreement."""

    gate: GateKind
    outcome: GateOutcome
    required: str = Field(description="Code or number that the offer asks for")
    required_text: str = Field(description="The same in words")
    evidence: str | None = Field(description="What the profile says of it; null if nothing")
    stated: str | None = Field(
        description="The sentence of the offer that asks for it; null if one of its fields does"
    )


class Explained(BaseModel):
    """Why a profile and an offer fit, and what is not known."""

    rank: int
    band: Band
    score: float = Field(
        description="For comparing two lists of one kind, not for showing: show the band"
    )
    reasons: list[Reason]
    because: list[str] = Field(description="The reasons in sentences, strongest first")
    missing: list[MissingRequirement]
    gates: list[Gate]
    questions: list[str] = Field(description="What to ask the person next")
    distance_km: float | None = Field(description="From home by road, estimated; null if unknown")


class EmployerReplies(BaseModel):
    """How the employer of a need has answered about people in the last year, whoever they are."""

    taken_up: int = Field(description="People invited, interviewed or hired")
    declined: int = Field(description="People not chosen")
    silent: int = Field(description="People without an answer though there was time for one")
    lift: float = Field(
        description="Added to the score for the order of the list alone; between -0.04 and 0.04"
    )
    told: list[str] = Field(description="The same in sentences")

    @classmethod
    def of(cls, match: Match, lang: Lang) -> EmployerReplies | None:
        """Return what is known of a match's employer; None if nothing is."""
        replies = match.replies
        if replies is None:
            return None
        return cls(
            taken_up=replies.taken_up,
            declined=replies.declined,
            silent=replies.silent,
            lift=round(match.lift, DIGITS),
            told=reply_sentences(replies, match.lift, lang),
        )


class OfferMatch(Explained):
    """One offer of a list."""

    offer: OfferSummary
    replies: EmployerReplies | None = Field(
        description="Of the employer of a need; null where nothing is known, which moves nothing"
    )


class SupportedMatch(OfferMatch):
    """One offer of a list, with the instruments that can support the start."""

    instruments: list[InstrumentRuling] = Field(
        description="By the rules of the home municipality's area; empty if none are known. "
        "Eligible ones first; a human decides"
    )


class NightlyMatch(SupportedMatch):
    """One offer of a nightly list."""

    is_new: bool = Field(description="Whether the list of the night before did not have it")
    rank_by_fit: int = Field(description="Place before the lists of the region were spread")
    moved: str | None = Field(
        description="Why it stands in another place, in words; null if it does not"
    )


KeptOut = Annotated[
    dict[OfferKind, int],
    Field(description="How many offers nothing but the client's wishes keeps out of a list"),
]


class WiderRing(BaseModel):
    """Work that only the way keeps out of a list, where little is nearer."""

    kind: OfferKind
    own_km: float = Field(description="How far the client travels")
    km: float = Field(description="How far the client would have to travel, by road, estimated")
    question: str = Field(description="What to ask the client: nobody has said yes to it yet")
    matches: list[SupportedMatch]


class MatchAnswer(BaseModel):
    """The lists of one profile, a list per kind."""

    list_id: str | None = Field(
        description="Under which the list is recorded; null for a profile that is not stored"
    )
    profile_id: str | None = Field(description="Null for a profile that is not stored")
    snapshot: str = Field(description="Index that was searched")
    note: str
    questions: list[str] = Field(description="What to ask to make a thin profile usable")
    lists: dict[OfferKind, list[SupportedMatch]]
    kept_out: KeptOut
    wider: list[WiderRing] = Field(
        description="Only where a list of work is short, and never part of it"
    )


class NightlyAnswer(BaseModel):
    """The lists that the last night made for one profile."""

    list_id: str = Field(description="Under which they are recorded")
    profile_id: str
    run_id: str
    snapshot: str
    ranker: str | None = Field(description="Revision of the weights that ranked")
    created_at: datetime
    note: str
    corrected: list[str] = Field(
        description="Fields of the profile that were corrected since; the lists do not know it yet"
    )
    lists: dict[OfferKind, list[NightlyMatch]]
    kept_out: KeptOut


def counted(kept_out: Mapping[OfferKind, Sequence[Match]]) -> dict[OfferKind, int]:
    """Return how many offers are kept out of each list."""
    return {kind: len(found) for kind, found in kept_out.items()}


def offer_match(match: Match, offer: Offer, lang: Lang) -> OfferMatch:
    """Return a match as it is shown."""
    return OfferMatch(**offer_fields(match, offer, lang))


def supported_fields(
    match: Match, offer: Offer, instruments: list[InstrumentRuling], lang: Lang
) -> dict[str, Any]:
    """Return the fields of a `SupportedMatch`."""
    return {**offer_fields(match, offer, lang), "instruments": instruments}


def offer_fields(match: Match, offer: Offer, lang: Lang) -> dict[str, Any]:
    """Return the fields of an `OfferMatch`."""
    return {
        **explained_fields(match, lang),
        "offer": OfferSummary.of(offer, lang),
        "replies": EmployerReplies.of(match, lang),
    }


def explained_fields(match: Match, lang: Lang) -> dict[str, Any]:
    """Return the fields of an `Explained`: why a match fits, with questions in a language.

    They are fields and not an object, since an object with more of them is made from each.
    """
    return {
        "rank": match.rank,
        "band": match.band,
        "score": round(match.score, DIGITS),
        "reasons": [
            Reason(
                requirement=pair.requirement,
                competence=pair.competence,
                importance=pair.importance,
                part=pair.part,
                said=pair.said,
                contribution=round(pair.contribution, DIGITS),
            )
            for pair in match.reasons
        ],
        "because": list(carrying(match, lang)),
        "missing": [MissingRequirement.of(one) for one in match.missing],
        "gates": [
            Gate(
                gate=one.gate,
                outcome=one.outcome,
                required=one.required,
                required_text=gate_words(one, lang),
                evidence=one.evidence,
                stated=one.stated,
            )
            for one in match.gates
        ],
        "questions": questions(match, lang),
        "distance_km": None if match.distance_km is None else round(match.distance_km, 1),
    }
