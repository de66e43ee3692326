"""What is measured of a new snapshot before it may be published, and the bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.index.exact import ExactIndex
from matcher.index.snapshot import Snapshot
from matcher.nightly.build import encode_stored
from matcher.store.store import Store

SIZE_AT_LEAST: Final = 0.8
SELF_AT_LEAST: Final = 1.0
RECALL_AT_LEAST: Final = 0.99
SAMPLE: Final = 100
_K: Final = 10
_SAME_SCORE: Final = 1e-4
_SAME_VECTOR: Final = 0.999


class Gate(StrEnum):
    """The gates before publishing; `matcher.nightly.judge` has them in their order."""

    SIZE = "size"
    SELF_RETRIEVAL = "self_retrieval"
    RECALL = "recall@10"
    GOLDEN = "golden_ndcg@10"
    CHURN = "churn"
    DRIFT = "drift"
    TWINS = "twins"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class GateFigure:
    """How one kind of record came through one gate.

    Parameters
    ----------
    gate, kind
        Which gate, for which records.
    value, at_least
        What was measured, and the bound.
    told
        The measurement in words.
    passed
        Whether it may be published.
    """

    gate: Gate
    kind: RecordKind
    value: float
    at_least: float
    told: str
    passed: bool


def size_gate(before: Mapping[RecordKind, int], now: Mapping[RecordKind, int]) -> list[GateFigure]:
    """Compare the sizes with those of the published snapshot.

    Parameters
    ----------
    before
        Sizes of the published snapshot; kinds with nothing in them have no figure.
    now
        Sizes of the new one.
    """
    return [
        GateFigure(
            Gate.SIZE,
            kind,
            now[kind] / count,
            SIZE_AT_LEAST,
            f"{now[kind]:,} records, {count:,} before",
            now[kind] >= SIZE_AT_LEAST * count,
        )
        for kind, count in before.items()
        if count
    ]


def unknown_size_gate(now: Mapping[RecordKind, int]) -> list[GateFigure]:
    """Refuse, since no snapshot before can be read."""
    return [
        GateFigure(
            Gate.SIZE,
            kind,
            0.0,
            SIZE_AT_LEAST,
            f"{count:,} records, and no snapshot before can be read",
            passed=False,
        )
        for kind, count in now.items()
    ]


def self_gate(
    snapshot: Snapshot,
    store: Store,
    records: RecordEncoder,
    on: date,
    rng: np.random.Generator,
) -> list[GateFigure]:
    """Encode a sample of records anew: each must find itself first, with the same vector.

    Records that changed since the snapshot was built are left out.
    """
    figures = []
    for kind in RecordKind:
        ids = np.array(snapshot.batch(kind).ids, np.str_)
        sample = rng.choice(ids, min(len(ids), SAMPLE), replace=False).tolist()
        touched = _touched(store, kind, snapshot.manifest.store_revision, on)
        anew = encode_stored(store, records, kind, [id for id in sample if id not in touched])
        if len(anew):
            figures.append(_self_figure(snapshot, kind, anew))
    return figures


def recall_gate(snapshot: Snapshot, rng: np.random.Generator) -> list[GateFigure]:
    """Compare the index with the exact one, for a sample of profiles as queries."""
    figures = []
    for kind in RecordKind:
        index = snapshot.index(kind)
        queries = _sample(snapshot, kind, rng)
        found = index.search(queries, _K).rows
        exact = ExactIndex(index.vectors).search(queries, _K).rows
        if exact.size:
            hits = sum(len(set(a) & set(b)) for a, b in zip(found, exact, strict=True))
            recall = hits / exact.size
            told = f"{len(queries):,} queries"
            passed = recall >= RECALL_AT_LEAST
            figures.append(GateFigure(Gate.RECALL, kind, recall, RECALL_AT_LEAST, told, passed))
    return figures


def _self_figure(snapshot: Snapshot, kind: RecordKind, anew: EncodedBatch) -> GateFigure:
    index = snapshot.index(kind)
    row_by_id = {id: row for row, id in enumerate(snapshot.batch(kind).ids)}
    rows = [row_by_id[id] for id in anew.ids]
    own = np.einsum("nd,nd->n", index.vectors[rows], anew.pooled)
    # A twin with the same words may stand before it: then both have the best score.
    best = index.search(anew.pooled, 1).scores[:, 0]
    first = (own >= best - _SAME_SCORE) & (own >= _SAME_VECTOR)
    value = float(first.mean())
    told = f"{int(first.sum()):,} of {len(anew):,} sampled records"
    passed = value >= SELF_AT_LEAST
    return GateFigure(Gate.SELF_RETRIEVAL, kind, value, SELF_AT_LEAST, told, passed)


def _touched(store: Store, kind: RecordKind, revision: int, on: date) -> set[str]:
    if kind is RecordKind.PROFILE:
        profiles = store.profiles.changed_since(revision, on)
        return {profile.id for profile in profiles.upserted} | set(profiles.removed)
    offers = store.offers(OfferKind(kind)).changed_since(revision, on)
    return {offer.id for offer in offers.upserted} | set(offers.removed)


def _sample(snapshot: Snapshot, kind: RecordKind, rng: np.random.Generator) -> Vectors:
    profiles = snapshot.index(RecordKind.PROFILE).vectors
    pool = profiles if len(profiles) else snapshot.index(kind).vectors
    return pool[rng.choice(len(pool), min(len(pool), SAMPLE), replace=False)]
