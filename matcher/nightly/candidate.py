"""The candidate: the new snapshot, built beside the one that is served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from matcher.domain.kinds import RecordKind
from matcher.encode.cache import CachedEncoder
from matcher.index.folders import hidden_folder
from matcher.index.publication import SnapshotInfo, list_snapshots
from matcher.index.snapshot import finish_snapshot
from matcher.match.learning.in_use import RankerInUse
from matcher.nightly.build import encode_store
from matcher.nightly.former import Former
from matcher.nightly.report import Built
from matcher.nightly.tools import Tools


def build_candidate(tools: Tools, cached: CachedEncoder, root: Path, on: date) -> Built:
    """Encode what has changed, and write all that is open as a snapshot that nobody is served.

    Parameters
    ----------
    tools
        What the night works with.
    cached
        Its encoder, with what that remembers.
    root
        Folder in which to write.
    on
        The day.
    """
    former = Former.open(tools.settings.snapshots, tools.store, tools.encoder, tools.verify)
    with hidden_folder(root) as folder:
        encoded = encode_store(
            tools.store,
            tools.records(cached),
            on,
            tools.progress,
            former,
            folder=folder,
            read=tools.read,
        )
        tools.progress("build", 0, 1)
        name = finish_snapshot(
            folder,
            encoded.batches,
            encoded.attached(),
            encoder=cached,
            revision=encoded.revision,
            now=tools.clock(),
        )
    tools.progress("build", 1, 1)
    older = [info for info in list_snapshots(tools.settings.snapshots) if info.name != name]
    previous = _newest_readable(older)
    manifest = previous.manifest if previous else None
    # After the records were read: what is made from it knows all that is in the snapshot.
    moment = tools.store.moment()
    return Built(
        snapshot=name,
        previous=previous.name if previous and previous.is_current else None,
        sizes={kind: len(batch) for kind, batch in encoded.batches.items()},
        before={kind: manifest.sizes[kind] if manifest else 0 for kind in RecordKind},
        wordless=encoded.wordless,
        new_texts=cached.new_texts,
        taken_over=encoded.taken_over,
        unreadable=0 if previous else len(older),
        ranker=RankerInUse(tools.store.at(moment), cached.revision).now().revision,
        moment=moment,
    )


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
