"""What a search among clients costs: ``python -m benchmarks.portfolio [--people N] [--rounds N]``.

Stores generated people in SQLite and asks for the first page of those who have some letters in
what they told: whole words, beginnings of words, and letters that nobody has. Told is processor
time of this process, as the store's answer costs it; drawing the page comes on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Annotated, Final

import numpy as np
import typer

from matcher.domain.profile import Profile
from matcher.ingest.importer import import_files
from matcher.ingest.rows import ImportKind
from matcher.region.generate import Sizes, write_region
from matcher.store.portfolio import Ask
from matcher.store.reach import Reach
from matcher.store.store import Store

NOW: Final = datetime(2026, 11, 22, tzinfo=UTC)
#: In no profile: everybody's words are looked through, and nothing ends the search early.
NOBODY: Final = "xyzzy"
_PAGE: Final = 51
_EVERY: Final = 50


def main(
    people: Annotated[int, typer.Option(help="How many clients.")] = 14_300,
    rounds: Annotated[int, typer.Option(help="Searches of each sort.")] = 50,
) -> None:
    """Print the median and the 95th percentile of each sort of search."""
    with TemporaryDirectory(prefix="kohtaanto-portfolio-") as folder:
        write_region(Path(folder), Sizes(people, 5), np.random.default_rng(2026))
        with Store.open(f"sqlite:///{Path(folder, 'store')}") as store:
            import_files(store, ImportKind.PROFILES, [Path(folder, "profiles.jsonl")], now=NOW)
            words = words_of(list(next(store.profiles.open_batches(NOW.date()))))
            sorts = {
                "everybody": [""],
                "a word": words,
                "its beginning": [word[:4] for word in words],
                "nobody": [NOBODY],
            }
            for name, asked in sorts.items():
                times = [milliseconds(store, asked[i % len(asked)]) for i in range(rounds)]
                median, late = np.percentile(times, [50, 95])
                typer.echo(f"{name}: median {median:.1f} ms, p95 {late:.1f} ms")


def words_of(profiles: Sequence[Profile]) -> list[str]:
    """Return what coaches may look for: a competence of every so many people."""
    return [one.competences[0].name for one in profiles[::_EVERY] if one.competences]


def milliseconds(store: Store, words: str) -> float:
    """Return the processor time of one search."""
    ask = Ask(
        reach=Reach(None, None, "", NOW.date()),
        soon=NOW.date() + timedelta(days=7),
        words=words,
    )
    begun = process_time()
    store.portfolios.page(ask, limit=_PAGE)
    return (process_time() - begun) * 1000


if __name__ == "__main__":
    typer.run(main)
