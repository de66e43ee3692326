"""What made a list, opened as it was then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.domain.decision import Decision, Item
from matcher.domain.match import Match
from matcher.domain.offer import OFFER_TYPES, Offer
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.errors import NotReadyError
from matcher.index.live import Live
from matcher.match.decisions.items import package_items, train_up_items
from matcher.match.matcher import Matcher
from matcher.match.package.packer import Packer
from matcher.match.search import Blocked
from matcher.match.upskill.advice import Upskiller
from matcher.pathways.area import PhaseKind
from matcher.store import codec
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Then:
    """What makes lists as of a moment.

    Parameters
    ----------
    store, live, records, matcher
        Of that moment.
    """

    store: Store
    live: Live
    records: RecordEncoder
    matcher: Matcher

    def train_ups(self, profile: Profile, decision: Decision) -> tuple[Item, ...]:
        """Return train-ups made again; sequences only if the record has some."""
        terms = decision.terms
        upskiller = Upskiller(self.live, self.store, self.records)
        [found] = upskiller.advise([profile], k=terms.k, on=terms.on)
        has_sequences = any(len(item.offers) > 1 for item in decision.items)
        return train_up_items(found if has_sequences else replace(found, sequences=()), self.store)

    def package(self, profile: Profile, decision: Decision) -> tuple[Item, ...]:
        """Return a package chosen again."""
        packing = decision.terms.packing
        if packing is None:
            return ()
        packed = Packer(self.store, self.records, self.matcher).pack(
            profile,
            packing.needs,
            phase=PhaseKind(packing.phase) if packing.phase else None,
            budget_eur=packing.budget_eur,
            on=decision.terms.on,
        )
        return package_items(packed, self.store)

    def candidates(self, places: Sequence[Decision]) -> list[Match]:
        """Return people looked for again, as many as it takes to meet all who were shown."""
        terms = places[0].terms
        if terms.sought is None:
            return []
        wanted = {one.profile_id for one in places}
        k = terms.k
        while True:
            found = self.matcher.candidates(
                self.offer(places[0]),
                k=k,
                blocked=Blocked(terms.blocked),
                on=terms.on,
                municipalities=terms.sought.homes,
            )
            if len(found) < k or wanted <= {match.profile_id for match in found}:
                return found
            k *= 2

    def offer(self, place: Decision) -> Offer:
        """Return the offer that people were looked for, as it was."""
        sought = place.terms.sought
        if sought is None:
            raise NotReadyError(f"The record {place.id} names no offer.", remedy="Ask anew.")
        if sought.document:
            return codec.load(OFFER_TYPES[sought.kind], sought.document)
        return self.store.offers(sought.kind).get(sought.offer_id)
