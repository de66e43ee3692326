"""Encode what is open in the store, as far as the snapshot that is served does not know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.records import RecordEncoder
from matcher.index.segment import Attached, with_words
from matcher.match.gates.kept import GatesReader, KeptGates
from matcher.nightly.former import SOURCES, Former, Sources
from matcher.store.repository import Repository
from matcher.store.store import Store

#: Called with the name of a step, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class EncodedStore:
    """All open records of a store, encoded.

    Parameters
    ----------
    batches
        Of every kind, ordered by id.
    gates
        What gates read of the offers of each kind; rows are those of the batches.
    sources
        From what each record was encoded; rows are those of the batches.
    wordless
        How many records of each kind were left out, having no words to encode.
    taken_over
        How many of each kind were not encoded anew.
    revision
        The store's revision that they show.
    """

    batches: Mapping[RecordKind, EncodedBatch]
    gates: Mapping[RecordKind, KeptGates]
    sources: Mapping[RecordKind, Sources]
    wordless: Mapping[RecordKind, int]
    taken_over: Mapping[RecordKind, int]
    revision: int

    def attached(self) -> dict[RecordKind, Attached]:
        """Return what a snapshot keeps beside the batches."""
        return {
            kind: (self.gates[kind].arrays() if kind in self.gates else {})
            | {SOURCES: self.sources[kind]}
            for kind in self.batches
        }


def encode_store(
    store: Store, records: RecordEncoder, on: date, progress: Progress, former: Former
) -> EncodedStore:
    """Encode all records that are open on a day.

    Parameters
    ----------
    store, records
        Has them, and encodes them.
    on
        The day.
    progress
        Is told how many are done.
    former
        What has not changed since is taken over from there.
    """
    # Read first: what changes while the records are read is read again, as a change.
    revision = store.revision()
    counts = {kind: _repository(store, kind).count(on) for kind in RecordKind}
    done, total = 0, sum(counts.values())
    found: dict[RecordKind, _Encoded] = {}
    for kind in RecordKind:
        collector = _Collector(store, records, kind, former)
        for hashes in _repository(store, kind).open_hashes(on):
            collector.take(hashes)
            done += len(hashes)
            progress("encode", done, max(done, total))
        found[kind] = collector.finish()
    return EncodedStore(
        batches={kind: one.batch for kind, one in found.items()},
        gates={kind: one.gates for kind, one in found.items() if kind is not RecordKind.PROFILE},
        sources={kind: one.sources for kind, one in found.items()},
        wordless={kind: one.wordless for kind, one in found.items()},
        taken_over={kind: one.taken_over for kind, one in found.items()},
        revision=revision,
    )


def encode_stored(
    store: Store, records: RecordEncoder, kind: RecordKind, ids: Sequence[str]
) -> EncodedBatch:
    """Encode some records as they are stored now; ids without a record are left out."""
    if kind is RecordKind.PROFILE:
        return records.encode_profiles(list(store.profiles.get_many(ids).values()))
    return records.encode_offers(list(store.offers(OfferKind(kind)).get_many(ids).values()))


@dataclass(frozen=True, slots=True)
class _Encoded:
    """The records of one kind, as in `EncodedStore`."""

    batch: EncodedBatch
    gates: KeptGates
    sources: Sources
    wordless: int
    taken_over: int


class _Collector:
    """Collects the records of one kind: those that are known, and those that are encoded now."""

    def __init__(
        self, store: Store, records: RecordEncoder, kind: RecordKind, former: Former
    ) -> None:
        self._store = store
        self._records = records
        self._kind = kind
        self._former = former
        self._known = former.known(kind)
        self._reader = GatesReader()
        self._parts = [EncodedBatch.empty(records.encoder.dimension)]
        self._sources: list[bytes] = []
        #: Where among the read gates those of each record are.
        self._places: list[Rows] = [np.zeros(0, np.int64)]
        self._taken_over = 0

    def take(self, hashes: Mapping[str, str]) -> None:
        """Take in the next records: the hash of the content of each, by id in order."""
        wanted = {id: self._former.source(found) for id, found in hashes.items()}
        rows = self._known.rows(wanted) if self._known else {}
        fresh, sources = self._encode([id for id in hashes if id not in rows])
        taken = self._take_over(np.array(list(rows.values()), np.int64))
        arrived = [*sources, *(wanted[id] for id in rows)]
        order = np.argsort(np.array([*fresh.ids, *rows], np.str_), kind="stable")
        self._places.append(order + len(self._sources))
        self._sources += [arrived[place] for place in order.tolist()]
        both = [part for part in (fresh, taken) if len(part)]
        self._parts += [EncodedBatch.concatenate(both).take(order)] if both else []

    def finish(self) -> _Encoded:
        """Return all of them that have words."""
        whole = EncodedBatch.concatenate(self._parts)
        rows = with_words(whole)
        gates = self._reader.kept()
        return _Encoded(
            whole if len(rows) == len(whole) else whole.take(rows),
            gates.take(np.concatenate(self._places)[rows]) if len(gates) else gates,
            np.array(self._sources, np.bytes_)[rows],
            len(whole) - len(rows),
            self._taken_over,
        )

    def _encode(self, ids: Sequence[str]) -> tuple[EncodedBatch, list[bytes]]:
        """Return records with their sources, as they are stored now."""
        if self._kind is RecordKind.PROFILE:
            people = self._store.profiles.get_with_hashes(ids)
            batch = self._records.encode_profiles([one for one, _ in people.values()])
            return batch, [self._former.source(found) for _, found in people.values()]
        stored = self._store.offers(OfferKind(self._kind)).get_with_hashes(ids)
        offers = [one for one, _ in stored.values()]
        self._reader.read(offers)
        sources = [self._former.source(found) for _, found in stored.values()]
        return self._records.encode_offers(offers), sources

    def _take_over(self, rows: Rows) -> EncodedBatch:
        if self._known is None:
            return EncodedBatch.empty(self._records.encoder.dimension)
        self._taken_over += len(rows)
        if self._kind is not RecordKind.PROFILE:
            self._reader.take(self._known.gates, rows)
        return self._known.batch.take(rows)


def _repository(store: Store, kind: RecordKind) -> Repository[Profile] | Repository[Offer]:
    return store.profiles if kind is RecordKind.PROFILE else store.offers(OfferKind(kind))
