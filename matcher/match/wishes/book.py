"""The wishes of clients as they hold now, with the advertisements that they refuse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from matcher.domain.feedback import Action, Wish
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.match.book import Entry, OfferBook
from matcher.match.duplicates import Seen
from matcher.match.sides import Offered
from matcher.match.wishes.limits import Refused, Wishes, without_wishes
from matcher.store.store import Store

#: So many refused advertisements that are no longer open are kept encoded.
_KEPT: Final = 4096


class WishBook:
    """Reads wishes, and knows what the offers that they name say.

    Parameters
    ----------
    store
        Where wishes are read.
    live, book, records
        Where advertisements are looked up, open or not.
    """

    def __init__(self, store: Store, live: Live, book: OfferBook, records: RecordEncoder) -> None:
        self._store = store
        self._live = live
        self._book = book
        self._records = records
        self._encode = lru_cache(_KEPT)(self._encode_closed)  # an entry is another once it changes

    def of(self, profile_ids: Collection[str]) -> dict[str, Wishes]:
        """Return the wishes of clients by id; who has none is absent."""
        held = self._store.feedback.wishes(profile_ids)
        return {id: Wishes([self._refused(wish) for wish in said]) for id, said in held.items()}

    def heeding(
        self, profile: Profile, lists: Mapping[OfferKind, Sequence[Match]]
    ) -> dict[OfferKind, list[Match]]:
        """Return lists that were made before with gates for the wishes that hold now."""
        wishes = self.of([profile.id]).get(profile.id)
        if wishes is None:
            return {
                kind: [without_wishes(match) for match in found] for kind, found in lists.items()
            }
        heeded: dict[OfferKind, list[Match]] = {}
        for kind, found in lists.items():
            entries = self._book.get(kind, [match.offer_id for match in found])
            heeded[kind] = [
                wishes.added_to(without_wishes(match), profile, self._offered(kind, entry))
                for match in found
                if (entry := entries.get(match.offer_id))
            ]
        return heeded

    def _refused(self, wish: Wish) -> Refused:
        ads = Seen()
        if wish.action is Action.NOT_SUITABLE:
            entries = self._book.get(wish.kind, [wish.offer_id])
            for offered in (self._offered(wish.kind, entry) for entry in entries.values()):
                ads.add(offered.offer, offered.encoded)
        return Refused(wish, ads)

    def _offered(self, kind: OfferKind, entry: Entry) -> Offered:
        corpus = self._live.corpus(RecordKind.of_offer(kind))
        row = corpus.row_of(entry.offer.id)
        if row is None:
            return Offered(entry.offer, entry.words, self._encode(entry))
        return Offered(entry.offer, entry.words, corpus.take_whole(np.array([row])))

    def _encode_closed(self, entry: Entry) -> EncodedBatch:
        """Encode an offer that the index no longer holds: it may be advertised again."""
        return self._records.encode_offers([entry.offer])
