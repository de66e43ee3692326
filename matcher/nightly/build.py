"""Encode everything that is open in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.records import RecordEncoder
from matcher.index.segment import searchable
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
    wordless
        How many records of each kind were left out, having no words to encode.
    revision
        The store's revision that they show.
    """

    batches: Mapping[RecordKind, EncodedBatch]
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
    wordless: dict[RecordKind, int] = {}
    for kind in RecordKind:
        parts = [EncodedBatch.empty(records.encoder.dimension)]
        for part in _encoded(store, records, kind, on):
            parts.append(part)
            done += len(part)
            progress("encode", done, max(done, total))
        whole = EncodedBatch.concatenate(parts)
        batches[kind] = searchable(whole)
        wordless[kind] = len(whole) - len(batches[kind])
    return EncodedStore(batches, wordless, revision)


def encode_stored(
    store: Store, records: RecordEncoder, kind: RecordKind, ids: Sequence[str]
) -> EncodedBatch:
    """Encode some records as they are stored now; ids without a record are left out."""
    if kind is RecordKind.PROFILE:
        return records.encode_profiles(list(store.profiles.get_many(ids).values()))
    return records.encode_offers(list(store.offers(OfferKind(kind)).get_many(ids).values()))


def _encoded(
    store: Store, records: RecordEncoder, kind: RecordKind, on: date
) -> Iterator[EncodedBatch]:
    if kind is RecordKind.PROFILE:
        yield from map(records.encode_profiles, store.profiles.open_batches(on))
    else:
        yield from map(records.encode_offers, store.offers(OfferKind(kind)).open_batches(on))


def _count(store: Store, kind: RecordKind, on: date) -> int:
    if kind is RecordKind.PROFILE:
        return store.profiles.count(on)
    return store.offers(OfferKind(kind)).count(on)
