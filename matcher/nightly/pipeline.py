"""The night: close, build, gates, lists, spread, list gates, publish, train-ups, purge, report.

Every step is written down when it starts and when it is done, and is harmless to repeat. Nobody
is served anything new before `publish`: from then on the new snapshot and the lists that were
made with it, both at once. A night that is killed leaves what was served before, or the new if
it had come that far, and nothing half-written; taken up again on the same day it goes on where
it was. Before the report, also of a night that a gate refuses, it asks the rules of areas what is
due of everybody, and counts the figures of months.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pydantic import TypeAdapter

from matcher.casework.months import MonthTotals, count_months
from matcher.casework.next_duty import renew_duties
from matcher.domain.calendar import finnish_day
from matcher.domain.decision import Basis
from matcher.domain.offer import OfferKind
from matcher.index.folders import snapshot_names
from matcher.index.manifest import read_manifest
from matcher.index.publication import publish, published
from matcher.index.snapshot import open_snapshot
from matcher.match.decisions.revisions import basis_now
from matcher.match.replies.count import note_replies
from matcher.nightly.advising import TrainUpsOf, TrainUpTotals, make_train_ups
from matcher.nightly.candidate import build_candidate
from matcher.nightly.fairness import Groups, audit_groups
from matcher.nightly.gates import Gate
from matcher.nightly.journal import Journal, NightLock, NightState, Start, night_lock
from matcher.nightly.judge import (
    LIST_GATES,
    SNAPSHOT_GATES,
    Candidate,
    check_acceptable,
    judge,
)
from matcher.nightly.lists import ListsOf, ListTotals, make_lists
from matcher.nightly.memory import give_back
from matcher.nightly.purge import clear_erased, purge
from matcher.nightly.report import (
    NOT_NOTED,
    Built,
    Closed,
    DutyTotals,
    Judged,
    NightReport,
    Purged,
    write_report,
)
from matcher.nightly.spread import Spread, check_municipalities, spread_lists
from matcher.nightly.tools import Tools


def run_night(
    tools: Tools, start: Start = Start.FRESH, accept: Collection[Gate] = ()
) -> NightReport:
    """Run a night.

    Parameters
    ----------
    tools
        What it works with.
    start
        Whether to take up a night of today that did not finish.
    accept
        Gates whose refusal somebody has looked at and lets pass.

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
        If the settings name a municipality that there is not, or a gate cannot be accepted.
    """
    check_municipalities(tools.settings.spread_off)
    check_acceptable(accept)
    with night_lock(tools.store, tools.clock) as lock:
        journal = Journal.open(tools.store, tools.clock, start)
        return _Night(tools, journal, lock, accept).run()


def rehearse_night(tools: Tools, accept: Collection[Gate] = ()) -> NightReport:
    """Do everything up to the lists in a temporary folder, and change nothing."""
    check_acceptable(accept)
    started = tools.clock()
    on = finnish_day(started)
    repositories = {kind: tools.store.offers(kind) for kind in OfferKind}
    with TemporaryDirectory() as folder:
        built = build_candidate(tools, tools.cached(), Path(folder), on)
        snapshot = open_snapshot(Path(folder), built.snapshot, tools.encoder, tools.verify)
        candidate = Candidate(tools, "rehearsal", built, snapshot, on, tools.rng)
        judged = judge("gates", SNAPSHOT_GATES, candidate, accept)
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

    def __init__(
        self, tools: Tools, journal: Journal, lock: NightLock, accept: Collection[Gate]
    ) -> None:
        self._tools = replace(tools, progress=self._progress)
        self._told = tools.progress
        self._store = tools.store
        self._journal = journal
        self._lock = lock
        self._accept = accept
        self._root = tools.settings.snapshots
        self._on = finnish_day(journal.started_at)
        # A stream each: a night that is taken up draws the samples that it would have drawn.
        self._of_snapshot, self._of_lists = tools.rng.spawn(2)

    def run(self) -> NightReport:
        step = self._journal.step
        closed = step("close", Closed, self._close)
        built = step("build", Built, self._build, complete=self._can_go_on)
        judged = step(
            "gates",
            Judged,
            lambda: judge(
                "gates", SNAPSHOT_GATES, self._candidate(built, self._of_snapshot), self._accept
            ),
            complete=_passes,
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
        return self._finish(report if judged.refused else self._with_lists(report))

    def _with_lists(self, report: NightReport) -> NightReport:
        """Make the lists and, if they pass as well, publish everything."""
        step, built = self._journal.step, report.built
        lists = step("lists", ListTotals, lambda: self._lists(built))
        spread = step("spread", Spread, lambda: self._spread(lists, built))
        of_lists = step(
            "list gates",
            Judged,
            lambda: judge(
                "list gates", LIST_GATES, self._candidate(built, self._of_lists), self._accept
            ),
            complete=_passes,
        )
        groups = step("groups", Groups, self._groups, complete=self._are_fair)
        of_groups = groups.figures(self._accept)
        judged = Judged((*report.judged.figures, *of_lists.figures, *of_groups))
        listed = replace(report, judged=judged, lists=lists, spread=spread, groups=groups)
        if judged.refused:
            return listed
        step("publish", Built, lambda: self._publish(built))
        train_ups = step("train-ups", TrainUpTotals, lambda: self._train_ups(built))
        purged = step("purge", Purged, self._purge)
        return replace(listed, state=NightState.PUBLISHED, train_ups=train_ups, purged=purged)

    def _close(self) -> Closed:
        now = self._tools.clock()
        note_replies(self._store, now, heed=self._tools.settings.heed_replies)
        return Closed(
            {kind: self._store.offers(kind).close_expired(self._on, now) for kind in OfferKind}
        )

    def _build(self) -> Built:
        cached = self._tools.cached()
        built = build_candidate(self._tools, cached, self._root, self._on)
        cached.prune_unused()
        cached.save()
        cached.drop_other_revisions()
        return built

    def _can_go_on(self, built: Built) -> bool:
        """Take up what was refused only to accept it: its cause may have been mended since."""
        refused = any(map(self._journal.failed, ("gates", "list gates", "groups")))
        if (refused and not self._accept) or built.moment == NOT_NOTED:
            return False
        return built.snapshot in snapshot_names(self._root)

    def _candidate(self, built: Built, rng: np.random.Generator) -> Candidate:
        tools = self._tools
        snapshot = open_snapshot(self._root, built.snapshot, tools.encoder, tools.verify)
        return Candidate(tools, self._journal.run_id, built, snapshot, self._on, rng)

    def _publish(self, built: Built) -> Built:
        self._lock.confirm()
        publish(self._root, built.snapshot)
        return built

    def _lists(self, built: Built) -> ListTotals:
        of = ListsOf(
            self._journal.run_id,
            built.snapshot,
            built.previous,
            self._on,
            created_at=self._journal.started_at,
            ranker=built.ranker,
            basis=self._basis(built),
            revision=self._revision(built),
            moment=built.moment,
        )
        totals = TypeAdapter(ListTotals).validate_python(self._journal.noted("lists"))
        if not totals.profiles:
            # Of nights that did not finish, and of this one before it was built anew.
            served = published(self._root)
            self._store.lists.drop_unpublished(NightState.PUBLISHED, served)
        count = self._store.profiles.count(self._on)
        give_back()
        for more in make_lists(self._store, self._tools.match, of, totals):
            self._journal.note("lists", asdict(more))
            self._progress("lists", more.profiles, count)
            totals = more
        return totals

    def _revision(self, built: Built) -> int:
        return read_manifest(self._root / built.snapshot).store_revision

    def _basis(self, built: Built) -> Basis:
        retrieve = self._tools.settings.retrieve_nightly
        now = basis_now(self._store, self._tools.encoder, built.snapshot, retrieve)
        # Other weights may have been promoted since the night began.
        return replace(now, ranker=built.ranker)

    def _spread(self, lists: ListTotals, built: Built) -> Spread:
        return spread_lists(
            self._store,
            self._journal.run_id,
            self._tools.settings.spread_off,
            lambda done: self._progress("spread", done, 2 * lists.profiles),
            heard=built.moment.heard,
        )

    def _train_ups(self, built: Built) -> TrainUpTotals:
        """Advise trainings after publishing, so that nobody waits for them in the morning."""
        totals = TrainUpTotals()
        if built.coverage <= self._tools.settings.train_up_pairs:
            count = self._store.profiles.count(self._on)
            of = TrainUpsOf(
                built.snapshot,
                built.previous,
                self._on,
                made_at=self._journal.started_at,
                ranker=built.ranker,
                basis=self._basis(built),
                revision=self._revision(built),
                moment=built.moment,
            )
            for totals in make_train_ups(self._store, self._tools.advise, of):
                self._progress("train-ups", totals.profiles, count)
        return totals

    def _groups(self) -> Groups:
        return audit_groups(self._store, self._journal.run_id, self._on)

    def _are_fair(self, groups: Groups) -> bool:
        return all(figure.passed for figure in groups.figures(self._accept))

    def _purge(self) -> Purged:
        return purge(self._store, self._tools.settings, self._tools.clock())

    def _finish(self, report: NightReport) -> NightReport:
        if report.state is NightState.REFUSED:
            # Whoever was erased does not wait for a night that passes.
            clear_erased(self._store, self._tools.settings, self._tools.clock())
        step = self._journal.step
        duties = step("duties", DutyTotals, self._duties)
        months = step("months", MonthTotals, self._months)
        ended = replace(report, duties=duties, months=months, finished_at=self._tools.clock())
        write_report(self._tools.settings.home / "reports", ended)
        self._journal.finish(ended.state, ended.document())
        return ended

    def _duties(self) -> DutyTotals:
        """Ask the rules of areas about everybody, also for what a day alone changes."""
        count = self._store.profiles.count()
        told = partial(self._progress, "duties", total=count)
        return DutyTotals(renew_duties(self._store, self._on, told))

    def _months(self) -> MonthTotals:
        """Count the figures of months last: who was just erased is in none of them."""
        count = self._store.profiles.count()
        return count_months(
            self._store, self._tools.clock(), lambda done: self._progress("months", done, count)
        )

    def _progress(self, step: str, done: int, total: int) -> None:
        self._lock.beat()
        self._told(step, done, total)


def _passes(judged: Judged) -> bool:
    return not judged.refused
