"""The trainings and offers that train-ups name, read from the store to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.offer import Offer, OfferKind, Training
from matcher.domain.upskill import Opened, TrainUp, TrainUps
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class UpskillRecords:
    """The records that some train-ups name.

    Parameters
    ----------
    trainings
        By id.
    offers
        By kind and id.
    """

    trainings: Mapping[str, Training]
    offers: Mapping[tuple[OfferKind, str], Offer]

    @classmethod
    def of(cls, found: TrainUps, store: Store) -> UpskillRecords:
        """Read them; what was deleted meanwhile is absent."""
        ups = (*found.single, *found.sequences)
        ids = sorted({step.training_id for up in ups for step in up.steps})
        trainings = store.offers(OfferKind.TRAINING).get_many(ids)
        offers: dict[tuple[OfferKind, str], Offer] = {}
        for kind in OfferKind:
            named = {one.offer_id for up in ups for one in up.opened if one.kind is kind}
            if named:
                read = store.offers(kind).get_many(sorted(named))
                offers |= {(kind, id): offer for id, offer in read.items()}
        told = {id: one for id, one in trainings.items() if isinstance(one, Training)}
        return cls(told, offers)

    def complete(self, ups: Sequence[TrainUp]) -> list[TrainUp]:
        """Return the train-ups whose trainings are there, with the opened offers that are."""
        kept = [
            replace(up, opened=tuple(one for one in up.opened if self._has(one)))
            for up in ups
            if all(step.training_id in self.trainings for step in up.steps)
        ]
        return [up for up in kept if up.opened]

    def trainings_of(self, up: TrainUp) -> tuple[Training, ...]:
        """Return the trainings of a complete train-up, in their order."""
        return tuple(self.trainings[step.training_id] for step in up.steps)

    def offer(self, opened: Opened) -> Offer:
        """Return an opened offer of a complete train-up."""
        return self.offers[opened.kind, opened.offer_id]

    def _has(self, opened: Opened) -> bool:
        return (opened.kind, opened.offer_id) in self.offers
