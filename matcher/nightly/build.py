"""Encode everything that is open in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.records import RecordEncoder
from matcher.index.segment import with_words
from matcher.match.gates.kept import GatesReader, KeptGates
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
    wordless
        How many records of each kind were left out, having no words to encode.
    revision
        The store's revision that they show.
    """

    batches: Mapping[RecordKind, EncodedBatch]
    gates: Mapping[RecordKind, KeptGates]
    wordless: Mapping[RecordKind, int]
    revision: int


def encode_store(
    store: Store, records: RecordEncoder, on: date, progress: Progress
) -> EncodedStore:
    """Encode all records that are open on a day."""
    # Read first: what changes while the records are read is read again, as a change.
    revision = store.revision()
    counts = {kind: _count(store, kind, on) for kind in RecordKind}
    done, total = 0, sum(counts.values())
    batches: dict[RecordKind, EncodedBatch] = {}
    gates: dict[RecordKind, KeptGates] = {}
    wordless: dict[RecordKind, int] = {}
    for kind in RecordKind:
        parts, reader = [EncodedBatch.empty(records.encoder.dimension)], GatesReader()
        for part in _encoded(store, records, kind, on, reader):
            parts.append(part)
            done += len(part)
            progress("encode", done, max(done, total))
        whole = EncodedBatch.concatenate(parts)
        rows = with_words(whole)
        batches[kind] = whole if len(rows) == len(whole) else whole.take(rows)
        wordless[kind] = len(whole) - len(batches[kind])
        if kind is not RecordKind.PROFILE:
            gates[kind] = reader.kept().take(rows)
    return EncodedStore(batches, gates, wordless, revision)


def encode_stored(
    store: Store, records: RecordEncoder, kind: RecordKind, ids: Sequence[str]
) -> EncodedBatch:
    """Encode some records as they are stored now; ids without a record are left out."""
    if kind is RecordKind.PROFILE:
        return records.encode_profiles(list(store.profiles.get_many(ids).values()))
    return records.encode_offers(list(store.offers(OfferKind(kind)).get_many(ids).values()))


def _encoded(
    store: Store, records: RecordEncoder, kind: RecordKind, on: date, reader: GatesReader
) -> Iterator[EncodedBatch]:
    """Yield the records of a kind, encoded; the gates of offers are read on the way."""
    if kind is RecordKind.PROFILE:
        yield from map(records.encode_profiles, store.profiles.open_batches(on))
        return
    for offers in store.offers(OfferKind(kind)).open_batches(on):
        reader.read(offers)
        yield records.encode_offers(offers)


def _count(store: Store, kind: RecordKind, on: date) -> int:
    if kind is RecordKind.PROFILE:
        return store.profiles.count(on)
    return store.offers(OfferKind(kind)).count(on)
