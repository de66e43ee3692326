"""What the figures of a month cost: ``python -m benchmarks.months [--people N]``.

Grows the clients of an area with their case files, and tells the processor time of counting a
month when somebody looks at it, of the night's count of two months for all readers, and of
reading what the night has stored.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Annotated, Final, TypeVar

import typer

from benchmarks.transfer import grow
from matcher.casework.client_month import Month
from matcher.casework.indicators import clients_of, indicators
from matcher.casework.months import count_months, stored_month
from matcher.pathways.load import area_named
from matcher.store.store import Store

T = TypeVar("T")

NOW: Final = datetime(2021, 2, 20, tzinfo=UTC)
_MONTH: Final = Month.of(NOW.year, NOW.month)
#: So many times what is read is read.
_READ: Final = 200


def main(people: Annotated[int, typer.Option(help="How many clients.")] = 14_300) -> None:
    """Print what counting now, the night and reading cost, and that all tell the same."""
    area = area_named("pirkanmaa-2021")
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder, 's')}") as store:
        grow(store, area, people)
        for scope in (None, *[(code,) for code in area.municipalities]):
            store.months.want(scope, NOW)
        rows, now = timed(lambda: indicators(list(clients_of(store, _MONTH, None))))
        typer.echo(f"{people:,} clients counted when somebody looks: {now:.2f} s")
        totals, night = timed(lambda: count_months(store, NOW, lambda _: None))
        typer.echo(f"two months for {totals.scopes} groups of readers in the night: {night:.2f} s")
        _, read = timed(lambda: [stored_month(store, _MONTH, None, NOW) for _ in range(_READ)])
        typer.echo(f"read from the store: {1000 * read / _READ:.2f} ms")
        found = stored_month(store, _MONTH, None, NOW)
        typer.echo(f"equal: {found is not None and list(found.rows) == rows}")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what some work gives, and its processor time in seconds."""
    begun = process_time()
    return work(), process_time() - begun


if __name__ == "__main__":
    typer.run(main)
