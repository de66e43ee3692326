"""What was said of offers, and the wishes that follow from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from api.schemas.matches import OfferMatch
from matcher.domain.feedback import Action, Feedback, Limit, Reason, Wish
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.match.wishes.words import REASONS, wish_words

_NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


class FeedbackRequest(BaseModel):
    """What happened with an offer for the client, or what was said of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: OfferKind
    offer_id: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    action: Action = Field(
        description="`not_suitable` and `wish` need a reason; no other takes one"
    )
    reason: Reason | None = Field(
        None,
        description="`too_far`, `shifts` and `employer` limit all lists of this client at once",
    )
    text: Annotated[str, Field(max_length=2000, pattern=_NO_CONTROLS)] = Field(
        "", description="In own words; needed with the reason `other`"
    )
    position: Annotated[StrictInt, Field(ge=1, le=1000)] | None = Field(
        None, description="Rank at which the offer was shown"
    )
    shown: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = Field(
        "", description="`snapshot` of the list in which it was shown"
    )


class FeedbackAnswer(BaseModel):
    """One event; nothing in it changes any more."""

    id: str
    kind: OfferKind
    offer_id: str
    action: Action
    reason: Reason | None
    reason_text: str | None = Field(description="The reason in words")
    text: str
    position: int | None
    shown: str
    at: datetime
    by: str = Field(description="Id of the key")
    withdraws: str | None = Field(description="The event that this one takes back")

    @classmethod
    def of(cls, event: Feedback, lang: Lang) -> FeedbackAnswer:
        """Return an event as it is shown."""
        return cls(
            id=event.id,
            kind=event.kind,
            offer_id=event.offer_id,
            action=event.action,
            reason=event.reason,
            reason_text=Words.of(lang)(REASONS[event.reason]) if event.reason else None,
            text=event.text,
            position=event.position,
            shown=event.shown,
            at=event.at,
            by=event.by,
            withdraws=event.withdraws,
        )


class WishAnswer(BaseModel):
    """What the client does not want to be offered."""

    id: str = Field(description="To withdraw it by")
    limit: Limit
    value: str
    text: str = Field(description="The same in words")
    reason: Reason
    since: date

    @classmethod
    def of(cls, wish: Wish, lang: Lang) -> WishAnswer:
        """Return a wish as it is shown."""
        return cls(
            id=wish.id,
            limit=wish.limit,
            value=wish.value,
            text=wish_words(wish.limit, wish.value, wish.since, lang),
            reason=wish.reason,
            since=wish.since,
        )


class WishesAnswer(BaseModel):
    """The wishes that hold, and what they keep out of the lists of today."""

    wishes: list[WishAnswer]
    kept_out: dict[OfferKind, list[OfferMatch]] = Field(
        description="What nothing but a wish keeps out of the first k; the gate says which"
    )
