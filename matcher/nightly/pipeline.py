"""The night: close, encode, build, gates, publish, lists, spread, purge, report.

Every step is written down when it starts and when it is done, and is harmless to repeat.
A night that is killed leaves yesterday's snapshot served, or the new one if it had come
that far, and nothing half-written; taken up again on the same day it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pydantic import TypeAdapter

from matcher.config import Settings
from matcher.domain.calendar import finnish_day
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.encode.cache import CachedEncoder
from matcher.encode.protocol import Encoder
from matcher.encode.records import RecordEncoder
from matcher.index.folders import snapshot_names
from matcher.index.publication import SnapshotInfo, list_snapshots, publish, remove_superseded
from matcher.index.snapshot import open_snapshot, write_snapshot
from matcher.nightly.build import Progress, encode_store
from matcher.nightly.gates import (
    GateFigure,
    Shrink,
    recall_gate,
    self_gate,
    size_gate,
    unknown_size_gate,
)
from matcher.nightly.journal import Clock, Journal, NightLock, NightState, Start, night_lock
from matcher.nightly.lists import ListsOf, ListTotals, MatchBatches, make_lists
from matcher.nightly.report import (
    Built,
    Closed,
    Judged,
    NightReport,
    Purged,
    remove_reports,
    write_report,
)
from matcher.nightly.spread import Spread, check_municipalities, spread_lists
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
    match
        Makes the lists, from the snapshot that is published by then.
    clock, rng
        Time, and the samples of the gates.
    progress
        Is told how far each step has come.
    """

    settings: Settings
    store: Store
    encoder: Encoder
    match: MatchBatches
    clock: Clock
    rng: np.random.Generator
    progress: Progress


def run_night(
    tools: Tools, start: Start = Start.FRESH, shrink: Shrink = Shrink.REFUSE
) -> NightReport:
    """Run a night.

    Parameters
    ----------
    tools
        What it works with.
    start
        Whether to take up a night of today that did not finish.
    shrink
        Whether to publish a snapshot that is much smaller than the one before.

    Returns
    -------
    NightReport
        Its state is published or, if a gate refused, refused; it is also written to the
        folder ``reports``.

    Raises
    ------
    StoreError
        If another night is running, or a folder cannot be written.
    InputError
        If the settings name a municipality that there is not.
    """
    check_municipalities(tools.settings.spread_off)
    with night_lock(tools.store, tools.clock) as lock:
        journal = Journal.open(tools.store, tools.clock, start)
        return _Night(tools, journal, lock).run(shrink)


def rehearse_night(tools: Tools, shrink: Shrink = Shrink.REFUSE) -> NightReport:
    """Do everything up to the gates in a temporary folder, and change nothing."""
    started = tools.clock()
    on = finnish_day(started)
    repositories = {kind: tools.store.offers(kind) for kind in OfferKind}
    with TemporaryDirectory() as folder:
        built = _build(tools, _cached(tools), Path(folder), on)
        judged = _judge(tools, Path(folder), built, on, shrink)
    return NightReport(
        run_id="rehearsal",
        state=NightState.REFUSED if judged.refused else NightState.REHEARSED,
        on=on,
        started_at=started,
        finished_at=tools.clock(),
        closed=Closed({kind: one.count() - one.count(on) for kind, one in repositories.items()}),
        built=built,
        judged=judged,
    )


class _Night:
    """One night with its journal and its lock."""

    def __init__(self, tools: Tools, journal: Journal, lock: NightLock) -> None:
        self._tools = tools
        self._store = tools.store
        self._journal = journal
        self._lock = lock
        self._root = tools.settings.snapshots
        self._on = finnish_day(journal.started_at)

    def run(self, shrink: Shrink) -> NightReport:
        step = self._journal.step
        closed = step("close", Closed, self._close)
        built = step(
            "build",
            Built,
            self._build,
            complete=lambda built: self._can_go_on(built, shrink),
        )
        judged = step(
            "gates",
            Judged,
            lambda: _judge(self._beating(), self._root, built, self._on, shrink),
            complete=lambda judged: not judged.refused,
        )
        report = NightReport(
            run_id=self._journal.run_id,
            state=NightState.REFUSED,
            on=self._on,
            started_at=self._journal.started_at,
            finished_at=self._tools.clock(),
            closed=closed,
            built=built,
            judged=judged,
        )
        if judged.refused:
            return self._finish(report)
        step("publish", Built, lambda: self._publish(built))
        lists = step("lists", ListTotals, lambda: self._lists(built))
        spread = step("spread", Spread, lambda: self._spread(lists))
        purged = step("purge", Purged, self._purge)
        ended = self._tools.clock()
        published = NightState.PUBLISHED
        done = replace(report, lists=lists, spread=spread, purged=purged)
        return self._finish(replace(done, state=published, finished_at=ended))

    def _close(self) -> Closed:
        now = self._tools.clock()
        return Closed(
            {kind: self._store.offers(kind).close_expired(self._on, now) for kind in OfferKind}
        )

    def _build(self) -> Built:
        cached = _cached(self._tools)
        built = _build(self._beating(), cached, self._root, self._on)
        cached.prune_unused()
        cached.save()
        cached.drop_other_revisions()
        return built

    def _can_go_on(self, built: Built, shrink: Shrink) -> bool:
        """Take up a refused snapshot only to accept it: its cause may have been mended since."""
        refused = self._journal.failed("gates") and shrink is Shrink.REFUSE
        return not refused and built.snapshot in snapshot_names(self._root)

    def _publish(self, built: Built) -> Built:
        self._lock.confirm()
        publish(self._root, built.snapshot)
        return built

    def _lists(self, built: Built) -> ListTotals:
        of = ListsOf(
            self._journal.run_id, built.snapshot, self._on, created_at=self._journal.started_at
        )
        totals = TypeAdapter(ListTotals).validate_python(self._journal.noted("lists"))
        count = self._store.profiles.count(self._on)
        for more in make_lists(self._store, self._tools.match, of, totals):
            self._journal.note("lists", asdict(more))
            self._progress("lists", more.profiles, count)
            totals = more
        return totals

    def _spread(self, lists: ListTotals) -> Spread:
        return spread_lists(
            self._store,
            self._journal.run_id,
            self._tools.settings.spread_off,
            lambda done: self._progress("spread", done, 2 * lists.profiles),
        )

    def _purge(self) -> Purged:
        settings = self._tools.settings
        before = self._tools.clock() - timedelta(days=settings.retention_days)
        return Purged(
            lists=self._store.lists.purge(before),
            reports=remove_reports(settings.home / "reports", before),
            quarantined=self._store.quarantine.purge(before),
            snapshots=tuple(remove_superseded(self._root, before)),
        )

    def _finish(self, report: NightReport) -> NightReport:
        write_report(self._tools.settings.home / "reports", report)
        self._journal.finish(report.state, report.document())
        return report

    def _beating(self) -> Tools:
        return replace(self._tools, progress=self._progress)

    def _progress(self, step: str, done: int, total: int) -> None:
        self._lock.beat()
        self._tools.progress(step, done, total)


def _cached(tools: Tools) -> CachedEncoder:
    return CachedEncoder(tools.encoder, tools.settings.home / "vectors")


def _records(tools: Tools, encoder: Encoder) -> RecordEncoder:
    return RecordEncoder(encoder, tools.store.concepts.labels)


def _build(tools: Tools, cached: CachedEncoder, root: Path, on: date) -> Built:
    encoded = encode_store(tools.store, _records(tools, cached), on, tools.progress)
    tools.progress("build", 0, 1)
    name = write_snapshot(
        root,
        encoded.batches,
        encoder=cached,
        revision=encoded.revision,
        now=tools.clock(),
    )
    tools.progress("build", 1, 1)
    older = [info for info in list_snapshots(tools.settings.snapshots) if info.name != name]
    previous = _newest_readable(older)
    manifest = previous.manifest if previous else None
    return Built(
        snapshot=name,
        previous=previous.name if previous and previous.is_current else None,
        sizes={kind: len(batch) for kind, batch in encoded.batches.items()},
        before={kind: manifest.sizes[kind] if manifest else 0 for kind in RecordKind},
        wordless=encoded.wordless,
        new_texts=cached.new_texts,
        unreadable=0 if previous else len(older),
    )


def _judge(tools: Tools, root: Path, built: Built, on: date, shrink: Shrink) -> Judged:
    snapshot = open_snapshot(root, built.snapshot, tools.encoder)
    # Not with the cache: a wrong vector in it would find itself.
    records = _records(tools, tools.encoder)
    gates: list[Callable[[], list[GateFigure]]] = [
        lambda: _size_figures(built, shrink),
        lambda: self_gate(snapshot, tools.store, records, on, tools.rng),
        lambda: recall_gate(snapshot, tools.rng),
    ]
    figures: list[GateFigure] = []
    for done, measure in enumerate(gates, start=1):
        figures += measure()
        tools.progress("gates", done, len(gates))
    return Judged(tuple(figures))


def _size_figures(built: Built, shrink: Shrink) -> list[GateFigure]:
    if built.unreadable:
        return unknown_size_gate(built.sizes, shrink)
    return size_gate(built.before, built.sizes, shrink)


def _newest_readable(snapshots: Sequence[SnapshotInfo]) -> SnapshotInfo | None:
    """Return the published snapshot or, if it is damaged, the newest that can be read.

    Those after the published one come last: they may have been refused for their size.
    """
    published = max((info.name for info in snapshots if info.is_current), default="")
    return max(
        (info for info in snapshots if info.manifest),
        key=lambda info: (info.is_current, info.name <= published, info.name),
        default=None,
    )
