"""Offers with their words, read once and kept while nothing changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import count, islice
from threading import Lock
from typing import Final

from matcher.domain.offer import Offer, OfferKind
from matcher.encode.records import RecordEncoder
from matcher.encode.text import RecordText
from matcher.encode.words import text_digest
from matcher.index.corpus import Corpus
from matcher.match.duplicates import Advertisement, advertisement
from matcher.match.gates.remembered import Demand, demanded
from matcher.match.gates.sides import demands_of
from matcher.match.reasons.spelling import Spelled, spell
from matcher.store.store import Store

#: So many offers of a kind are kept: a few kilobytes each. The oldest go first.
ROOM: Final = 20_000

_NUMBERS: Final = count()


class Entry:
    """An offer, its words, and their fingerprint as the index knows it.

    Its words are chosen when somebody asks for them: who only shows an offer needs none.

    Parameters
    ----------
    offer
        As it is stored.
    records
        Chooses its words.
    """

    def __init__(self, offer: Offer, records: RecordEncoder) -> None:
        self.offer = offer
        #: Another one for every offer that was read, also for the same offer read again.
        self.number = next(_NUMBERS)
        self._records = records
        self._advertisement: Advertisement | None = None

    @cached_property
    def words(self) -> RecordText:
        """What is encoded of the offer."""
        return self._records.offer_texts([self.offer])[0]

    @cached_property
    def digest(self) -> str:
        """Fingerprint of the words."""
        return text_digest(self.words)

    @cached_property
    def asked(self) -> tuple[Demand, ...]:
        """What gates read of the offer."""
        return demanded(demands_of(self.offer))

    def advertisement(self, corpus: Corpus, row: int) -> Advertisement:
        """Return what is compared of the offer, given where its n-grams are."""
        if self._advertisement is None:
            self._advertisement = advertisement(self.offer, self.digest, corpus.grams_of(row))
        return self._advertisement

    @cached_property
    def spelled(self) -> Spelled:
        """How the phrases are spelled."""
        return spell([phrase.text for phrase in self.words.phrases])


class OfferBook:
    """Offers by id, kept until they change in the store; safe across threads.

    Parameters
    ----------
    store
        Where offers are read.
    records
        Chooses their words.
    room
        How many of each kind are kept.

    Attributes
    ----------
    room
        The same now (`make_room`).
    """

    def __init__(self, store: Store, records: RecordEncoder, room: int = ROOM) -> None:
        self._store = store
        self._records = records
        self.room = room
        #: From here on every change is known.
        self._opened = self._revision = store.revision()
        self._snapshot = ""
        self._entries: dict[OfferKind, dict[str, Entry]] = {kind: {} for kind in OfferKind}
        #: Revision at which a change was noticed, of the offers that have changed since.
        self._changed: dict[tuple[OfferKind, str], int] = {}
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
            if revision <= self._revision:
                return  # who reads in a transaction that began before may see an older one
            for kind, entries in self._entries.items():
                changes = self._store.offers(kind).changed_since(self._revision, on)
                for id in (*(offer.id for offer in changes.upserted), *changes.removed):
                    entries.pop(id, None)
                    self._changed[kind, id] = revision
            self._revision = revision

    @property
    def revision(self) -> int:
        """Revision of the store at the last refresh."""
        return self._revision

    def make_room(self, offers: int) -> None:
        """Keep at least so many offers of each kind."""
        self.room = max(self.room, offers)

    def same_since(self, revision: int, offers: Iterable[tuple[OfferKind, str]]) -> bool:
        """Tell whether none of some offers has changed after a revision of a refresh.

        Of a refresh of another book from before this one was opened that is not known.
        """
        return revision >= self._opened and all(
            self._changed.get(offer, 0) <= revision for offer in offers
        )

    def get(self, kind: OfferKind, ids: Collection[str]) -> dict[str, Entry]:
        """Return the offers that exist, by id, as of the last refresh or newer."""
        with self._lock:
            entries, as_of = self._entries[kind], self._revision
            found = {id: entries[id] for id in ids if id in entries}
        absent = [id for id in ids if id not in found]
        if absent:
            # Not while others wait: the database may take its time.
            read = self._read(kind, absent)
            found |= read
            self._keep(kind, read, as_of)
        return {id: found[id] for id in ids if id in found}

    def _read(self, kind: OfferKind, ids: Sequence[str]) -> dict[str, Entry]:
        offers = self._store.offers(kind).get_many(ids)
        return {id: Entry(offers[id], self._records) for id in ids if id in offers}

    def _keep(self, kind: OfferKind, read: Mapping[str, Entry], as_of: int) -> None:
        with self._lock:
            if self._revision != as_of:
                return  # what was read may be what a refresh has just forgotten
            entries = self._entries[kind]
            entries.update(read)
            for id in list(islice(entries, max(0, len(entries) - self.room))):
                del entries[id]
