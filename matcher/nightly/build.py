"""Encode what is open in the store, as far as the snapshot that is served does not know it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import tee
from pathlib import Path

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.protocol import TextRole
from matcher.encode.records import RecordEncoder
from matcher.index.growing import GrowingBatch
from matcher.index.segment import Attached
from matcher.match.gates.kept import GatesReader, KeptGates
from matcher.nightly.former import SOURCES, Former, Known, Sources
from matcher.nightly.reading import ReadRecords, ReadShards, Unread
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
    store: Store,
    records: RecordEncoder,
    on: date,
    progress: Progress,
    former: Former,
    *,
    folder: Path,
    read: ReadShards,
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
    folder
        Of the new snapshot: the largest columns are written there as they come.
    read
        Reads what has changed.
    """
    # Read first: what changes while the records are read is read again, as a change.
    revision = store.revision()
    done, total = 0, sum(_repository(store, kind).count(on) for kind in RecordKind)
    known = {kind: former.known(kind) for kind in RecordKind}
    asked, kept = tee(_parts(store, on, former, known))
    # Others read ahead, while what they have read is encoded here.
    found = read(part.unread for part in asked if part.unread.ids)
    dimension = records.encoder.dimension
    collectors = {
        kind: _Collector(
            records, kind, former, known[kind], GrowingBatch(folder / kind.plural, dimension)
        )
        for kind in RecordKind
    }
    for part in kept:
        collectors[part.unread.kind].take(part, next(found) if part.unread.ids else None)
        done += len(part.wanted)
        progress("encode", done, max(done, total))
    encoded = {kind: collector.finish() for kind, collector in collectors.items()}
    return EncodedStore(
        batches={kind: encoded[kind].batch for kind in RecordKind},
        gates={kind: encoded[kind].gates for kind in map(RecordKind.of_offer, OfferKind)},
        sources={kind: encoded[kind].sources for kind in RecordKind},
        wordless={kind: encoded[kind].wordless for kind in RecordKind},
        taken_over={kind: encoded[kind].taken_over for kind in RecordKind},
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


@dataclass(frozen=True, slots=True)
class _Part:
    """Some records of a kind: which are known, and which are to be read.

    Parameters
    ----------
    wanted
        The source of each as it is stored, by id in order.
    rows
        Of those that are known as they are, by id.
    unread
        The others.
    """

    wanted: Mapping[str, bytes]
    rows: Mapping[str, int]
    unread: Unread


def _parts(
    store: Store, on: date, former: Former, known: Mapping[RecordKind, Known | None]
) -> Iterator[_Part]:
    for kind in RecordKind:
        former_ones = known[kind]
        for hashes in _repository(store, kind).open_hashes(on):
            wanted = {id: former.source(found) for id, found in hashes.items()}
            rows = former_ones.rows(wanted) if former_ones else {}
            unread = tuple(id for id in hashes if id not in rows)
            yield _Part(wanted, rows, Unread(kind, unread))


class _Collector:
    """Collects the records of one kind: those that are known, and those that are encoded now.

    Those without words are left out.
    """

    def __init__(
        self,
        records: RecordEncoder,
        kind: RecordKind,
        former: Former,
        known: Known | None,
        growing: GrowingBatch,
    ) -> None:
        self._records = records
        self._role = TextRole.QUERY if kind is RecordKind.PROFILE else TextRole.PASSAGE
        self._former = former
        self._known = known
        self._growing = growing
        self._reader = GatesReader()
        self._sources: list[bytes] = []
        #: Where among the read gates those of each record are.
        self._places: list[Rows] = [np.zeros(0, np.int64)]
        self._arrived = self._taken_over = 0

    def take(self, part: _Part, found: ReadRecords | None) -> None:
        """Take in the next records, with what was read of those that are not known."""
        fresh, sources = self._encode(found)
        taken = self._take_over(np.array(list(part.rows.values()), np.int64))
        arrived = [*sources, *(part.wanted[id] for id in part.rows)]
        both = EncodedBatch.concatenate([fresh, taken])
        order = np.argsort(np.array(both.ids, np.str_), kind="stable")
        order = order[np.diff(both.offsets)[order] > 0]
        self._places.append(order + self._arrived)
        self._arrived += len(arrived)
        self._sources += [arrived[place] for place in order.tolist()]
        self._growing.add(both.take(order))

    def finish(self) -> _Encoded:
        """Return all of them that have words."""
        gates, whole = self._reader.kept(), self._growing.whole()
        return _Encoded(
            whole,
            gates.take(np.concatenate(self._places)) if len(gates) else gates,
            np.array(self._sources, np.bytes_),
            self._arrived - len(whole),
            self._taken_over,
        )

    def _encode(self, found: ReadRecords | None) -> tuple[EncodedBatch, list[bytes]]:
        """Return records with their sources, as they were read."""
        if found is None:
            return EncodedBatch.empty(self._records.encoder.dimension), []
        self._reader.take(found.gates, np.arange(len(found.gates)))
        sources = [self._former.source(content) for content in found.contents]
        return self._records.encode_words(found.words, self._role), sources

    def _take_over(self, rows: Rows) -> EncodedBatch:
        if self._known is None:
            return EncodedBatch.empty(self._records.encoder.dimension)
        self._taken_over += len(rows)
        if len(self._known.gates):
            self._reader.take(self._known.gates, rows)
        return self._known.batch.take(rows)


def _repository(store: Store, kind: RecordKind) -> Repository[Profile] | Repository[Offer]:
    return store.profiles if kind is RecordKind.PROFILE else store.offers(OfferKind(kind))
