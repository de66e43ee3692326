"""What a list was made from, as it was then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.decision import Decision
from matcher.domain.feedback import Wish
from matcher.domain.offer import OFFER_TYPES, Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.wording import Override
from matcher.store import codec
from matcher.store.store import Store
from matcher.store.versions import Moment


@dataclass(frozen=True, slots=True)
class Past:
    """What a record speaks of, as it was when the list was made.

    Parameters
    ----------
    profile
        The person's.
    offers
        Those of the list, by kind and id; one that is no longer kept is absent.
    wishes
        Those that held: what people have set against the order of the program.
    overrides
        Needs of the list whose words somebody had kept, with the reasons.
    """

    profile: Profile
    offers: Mapping[tuple[OfferKind, str], Offer]
    wishes: Sequence[Wish]
    overrides: Sequence[Override]


def _told(decision: Decision) -> list[tuple[OfferKind, str]]:
    """Return all offers that a record speaks of."""
    matches = [one.match for one in decision.placed or ()]
    return [
        *((match.kind, match.offer_id) for match in matches),
        *((kind, id) for item in decision.items for kind, id, _ in item.offers),
        *((one.kind, one.offer_id) for item in decision.items for one in item.opened),
    ]


def past_of(decision: Decision, store: Store) -> Past:
    """Return what a list was made from.

    Of a list without inputs in its record, what is stored now takes the place of what was.

    Raises
    ------
    NotFoundError
        If the profile as it was is no longer kept.
    """
    inputs = decision.inputs
    moment = Moment(inputs.revision, inputs.said, inputs.ranked, inputs.heard)
    then = store.at(moment) if inputs.content_hash else store
    told = _told(decision)
    offers = {
        (kind, offer.id): offer
        for kind in {kind for kind, _ in told}
        for offer in then.offers(kind).get_many([id for of, id in told if of is kind]).values()
    }
    sought = decision.terms.sought
    if sought is not None and sought.document:
        offers[sought.kind, sought.offer_id] = codec.load(OFFER_TYPES[sought.kind], sought.document)
    needs = {id for kind, id in offers if kind is OfferKind.NEED}
    return Past(
        profile=then.profiles.get(decision.profile_id),
        offers=offers,
        wishes=then.feedback.wishes([decision.profile_id]).get(decision.profile_id, ()),
        overrides=[
            one
            for one in store.overrides.all()
            if one.need_id in needs and one.at <= decision.made_at
        ],
    )
