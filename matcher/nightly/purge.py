"""What a night removes: everything past its retention, and erased people from the archives."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from matcher.config import Settings
from matcher.domain.rights import Ground
from matcher.index.archives import ClearedArchives, clear_archives
from matcher.index.publication import remove_superseded
from matcher.nightly.report import Purged, remove_reports
from matcher.rights.copies import copies_folder, remove_old_copies
from matcher.rights.retention import Kept, periods
from matcher.rights.traces import is_unnamed
from matcher.store.store import Store

#: Who erases profiles whose time is over.
RETENTION: Final = "retention"


def purge(store: Store, settings: Settings, kept: Collection[str], now: datetime) -> Purged:
    """Remove what is past its retention, but for what a legal hold keeps, and clear archives.

    Parameters
    ----------
    store, settings
        Whose data.
    kept
        Snapshots whose lists stay; those of all others go, however young.
    now
        Moment of the purge.
    """
    holds = store.holds.lasting()
    held = {Kept(hold.kind) for hold in holds if hold.kind}
    people = {hold.profile_id for hold in holds if hold.profile_id}
    removers = _removers(store, settings, kept, people, now)
    counts = {
        kind: removers[kind](period.before(now))
        for kind, period in periods(settings).items()
        if kind in removers and kind not in held
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
    store: Store, settings: Settings, kept: Collection[str], held: set[str], now: datetime
) -> dict[Kept, Callable[[datetime], int]]:
    return {
        Kept.PROFILES: lambda before: _erase_closed(store, held, before, now),
        Kept.CORRECTIONS: lambda before: store.corrections.purge(before, held),
        Kept.LISTS: lambda before: store.lists.keep(kept, held) + store.lists.purge(before, held),
        Kept.DECISIONS: lambda before: store.decisions.purge(before, held),
        Kept.SNAPSHOTS: lambda before: len(remove_superseded(settings.snapshots, before)),
        Kept.REPORTS: lambda before: remove_reports(settings.home / "reports", before),
        Kept.JOURNALS: store.runs.purge,
        Kept.QUARANTINE: store.quarantine.purge,
        Kept.QUARANTINE_UNNAMED: lambda before: _drop_unnamed(store, before),
        Kept.EXPORTS: lambda before: remove_old_copies(copies_folder(settings), before),
        Kept.ERASURES: store.erasures.purge,
        Kept.AUDIT: store.audit.purge,
    }


def _erase_closed(store: Store, held: set[str], before: datetime, now: datetime) -> int:
    over = [id for id in store.profiles.closed_before(before) if id not in held]
    for id in over:
        store.erase_profile(id, now, by=RETENTION, ground=Ground.NOT_NEEDED)
    return len(over)


def _drop_unnamed(store: Store, before: datetime) -> int:
    rows = [row for row in store.quarantine.all("profiles") if row.at < before and is_unnamed(row)]
    store.quarantine.remove([row.id for row in rows if row.id is not None])
    return len(rows)
