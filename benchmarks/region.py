"""The data that the measurements run on: a generated region, imported and indexed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from matcher.config import Settings, load_settings
from matcher.encode.encoder import load_encoder
from matcher.encode.records import RecordEncoder
from matcher.index.folders import hidden_folder
from matcher.index.publication import publish
from matcher.index.snapshot import finish_snapshot
from matcher.ingest.importer import import_files
from matcher.ingest.rows import ImportKind
from matcher.match.service import Service, open_service
from matcher.nightly.build import encode_store
from matcher.nightly.former import Former
from matcher.nightly.reading import read_here
from matcher.region.files import KINDS
from matcher.region.generate import Sizes, write_region
from matcher.store.store import Store

SEED = 2026


@dataclass(frozen=True, slots=True)
class Region:
    """A generated region on disk.

    Parameters
    ----------
    files
        By kind, as ``matcher import KIND`` names it.
    settings
        Of an empty home beside the files.
    told
        What it holds, in words.
    """

    files: dict[str, Path]
    settings: Settings
    told: str


@contextmanager
def generated(sizes: Sizes) -> Iterator[Region]:
    """Generate a region in a temporary folder that is removed at the end."""
    with TemporaryDirectory(prefix="kohtaanto-bench-") as folder:
        rows, home = Path(folder) / "rows", Path(folder) / "home"
        home.mkdir()
        write_region(rows, sizes, np.random.default_rng(SEED))
        files = {kind: rows / f"{kind}.jsonl" for kind in KINDS}
        counts = ", ".join(f"{count:,} {kind}" for kind, count in sizes.counts().items())
        settings = load_settings().model_copy(update={"home": home, "database_url": ""})
        yield Region(files, settings, f"matcher generate, seed {SEED}: {counts}")


@contextmanager
def indexed(sizes: Sizes) -> Iterator[tuple[Region, Service]]:
    """Generate, import, encode and publish a region; open what matches with it."""
    with generated(sizes) as region:
        _index(region)
        with open_service(region.settings, now) as service:
            yield region, service


def now() -> datetime:
    """Return the time of day."""
    return datetime.now(UTC)


def _index(region: Region) -> None:
    root = region.settings.snapshots
    with Store.open(region.settings.url) as store:
        for kind, path in region.files.items():
            import_files(store, ImportKind(kind), [path], now=now())
        encoder = load_encoder(region.settings.encoder)
        records = RecordEncoder(encoder, store.concepts.labels)
        former = Former.open(root, store, encoder)
        with hidden_folder(root) as folder:
            encoded = encode_store(
                store,
                records,
                now().date(),
                lambda *_: None,
                former,
                folder=folder,
                read=read_here(store),
            )
            name = finish_snapshot(
                folder,
                encoded.batches,
                encoded.attached(),
                encoder=encoder,
                revision=encoded.revision,
                now=now(),
            )
    publish(root, name)
