"""Records read for encoding: their words found and counted, and what gates read of offers.

That needs no encoder, and takes most of the time in which records are encoded: this process
does it, or several beside it. Which records they are is said by id only, and each comes with
the hash of the content that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Protocol

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.records import offer_texts, profile_texts
from matcher.encode.words import RecordWords
from matcher.match.gates.kept import GatesReader, KeptGates
from matcher.nightly.crew import Processes
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Unread:
    """Some records of one kind, by id in order."""

    kind: RecordKind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadRecords:
    """What was read of some records of one kind; those that are gone are left out.

    Parameters
    ----------
    words
        Of the records.
    contents
        Hash of the content of each.
    gates
        What gates read of offers; of profiles they read nothing here.
    """

    words: RecordWords
    contents: tuple[str, ...]
    gates: KeptGates


class ReadShards(Protocol):
    """Reads each shard, shard after shard in the same order."""

    def __call__(self, shards: Iterable[Unread], /) -> Iterator[ReadRecords]:
        """Yield what was read of each shard."""


def read_here(store: Store) -> ReadShards:
    """Read in this process."""
    return partial(map, partial(read_records, store))


def read_in_workers(open_store: Callable[[], Store], processes: Processes) -> ReadShards:
    """Read in several processes; shards come back in their order.

    Parameters
    ----------
    open_store
        Is sent to every process and called there once; what it opens is closed by the end
        of the process.
    processes
        Stay for what comes after.
    """
    return processes.work(partial(_read_shard, open_store))


@dataclass(frozen=True, slots=True)
class StoreAt:
    """Opens the store at an address."""

    url: str

    def __call__(self) -> Store:
        """Return the store."""
        return Store.open(self.url)


def read_records(store: Store, shard: Unread) -> ReadRecords:
    """Read some records as they are stored now."""
    reader = GatesReader()
    if shard.kind is RecordKind.PROFILE:
        people = store.profiles.get_with_hashes(shard.ids)
        texts = profile_texts([one for one, _ in people.values()], store.concepts.labels)
        contents = tuple(content for _, content in people.values())
    else:
        stored = store.offers(OfferKind(shard.kind)).get_with_hashes(shard.ids)
        offers = [one for one, _ in stored.values()]
        reader.read(offers)
        texts = offer_texts(offers, store.concepts.labels)
        contents = tuple(content for _, content in stored.values())
    return ReadRecords(RecordWords.of(texts), contents, reader.kept())


def _read_shard(open_store: Callable[[], Store], shard: Unread) -> ReadRecords:
    return read_records(_opened(open_store), shard)


@lru_cache(maxsize=1)
def _opened(open_store: Callable[[], Store]) -> Store:
    return open_store()
