"""What a night removes: everything past its retention, and erased people from the archives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from matcher.config import Settings
from matcher.index.archives import ClearedArchives, clear_archives
from matcher.index.folders import snapshot_names
from matcher.index.publication import remove_superseded
from matcher.nightly.report import Purged, remove_reports
from matcher.rights.copies import copies_folder, remove_old_copies
from matcher.rights.erase import erase_closed
from matcher.rights.retention import Kept, periods
from matcher.rights.traces import is_unnamed, rows_of
from matcher.store.store import Store

#: Who erases profiles whose time is over.
RETENTION: Final = "retention"


def purge(store: Store, settings: Settings, now: datetime) -> Purged:
    """Remove what is past its retention, but for what a legal hold keeps, and clear archives.

    Parameters
    ----------
    store, settings
        Whose data.
    now
        Moment of the purge.
    """
    holds = store.holds.lasting()
    held = {Kept(hold.kind) for hold in holds if hold.kind}
    people = {hold.profile_id for hold in holds if hold.profile_id}
    told = periods(settings)
    counts = {
        kind: remove(told[kind].before(now))
        for kind, remove in _removers(store, settings, people, now).items()
        if kind not in held
    }
    cleared = clear_erased(store, settings, now)
    return Purged(counts, tuple(sorted(held)), cleared.rewritten, cleared.removed)


def clear_erased(store: Store, settings: Settings, now: datetime) -> ClearedArchives:
    """Take everybody who was erased out of the archives, then forget who it was.

    Only the holder of the night's lock may call this.
    """
    # Who is erased from now on waits for the next night.
    revision = store.revision()
    erased = {id: at for id, at in store.erasures.waiting().items() if at <= revision}
    cleared = clear_archives(settings.snapshots, erased)
    store.erasures.archives_cleared(revision, now)
    store.settle_erasures()
    return cleared


def _removers(
    store: Store, settings: Settings, held: set[str], now: datetime
) -> dict[Kept, Callable[[datetime], int]]:
    """Return what removes each kind, in the order in which that is to be done."""
    copies = copies_folder(settings)
    return {
        Kept.PROFILES: lambda before: erase_closed(
            store, copies, before, held, by=RETENTION, now=now
        ),
        Kept.CORRECTIONS: lambda before: store.corrections.purge(before, held),
        Kept.SNAPSHOTS: lambda before: len(remove_superseded(settings.snapshots, before)),
        Kept.LISTS: lambda before: _drop_lists(store, settings, held, before),
        Kept.DECISIONS: lambda before: store.decisions.purge(before, held),
        Kept.REPORTS: lambda before: remove_reports(settings.home / "reports", before),
        Kept.MONTH_FIGURES: store.months.purge,
        Kept.JOURNALS: store.runs.purge,
        Kept.NEED_SHARES: store.need_shares.purge,
        Kept.QUARANTINE: lambda before: store.quarantine.purge(before, _rows_of(store, held)),
        Kept.QUARANTINE_UNNAMED: lambda before: _drop_unnamed(store, held, before),
        Kept.EXPORTS: lambda before: remove_old_copies(copies, before, held),
        Kept.ERASURES: store.erasures.purge,
        Kept.AUDIT: store.audit.purge,
    }


def _drop_lists(store: Store, settings: Settings, held: set[str], before: datetime) -> int:
    """Remove lists and train-ups that are old, or whose snapshot one cannot go back to."""
    kept = snapshot_names(settings.snapshots)
    rooms = (store.lists, store.train_ups)
    return sum(room.keep(kept, held) + room.purge(before, held) for room in rooms)


def _rows_of(store: Store, held: set[str]) -> set[int]:
    """Return the rows in quarantine that are about held people."""
    rows = store.quarantine.all("profiles") if held else []
    people = store.profiles.get_many(sorted(held)).values()
    return {row.id for person in people for row in rows_of(person, rows) if row.id is not None}


def _drop_unnamed(store: Store, held: set[str], before: datetime) -> int:
    rows = [row for row in store.quarantine.all("profiles") if row.at < before and is_unnamed(row)]
    gone = {row.id for row in rows if row.id is not None} - _rows_of(store, held)
    store.quarantine.remove(gone)
    return len(gone)
