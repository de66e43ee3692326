"""Everything a process needs to match, opened from the settings in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from matcher.config import Settings
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.index.live import Live
from matcher.index.verified import verify_noting_in
from matcher.match.decisions.record import Recorder
from matcher.match.matcher import Matcher
from matcher.match.reasons.placing import Placing
from matcher.match.upskill.advice import Upskiller
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Service:
    """An open store, the encoder, the live index, and what matches, records, explains, advises."""

    store: Store
    records: RecordEncoder
    live: Live
    matcher: Matcher
    recorder: Recorder
    placing: Placing
    upskiller: Upskiller


def service_over(
    store: Store,
    records: RecordEncoder,
    settings: Settings,
    clock: Callable[[], datetime],
    pinned: str | None = None,
) -> Service:
    """Open a snapshot over a store and an encoder that are open already.

    Parameters
    ----------
    store, records, settings, clock
        Of the installation.
    pinned
        Name of the snapshot to keep to; None follows what is published.

    Raises
    ------
    NotReadyError, SnapshotError
        As `open_service`.
    """
    verify = verify_noting_in(settings.verified)
    live = Live(settings.snapshots, store, records, clock, pinned, verify=verify)
    matcher = Matcher(live, store, records, settings.retrieve)
    return Service(
        store,
        records,
        live,
        matcher,
        Recorder(live, store, records, settings.retrieve),
        Placing(live, store, records, matcher),
        Upskiller(live, store, records),
    )


@contextmanager
def open_service(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Service]:
    """Open the store and the published snapshot; close the store at the end.

    Raises
    ------
    NotReadyError
        If no snapshot was published yet.
    SnapshotError
        If the published one is damaged or was built with another encoder.
    """
    with Store.open(settings.url) as store:
        records = RecordEncoder(load_encoder(settings.encoder), store.concepts.labels)
        yield service_over(store, records, settings, clock)
