"""What feedback says of how well offers fit clients in competence.

An offer that was saved, applied for or taken fits; one that was refused for lack of skills or
interest does not. A refusal for the way, the hours, the employer, the pay, the language or
health says nothing of competence and is no judgement. An offer that was shown above one the
client acted on, and passed over, does not fit; what stood further down may never have been
seen and is no judgement either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.domain.feedback import Action, Feedback, Reason
from matcher.domain.offer import OfferKind

FITTING: Final = frozenset(
    {Action.SAVED, Action.APPLIED, Action.INTERVIEW, Action.HIRED, Action.STARTED_TRAINING}
)
#: Refusals that speak of competence and of what the person would like to do.
TELLING: Final = frozenset({Reason.SKILLS_MISSING, Reason.NOT_INTERESTED})
#: How fast attention falls with the position: at rank r it is 1 / r ** ETA. One is the middle
#: of what Joachims et al. (2017) try; it has to be measured here once lists were shuffled.
ETA: Final = 1.0
#: No judgement weighs more than one at this position: a few rare ones would drown the rest.
DEEPEST_POSITION: Final = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known of one client and one offer.

    Parameters
    ----------
    profile_id, kind, offer_id
        Of whom and of what.
    fits
        Whether it fits.
    weight
        From 1: one over the chance that it was looked at where it stood.
    """

    profile_id: str
    kind: OfferKind
    offer_id: str
    fits: bool
    weight: float


def propensity(position: int | None) -> float:
    """Return the chance that an offer is looked at, by its position from 1.

    None, found otherwise, was looked at for certain.

    References
    ----------
    Joachims, T., Swaminathan, A. & Schnabel, T. (2017). Unbiased learning-to-rank with biased
    feedback. WSDM.
    """
    return 1.0 if position is None else float(min(position, DEEPEST_POSITION) ** -ETA)


def judgements_of(events: Iterable[Feedback]) -> list[Judgement]:
    """Return the judgements that one client's feedback holds, by kind and id of the offer.

    Parameters
    ----------
    events
        Of one client, in any order.
    """
    said = list(events)
    taken_back = {event.withdraws for event in said}
    by_offer: dict[tuple[OfferKind, str], list[Feedback]] = defaultdict(list)
    for event in said:
        if event.id not in taken_back and event.action is not Action.WITHDRAWN:
            by_offer[event.kind, event.offer_id].append(event)
    acted_on = _deepest_acted_on(by_offer.values())
    found = (_judgement(by_offer[key], acted_on) for key in sorted(by_offer))
    return [judgement for judgement in found if judgement is not None]


def _judgement(
    events: Sequence[Feedback], acted_on: dict[tuple[OfferKind, str], int]
) -> Judgement | None:
    first = events[0]
    position = min((event.position for event in events if event.position), default=None)
    fits = any(event.action in FITTING for event in events)
    if fits or any(event.reason in TELLING for event in events):
        weight = 1 / propensity(position)
        return Judgement(first.profile_id, first.kind, first.offer_id, fits, weight)
    if any(event.action is not Action.PRESENTED for event in events):
        return None
    passed_over = any(
        event.position is not None and event.position < acted_on.get((event.kind, event.shown), 0)
        for event in events
    )
    # Who acted further down has looked at what stands above.
    return (
        Judgement(first.profile_id, first.kind, first.offer_id, False, 1.0) if passed_over else None
    )


def _deepest_acted_on(by_offer: Iterable[Sequence[Feedback]]) -> dict[tuple[OfferKind, str], int]:
    """Return the deepest position of an offer that fits, by kind and snapshot of the list."""
    deepest: dict[tuple[OfferKind, str], int] = {}
    for events in by_offer:
        if not any(event.action in FITTING for event in events):
            continue
        for event in events:
            key = (event.kind, event.shown)
            deepest[key] = max(deepest.get(key, 0), event.position or 0)
    return deepest
