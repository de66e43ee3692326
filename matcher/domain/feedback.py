"""What became of offers: what coaches and clients said of them, and the wishes that follow.

Feedback is a log of events: nothing in it is changed, and a wish ends by an event that
withdraws it. That an offer expired is no event: expired is not rejected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from matcher.domain.calendar import finnish_day
from matcher.domain.offer import OfferKind


class Action(StrEnum):
    """What happened with an offer for a client.

    A wish is the client's own word about offers of that sort; not suitable is about the
    offer at hand, and about that sort too where its reason says so.
    """

    PRESENTED = "presented"
    SAVED = "saved"
    NOT_SUITABLE = "not_suitable"
    APPLIED = "applied"
    INTERVIEW = "interview"
    HIRED = "hired"
    STARTED_TRAINING = "started_training"
    ENDED = "ended"
    WISH = "wish"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why an offer does not suit a client."""

    TOO_FAR = "too_far"
    SHIFTS = "shifts"
    EMPLOYER = "employer"
    PAY = "pay"
    SKILLS_MISSING = "skills_missing"
    LANGUAGE = "language"
    HEALTH = "health"
    NOT_INTERESTED = "not_interested"
    ALREADY_APPLIED = "already_applied"
    OTHER = "other"


class Limit(StrEnum):
    """What a wish keeps out: an offer, an employer, working times, or all from a distance on."""

    OFFER = "offer"
    EMPLOYER = "employer"
    TIMES = "times"
    DISTANCE = "distance"


#: Reasons that speak of more than the offer at hand, and what they limit.
LIMITS: Final[dict[Reason, Limit]] = {
    Reason.TOO_FAR: Limit.DISTANCE,
    Reason.SHIFTS: Limit.TIMES,
    Reason.EMPLOYER: Limit.EMPLOYER,
}
#: Actions that come with a reason; no other does.
REASONED: Final = frozenset({Action.NOT_SUITABLE, Action.WISH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One event of an offer and a client.

    Parameters
    ----------
    id, profile_id, offer_id, kind
        Of the event, the client, the offer, and the offer's kind.
    action
        What happened.
    reason
        Why, if the action is one of `REASONED`.
    value
        What the reason limits, as it was at that moment: the employer's name, working times
        with commas between them, or kilometres; empty if it limits the offer at hand only.
    text
        In the coach's words.
    position
        Rank at which the offer was shown, from 1; None if it was found otherwise. Whoever
        learns from feedback needs it: what stands first is looked at first.
    shown
        Snapshot of the list in which it was shown; empty if it was found otherwise.
    at, by
        When, and through which key.
    withdraws
        Id of the event that this one takes back.
    """

    id: str
    profile_id: str
    offer_id: str
    kind: OfferKind
    action: Action
    reason: Reason | None = None
    value: str = ""
    text: str = ""
    position: int | None = None
    shown: str = ""
    at: datetime
    by: str
    withdraws: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client does not want to be offered, until it is withdrawn.

    Parameters
    ----------
    id
        Of the feedback it follows from.
    limit, value
        What it keeps out; the value as in `Feedback`, an offer's id if it keeps out that one.
    offer_id, kind
        The offer of which it was said, which is kept out too if it was found not suitable.
    action
        Whether the client said it or the coach found it.
    reason
        Why.
    since
        The day in Finland on which it was said.
    """

    id: str
    limit: Limit
    value: str
    offer_id: str
    kind: OfferKind
    action: Action
    reason: Reason
    since: date


def wishes_of(events: Iterable[Feedback]) -> tuple[Wish, ...]:
    """Return the wishes that a client's feedback holds and nothing withdrew, oldest first."""
    said = list(events)
    withdrawn = {event.withdraws for event in said}
    return tuple(
        _wish(event, event.reason)
        for event in said
        if event.action in REASONED and event.reason and event.id not in withdrawn
    )


def _wish(event: Feedback, reason: Reason) -> Wish:
    limit = LIMITS[reason] if event.value else Limit.OFFER
    return Wish(
        id=event.id,
        limit=limit,
        value=event.value or event.offer_id,
        offer_id=event.offer_id,
        kind=event.kind,
        action=event.action,
        reason=reason,
        since=finnish_day(event.at),
    )
