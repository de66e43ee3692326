"""Offers with their words, read once and kept while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from matcher.domain.offer import Offer, OfferKind
from matcher.encode.records import RecordEncoder, text_digest
from matcher.encode.text import RecordText
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """An offer, its words, and their fingerprint as the index knows it."""

    offer: Offer
    words: RecordText
    digest: str


class OfferBook:
    """Offers by id, forgotten as soon as the store's revision moves; safe across threads.

    Parameters
    ----------
    store
        Where offers are read.
    records
        Chooses their words.
    """

    def __init__(self, store: Store, records: RecordEncoder) -> None:
        self._store = store
        self._records = records
        self._revision = -1
        self._entries: dict[tuple[OfferKind, str], Entry] = {}
        self._lock = Lock()

    def get(self, kind: OfferKind, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the offers that exist, by id."""
        with self._lock:
            revision = self._store.revision()
            if revision != self._revision:
                self._entries, self._revision = {}, revision
            absent = [id for id in ids if (kind, id) not in self._entries]
            if absent:
                self._read(kind, absent)
            return {id: self._entries[kind, id] for id in ids if (kind, id) in self._entries}

    def _read(self, kind: OfferKind, ids: Sequence[str]) -> None:
        offers = list(self._store.offers(kind).get_many(ids).values())
        for offer, words in zip(offers, self._records.offer_texts(offers), strict=True):
            self._entries[kind, offer.id] = Entry(offer, words, text_digest(words))
