"""The record of a list as plain data: model, inputs, gates, scores, order, what people overrode."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, Field

from matcher.domain.decision import Decision, Item, Placed, What
from matcher.domain.feedback import Action, Reason
from matcher.domain.match import Band, GateKind, GateOutcome
from matcher.domain.offer import OfferKind
from matcher.domain.wording import Ground
from matcher.match.decisions.past import Past

_DIGITS: Final = 4


class BasisDocument(BaseModel):
    """With what the list was made."""

    snapshot: str
    encoder: str = Field(description="Revision of the model")
    ranker: str = Field(description="Revision of the ranking's weights")
    rules: str = Field(description="Revision of gates and of the tables that they read")
    code: str = Field(description="Revision of the program")
    taxonomy: str = Field(description="Version of ESCO; empty if none was loaded")
    retrieve: int = Field(description="Candidates of each search")


class TermsDocument(BaseModel):
    """What was asked for."""

    kinds: list[OfferKind]
    k: int
    blocked: str
    want: float
    near: float
    on: date
    what: What = Field(description="What the list is of")


class SoughtDocument(BaseModel):
    """For which offer people were looked for, and where."""

    kind: OfferKind
    offer_id: str
    content_hash: str = Field(description="SHA-256 of the offer as it was")
    homes: list[str] | None = Field(description="Municipalities; null for all")


class ItemDocument(BaseModel):
    """One train-up, or one item of a package."""

    offers: list[str] = Field(description="Ids of trainings taken one after the other, or of one")
    offer_hashes: list[str] = Field(description="SHA-256 of each as it was")
    figures: dict[str, float]
    opened: list[str] = Field(description="Ids of offers that a train-up opens")


class InputsDocument(BaseModel):
    """From what the list was made."""

    revision: int = Field(description="Of the store")
    said: int = Field(description="Number of the last feedback")
    ranked: int = Field(description="Number of the last decision about the ranking's weights")
    heard: int = Field(description="Number of the last count of employers' replies")
    profile_hash: str = Field(description="SHA-256 of the profile as it was")


class GateDocument(BaseModel):
    """How one condition came out; what the profile says of it is left out."""

    gate: GateKind
    outcome: GateOutcome
    required: str


class RepliesDocument(BaseModel):
    """Of how many people an employer has said what."""

    taken_up: int
    declined: int
    silent: int


class PlacedDocument(BaseModel):
    """One offer of the list."""

    kind: OfferKind
    offer_id: str
    offer_hash: str = Field(description="SHA-256 of the offer as it was")
    rank: int
    rank_by_fit: int = Field(description="Place before the lists of the region were spread")
    score: float
    band: Band
    gates: list[GateDocument]
    replies: RepliesDocument | None = Field(description="Of a need's employer; null if unknown")
    lift: float = Field(description="What they add to the score for the order alone")


class WishDocument(BaseModel):
    """A wish that held, and which the list heeded."""

    kind: OfferKind
    offer_id: str
    action: Action
    reason: Reason | None


class OverrideDocument(BaseModel):
    """Words of a need that may discriminate, which somebody kept."""

    need_id: str
    grounds: list[Ground]
    reason: str
    at: datetime
    by: str


class DecisionDocument(BaseModel):
    """The record of a list."""

    id: str
    profile_id: str
    run_id: str | None = Field(description="Night that made it; null if it was asked for")
    made_at: datetime
    basis: BasisDocument
    terms: TermsDocument
    inputs: InputsDocument
    sought: SoughtDocument | None = Field(description="Of candidates only")
    placed: list[PlacedDocument]
    items: list[ItemDocument] = Field(description="Of train-ups and packages only")
    wishes: list[WishDocument]
    overrides: list[OverrideDocument]

    @classmethod
    def of(cls, decision: Decision, past: Past) -> DecisionDocument:
        """Return a record as it is shown to who works with it."""
        basis, terms, inputs = decision.basis, decision.terms, decision.inputs
        return cls(
            id=decision.id,
            profile_id=decision.profile_id,
            run_id=decision.run_id or None,
            made_at=decision.made_at,
            basis=BasisDocument.model_validate(basis, from_attributes=True),
            terms=TermsDocument.model_validate(terms, from_attributes=True),
            inputs=InputsDocument(
                revision=inputs.revision,
                said=inputs.said,
                ranked=inputs.ranked,
                heard=inputs.heard,
                profile_hash=inputs.content_hash,
            ),
            sought=terms.sought
            and SoughtDocument.model_validate(terms.sought, from_attributes=True),
            placed=[_placed(one) for one in decision.placed or ()],
            items=[_item(one) for one in decision.items],
            wishes=[WishDocument.model_validate(one, from_attributes=True) for one in past.wishes],
            overrides=[
                OverrideDocument.model_validate(one, from_attributes=True) for one in past.overrides
            ],
        )


def _item(one: Item) -> ItemDocument:
    return ItemDocument(
        offers=[id for _, id, _ in one.offers],
        offer_hashes=[content_hash for _, _, content_hash in one.offers],
        figures={name: round(value, _DIGITS) for name, value in one.figures.items()},
        opened=[opened.offer_id for opened in one.opened],
    )


def _placed(one: Placed) -> PlacedDocument:
    match = one.match
    return PlacedDocument(
        kind=match.kind,
        offer_id=match.offer_id,
        offer_hash=one.content_hash,
        rank=match.rank,
        rank_by_fit=match.rank if one.rank_by_fit is None else one.rank_by_fit,
        score=round(match.score, _DIGITS),
        band=match.band,
        gates=[GateDocument.model_validate(gate, from_attributes=True) for gate in match.gates],
        replies=match.replies
        and RepliesDocument.model_validate(match.replies, from_attributes=True),
        lift=round(match.lift, _DIGITS),
    )
