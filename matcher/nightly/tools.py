"""What a night works with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.config import Settings
from matcher.encode.cache import CachedEncoder
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.evaluate.fairness.pairs import Twins
from matcher.index.verified import Verify, verify_noting_in
from matcher.nightly.advising import AdviseShards
from matcher.nightly.build import Progress
from matcher.nightly.golden import GoldenSet
from matcher.nightly.journal import Clock
from matcher.nightly.reading import ReadShards
from matcher.nightly.shards import MatchShards
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """What a night works with.

    Parameters
    ----------
    settings
        Folders, retention.
    store, encoder
        Of the installation.
    golden
        Judged pairs that encoder and ranking are held against.
    twins
        People told in several ways, who must be offered the same; none leaves that gate out.
    read
        Reads the records that have changed.
    match
        Makes the lists.
    advise
        Makes the train-ups.
    clock, rng
        Time, and the samples of the gates.
    progress
        Is told how far each step has come.
    """

    settings: Settings
    store: Store
    encoder: Encoder
    golden: GoldenSet
    twins: tuple[Twins, ...]
    read: ReadShards
    match: MatchShards
    advise: AdviseShards
    clock: Clock
    rng: np.random.Generator
    progress: Progress

    @property
    def verify(self) -> Verify:
        """What verifies snapshots, those of this night once."""
        return verify_noting_in(self.settings.verified)

    def cached(self) -> CachedEncoder:
        """Return the encoder with what it has encoded in the nights before."""
        return CachedEncoder(self.encoder, self.settings.home / "vectors")

    def records(self, encoder: Encoder) -> RecordEncoder:
        """Return what encodes records with an encoder and the labels of the store."""
        return RecordEncoder(encoder, self.store.concepts.labels)
