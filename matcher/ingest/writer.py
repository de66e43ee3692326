"""Writing things to the store in batches: named, without contacts, and none lost silently."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final, TypeAlias, cast

from matcher.domain.consent import is_same_need
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.contacts import scrub
from matcher.ingest.naming import name_concepts
from matcher.ingest.own import OFFER_KINDS
from matcher.ingest.rows import Document, ImportKind, Notes
from matcher.store.consents import Consents
from matcher.store.repository import Repository
from matcher.store.store import Store

Record: TypeAlias = Profile | Offer
#: A row that the store refuses, and why.
Refusal: TypeAlias = tuple[Document, InputError]
#: By whom a consent lapses when an import rewrites its need.
_BY: Final = "import"


def repository_of(store: Store, kind: ImportKind) -> Repository[Record]:
    """Return where records of a kind are stored."""
    found = store.profiles if kind is ImportKind.PROFILES else store.offers(OFFER_KINDS[kind])
    # Which of the two it is follows from the kind, which also chose the parser.
    return cast(Repository[Record], found)


class Writer:
    """Things on their way to the store, written together.

    Parameters
    ----------
    store, kind, now
        Into what, of what, and when.
    """

    def __init__(self, store: Store, kind: ImportKind, now: datetime) -> None:
        self._labels = store.concepts.labels
        self._repository = repository_of(store, kind)
        self._consents = store.consents if kind is ImportKind.NEEDS else None
        self._now = now
        self._things: dict[str, tuple[Document, Record]] = {}
        self._closing: list[str] = []
        self.counts: Counter[str] = Counter()
        self.notes: Notes = Counter()

    def __len__(self) -> int:
        return len(self._things) + len(self._closing)

    def add(self, row: Document, thing: Record) -> None:
        """Take a thing along, with the row it came from."""
        self._things[thing.id] = (row, thing)

    def close(self, id: str) -> None:
        """Close a record, or drop it if it is still on its way."""
        self._things.pop(id, None)
        self._closing.append(id)

    def flush(self) -> list[Refusal]:
        """Store what is waiting; return the rows that the store refuses."""
        rows = [row for row, _ in self._things.values()]
        named = name_concepts([t for _, t in self._things.values()], self._labels, self.notes)
        things = [scrub(thing) for thing in named]
        closing, self._things, self._closing = self._closing, {}, []
        refusals = self._store(rows, things) if things else []
        if closing:
            self.counts["closed"] += self._repository.close(closing, self._now)
        return refusals

    def _store(self, rows: list[Document], things: list[Record]) -> list[Refusal]:
        try:
            self._upsert(things)
        except InputError as error:
            if len(things) == 1:
                return [(rows[0], error)]
            # One bad id refuses the whole batch: halve it until the bad ones stand alone.
            half = len(things) // 2
            return self._store(rows[:half], things[:half]) + self._store(rows[half:], things[half:])
        return []

    def _upsert(self, things: list[Record]) -> None:
        if self._consents is not None:
            self._let_lapse(self._consents, things)
        done = self._repository.upsert(things, self._now)
        self.counts.update(new=done.new, changed=done.changed, unchanged=done.unchanged)

    def _let_lapse(self, consents: Consents, things: list[Record]) -> None:
        """End what people agreed to for needs that become other ones, before they do."""
        known = self._repository.get_many([thing.id for thing in things])
        for thing in things:
            before = known.get(thing.id)
            if not (isinstance(before, Offer) and isinstance(thing, Offer)):
                continue
            if not is_same_need(before, thing):
                consents.lapse(thing.id, self._now, _BY)
