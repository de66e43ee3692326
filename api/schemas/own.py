"""What a person tells of themselves."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.matches import NightlyAnswer, NightlyMatch
from matcher.domain.casework.changes import ChangeKind
from matcher.domain.consent import Consent, ConsentState
from matcher.domain.offer import OfferKind
from matcher.i18n.words import ClientWords
from matcher.ingest.days import Day
from matcher.match.reasons.client_sentences import carries, lacks
from matcher.match.reasons.names import BANDS, KINDS


class OwnMove(StrEnum):
    """What a person can do with a request for consent."""

    YES = "yes"
    NO = "no"
    WITHDRAW = "withdraw"


class OwnMoveRequest(BaseModel):
    """What the person answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    move: OwnMove


class OwnConsent(BaseModel):
    """A request for consent as it stands today."""

    id: str
    need_id: str
    need_title: str
    organisation: str = Field(description="Who would see the person; empty if it is not told")
    state: ConsentState
    asked_at: datetime
    deadline: date
    until: date

    @classmethod
    def of(cls, consent: Consent, need: tuple[str, str], on: date) -> OwnConsent:
        """Return a request as it is shown to the person: with title and company of the need."""
        title, organisation = need
        return cls(
            id=consent.id,
            need_id=consent.need_id,
            need_title=title,
            organisation=organisation,
            state=consent.state(on),
            asked_at=consent.events[0].at,
            deadline=consent.deadline,
            until=consent.until,
        )


class OwnOffer(BaseModel):
    """One offer of the person's own list."""

    id: str
    kind: OfferKind
    title: str
    organisation: str
    municipalities: list[str] = Field(description="Names; empty if remote or unknown")
    expires: date | None = Field(description="Last day on which it is open")
    url: str
    credit: str | None = Field(description="Must be shown beside the offer, if there is one")
    fits: str = Field(description="How well, in words")
    because: list[str] = Field(description="What carries it, in sentences, strongest first")
    asked_for: list[str] = Field(description="What the person has not told of, in sentences")
    is_new: bool

    @classmethod
    def of(cls, match: NightlyMatch, words: ClientWords) -> OwnOffer:
        """Return an offer as it is shown to the person: no score, no place."""
        offer = match.offer.model_dump()
        return cls(
            fits=words(BANDS[match.band]),
            because=[
                carries(
                    (one.competence, one.requirement), one.said, one.part, match.offer.kind, words
                )
                for one in match.reasons
            ],
            asked_for=[lacks(one.requirement, one.importance, words) for one in match.missing],
            is_new=match.is_new,
            **offer,
        )


class OwnOffers(BaseModel):
    """The offers of one kind, best first."""

    title: str
    offers: list[OwnOffer]


class OwnList(BaseModel):
    """The person's list as the last night made it."""

    list_id: str = Field(description="Of the record that tells how it came about")
    created_at: datetime
    kinds: list[OwnOffers]

    @classmethod
    def of(cls, answer: NightlyAnswer, words: ClientWords) -> OwnList:
        """Return a list in the words of the person."""
        return cls(
            list_id=answer.list_id,
            created_at=answer.created_at,
            kinds=[
                OwnOffers(
                    title=words(KINDS[kind]),
                    offers=[OwnOffer.of(match, words) for match in found],
                )
                for kind, found in answer.lists.items()
            ],
        )


class OwnChange(BaseModel):
    """A change that a person reports."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ChangeKind
    text: Annotated[str, Field(min_length=1, max_length=2000)]
    since: Day
