"""The gates before publishing, in their order: first of the snapshot, then of its lists.

Whoever has another gate adds a function to one of the two tuples: it takes what there is to
be judged and returns a figure for each kind of record that it has measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from matcher.errors import InputError
from matcher.evaluate.fairness.pairs import pair_figures
from matcher.index.snapshot import Snapshot
from matcher.match.learning.in_use import RankerInUse
from matcher.nightly.drift import churn_gate, drift_gate, sampled_changes
from matcher.nightly.fairness import twin_figure
from matcher.nightly.gates import (
    Gate,
    GateFigure,
    recall_gate,
    self_gate,
    size_gate,
    unknown_size_gate,
)
from matcher.nightly.golden import golden_gate, golden_ndcg
from matcher.nightly.journal import KIND, NightState
from matcher.nightly.report import Built, Judged
from matcher.nightly.tools import Tools
from matcher.store.store import Store

#: What a person may let pass; the others mean that something is broken.
ACCEPTABLE: Final = (Gate.SIZE, Gate.GOLDEN, Gate.CHURN, Gate.DRIFT, Gate.TWINS, Gate.GROUPS)


def check_acceptable(accept: Collection[Gate]) -> None:
    """Refuse to let a gate pass that tells of something broken.

    Raises
    ------
    InputError
        If one of these gates is none of `ACCEPTABLE`.
    """
    for gate in accept:
        if gate not in ACCEPTABLE:
            raise InputError(
                f"What the gate {gate} refuses cannot be accepted: something is broken.",
                remedy=f"Mend that. What can be accepted is {', '.join(ACCEPTABLE)}.",
            )


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is to be judged: a snapshot that is not published yet, and its lists.

    Parameters
    ----------
    tools
        What the night works with.
    run_id
        Which night made it; what is made in a rehearsal has no lists.
    built, snapshot
        What was built, as it can be read.
    on
        The day.
    rng
        Draws the samples.
    """

    tools: Tools
    run_id: str
    built: Built
    snapshot: Snapshot
    on: date
    rng: np.random.Generator


Measure = Callable[[Candidate], list[GateFigure]]


def _size(one: Candidate) -> list[GateFigure]:
    if one.built.unreadable:
        return unknown_size_gate(one.built.sizes)
    return size_gate(one.built.before, one.built.sizes)


def _self_retrieval(one: Candidate) -> list[GateFigure]:
    # Not with the cache: a wrong vector in it would find itself.
    records = one.tools.records(one.tools.encoder)
    return self_gate(one.snapshot, one.tools.store, records, one.on, one.rng)


def _recall(one: Candidate) -> list[GateFigure]:
    return recall_gate(one.snapshot, one.rng)


def _golden(one: Candidate) -> list[GateFigure]:
    ranker = RankerInUse(one.tools.store, one.tools.encoder.revision).now()
    value = golden_ndcg(one.tools.encoder, one.tools.golden, ranker)
    return [golden_gate(value, _golden_of(one.tools.store, one.built.previous))]


def _golden_of(store: Store, snapshot: str | None) -> float | None:
    """Return what the golden set gave when a snapshot was published, if a report tells."""
    for report in store.runs.reports(KIND, NightState.PUBLISHED):
        if report["built"]["snapshot"] == snapshot:
            figures = report["judged"]["figures"]
            return next((one["value"] for one in figures if one["gate"] == Gate.GOLDEN), None)
    return None


def _twins(one: Candidate) -> list[GateFigure]:
    tools = one.tools
    ranker = RankerInUse(tools.store, tools.encoder.revision).now()
    found = pair_figures(tools.twins, tools.golden.ads, tools.encoder, ranker)
    return [twin_figure(figure) for figure in found]


def _changes(one: Candidate) -> list[GateFigure]:
    previous = one.built.previous
    if previous is None:
        return []
    changes = sampled_changes(one.tools.store, one.run_id, previous, one.snapshot, one.rng)
    return [*churn_gate(changes), *drift_gate(changes)]


SNAPSHOT_GATES: Final[tuple[Measure, ...]] = (_size, _self_retrieval, _recall, _golden, _twins)
LIST_GATES: Final[tuple[Measure, ...]] = (_changes,)


def judge(
    step: str, gates: Sequence[Measure], candidate: Candidate, accept: Collection[Gate]
) -> Judged:
    """Measure a candidate.

    Parameters
    ----------
    step
        Name of the step, for the progress.
    gates
        `SNAPSHOT_GATES` before lists are made with it, `LIST_GATES` afterwards.
    candidate
        What is to be judged.
    accept
        Gates whose refusal somebody has looked at and lets pass.
    """
    figures: list[GateFigure] = []
    for done, gate in enumerate(gates, start=1):
        figures += gate(candidate)
        candidate.tools.progress(step, done, len(gates))
    return Judged(
        tuple(
            replace(figure, passed=True) if figure.gate in accept else figure for figure in figures
        )
    )
