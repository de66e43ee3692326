"""How far tonight's lists have moved from those that are served.

Offers come and go, and with them the lists: that is what a night is for. But of what is open on
both days a person's list keeps most, and a pair that is on both lists has nearly the same score,
unless the ranking itself has changed. So only offers that can be found on both days are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.index.snapshot import Snapshot
from matcher.nightly.gates import Gate, GateFigure
from matcher.store.lists import Place
from matcher.store.store import Store

#: Of the matches of the served lists whose offers are still open, this share stays.
KEPT_AT_LEAST: Final = 0.5
#: Of the matches on both lists, this share keeps its score within `SAME_WITHIN`.
STEADY_AT_LEAST: Final = 0.9
SAME_WITHIN: Final = 0.05
#: People whose lists are compared: enough to tell a share to two hundredths.
SAMPLE: Final = 2_000
#: Fewer matches than this say nothing about the ranking.
FEW: Final = 100


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one match of a served list whose offer is still open.

    Parameters
    ----------
    kind
        Of the offer.
    moved_by
        By how much its score has changed, 0 to 1; None if it is no longer on the list.
    """

    kind: OfferKind
    moved_by: float | None


def sampled_changes(
    store: Store, run_id: str, previous: str, snapshot: Snapshot, rng: np.random.Generator
) -> list[Change]:
    """Compare lists that a run has made with those of the snapshot before.

    Parameters
    ----------
    store
        Holds both.
    run_id
        Which run made the new ones.
    previous
        The snapshot that is served.
    snapshot
        The new one, whose offers are open.
    rng
        Draws the people.
    """
    ids = np.array(store.lists.people_of(run_id), np.str_)
    sample = sorted(rng.choice(ids, min(len(ids), SAMPLE), replace=False).tolist())
    old = store.lists.places_of_snapshot(sample, previous)
    new = store.lists.places_of_run(sample, run_id)
    pairs = [(old[id], new[id]) for id in sample if id in old and id in new]
    still_open = {
        (kind, id) for kind in OfferKind for id in snapshot.batch(RecordKind.of_offer(kind)).ids
    }
    return [change for before, after in pairs for change in _changes(before, after, still_open)]


def churn_gate(changes: Sequence[Change]) -> list[GateFigure]:
    """Tell by kind which share of the matches stays."""
    figures = []
    for kind in OfferKind:
        those = [change for change in changes if change.kind is kind]
        kept = sum(change.moved_by is not None for change in those)
        figures += _figure(Gate.CHURN, kind, kept, len(those), KEPT_AT_LEAST)
    return figures


def drift_gate(changes: Sequence[Change]) -> list[GateFigure]:
    """Tell by kind which share of the matches that stay keeps its score."""
    figures = []
    for kind in OfferKind:
        moves = [c.moved_by for c in changes if c.kind is kind and c.moved_by is not None]
        steady = sum(move <= SAME_WITHIN for move in moves)
        figures += _figure(Gate.DRIFT, kind, steady, len(moves), STEADY_AT_LEAST)
    return figures


def _figure(gate: Gate, kind: OfferKind, good: int, of: int, at_least: float) -> list[GateFigure]:
    if not of:
        return []
    share = good / of
    told = f"{good:,} of {of:,} matches that could stay"
    if of < FEW:
        told += f"; fewer than {FEW} are not judged"
    passed = of < FEW or share >= at_least
    return [GateFigure(gate, RecordKind.of_offer(kind), share, at_least, told, passed)]


def _changes(
    before: Sequence[Place],
    after: Sequence[Place],
    still_open: Collection[tuple[OfferKind, str]],
) -> list[Change]:
    scores = {(entry.kind, entry.offer_id): entry.score for entry in after}
    return [
        Change(entry.kind, _moved(entry.score, scores.get((entry.kind, entry.offer_id))))
        for entry in before
        if (entry.kind, entry.offer_id) in still_open
    ]


def _moved(before: float, after: float | None) -> float | None:
    return None if after is None else abs(after - before)
