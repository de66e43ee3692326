"""Feedback on an offer as it is given, and what its reason limits from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from matcher.domain.feedback import REASONED, Action, Feedback, Reason
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import WorkingTime
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.contacts import without_contacts
from matcher.match.gates.journeys import road_km
from matcher.match.gates.times import DEMANDING_TIMES

#: What a client who wants no shifts is spared where an offer tells its times in prose only.
_SHIFTS: Final = (WorkingTime.PERIOD, WorkingTime.SHIFT)
#: Actions that only some kinds of offer can have.
_KINDS: Final[dict[Action, frozenset[OfferKind]]] = {
    Action.INTERVIEW: frozenset({OfferKind.VACANCY, OfferKind.NEED, OfferKind.TRAINING}),
    Action.HIRED: frozenset({OfferKind.VACANCY, OfferKind.NEED}),
    Action.STARTED_TRAINING: frozenset({OfferKind.TRAINING}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody says of an offer; the fields are those of `Feedback`."""

    action: Action
    reason: Reason | None = None
    text: str = ""
    position: int | None = None
    shown: str = ""


def noted(
    profile: Profile, offer: Offer, given: Given, *, id: str, now: datetime, by: str
) -> Feedback:
    """Return the event to be written down.

    Parameters
    ----------
    profile, offer
        Of whom and of what it is said.
    given
        What is said.
    id, now, by
        Of the event.

    Raises
    ------
    InputError
        If action, reason and kind of offer do not go together.
    """
    _check(given, kind_of(offer))
    value = _value(profile, offer, given.reason)
    if given.action is Action.WISH and not value:
        raise InputError(
            f"The offer tells nothing that the reason {given.reason} could limit.",
            remedy="Give not_suitable, which is about this offer only.",
            field="reason",
        )
    return Feedback(
        id=id,
        profile_id=profile.id,
        offer_id=offer.id,
        kind=kind_of(offer),
        action=given.action,
        reason=given.reason,
        value=value,
        text=without_contacts(given.text),
        position=given.position,
        shown=given.shown,
        at=now,
        by=by,
    )


def _check(given: Given, kind: OfferKind) -> None:
    """Refuse what does not go together.

    Raises
    ------
    InputError
        Naming the field at fault.
    """
    if given.action is Action.WITHDRAWN:
        raise InputError("A wish is withdrawn by its id.", remedy="Name the wish.", field="action")
    if given.action in REASONED and given.reason is None:
        known = ", ".join(Reason)
        raise InputError(
            f"{given.action} needs a reason.", remedy=f"Give one of {known}.", field="reason"
        )
    if given.action not in REASONED and given.reason is not None:
        raise InputError(f"{given.action} takes no reason.", remedy="Leave it out.", field="reason")
    if given.reason is Reason.OTHER and not given.text.strip():
        raise InputError(
            "Another reason has to be told.", remedy="Say it in the text.", field="text"
        )
    if kind not in _KINDS.get(given.action, frozenset(OfferKind)):
        raise InputError(f"{given.action} cannot happen with a {kind}.", field="action")


def _value(profile: Profile, offer: Offer, reason: Reason | None) -> str:
    """Return what a reason limits, or nothing if it limits no more than the offer at hand."""
    match reason:
        case Reason.EMPLOYER:
            return offer.organisation.strip()
        case Reason.SHIFTS:
            told = DEMANDING_TIMES.intersection(offer.hours.times or ())
            return ",".join(sorted(told or _SHIFTS))
        case Reason.TOO_FAR:
            km = road_km(profile, offer)
            # Who finds the own municipality too far does not say how far is not.
            return f"{km:.1f}" if km else ""
        case _:
            return ""
