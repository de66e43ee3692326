"""Offers with their words, read once and kept while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
    """Offers by id, kept until they change in the store; safe across threads.

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
        self._revision = store.revision()
        self._snapshot = ""
        self._entries: dict[OfferKind, dict[str, Entry]] = {kind: {} for kind in OfferKind}
        self._lock = Lock()

    def refresh(self, on: date, snapshot: str) -> None:
        """Forget what has changed in the store since the last time.

        Parameters
        ----------
        on
            The day; offers that expired before are read again only if they changed.
        snapshot
            The one in use. With another all is forgotten: concepts may have other labels.
        """
        with self._lock:
            if snapshot != self._snapshot:
                self._entries, self._snapshot = {kind: {} for kind in OfferKind}, snapshot
            revision = self._store.revision()
            if revision == self._revision:
                return
            for kind, entries in self._entries.items():
                changes = self._store.offers(kind).changed_since(self._revision, on)
                for id in (*(offer.id for offer in changes.upserted), *changes.removed):
                    entries.pop(id, None)
            self._revision = revision

    def get(self, kind: OfferKind, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the offers that exist, by id, as of the last refresh or newer."""
        with self._lock:
            entries = self._entries[kind]
            absent = [id for id in ids if id not in entries]
            if absent:
                self._read(kind, absent)
            return {id: entries[id] for id in ids if id in entries}

    def _read(self, kind: OfferKind, ids: Sequence[str]) -> None:
        offers = list(self._store.offers(kind).get_many(ids).values())
        for offer, words in zip(offers, self._records.offer_texts(offers), strict=True):
            self._entries[kind][offer.id] = Entry(offer, words, text_digest(words))
