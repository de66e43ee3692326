"""What the next duty of each client costs: ``python -m benchmarks.duties [--people N]``.

Grows the clients of an area to all of whom something is due, and tells the processor time of asking
the rules about everybody, as the night does, and about those who wait when a page is opened, and
of the first page of everybody and of those who are late, as the store answers it.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

import numpy as np
import typer

from benchmarks.months import timed
from benchmarks.transfer import grow
from matcher.casework.next_duty import renew_duties, settle_duties
from matcher.pathways.load import area_named
from matcher.store.portfolio import Ask, Narrowed
from matcher.store.reach import Reach
from matcher.store.store import Store

ON: Final = date(2021, 3, 20)
_PAGE: Final = 51
#: So many people wait when a page is opened.
_WAITING: Final = 100
_READ: Final = 50


def main(people: Annotated[int, typer.Option(help="How many clients.")] = 14_300) -> None:
    """Print what asking the rules and reading portfolios cost."""
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder, 's')}") as store:
        grow(store, area_named("pirkanmaa-2021"), people)
        # The first question reads the rules.
        settle_duties(store, ON)
        some = [
            1000 * timed(lambda: settle_duties(store, ON, limit=_WAITING))[1] for _ in range(10)
        ]
        typer.echo(f"{_WAITING} clients asked about before a page: median {np.median(some):.1f} ms")
        _, night = timed(lambda: renew_duties(store, ON, lambda _: None))
        typer.echo(f"{people:,} clients asked about in the night: {night:.2f} s")
        for narrowed in (Narrowed.ALL, Narrowed.OVERDUE):
            median, late = np.percentile(
                [milliseconds(store, narrowed) for _ in range(_READ)], [50, 95]
            )
            typer.echo(f"first page, {narrowed}: median {median:.1f} ms, p95 {late:.1f} ms")


def milliseconds(store: Store, narrowed: Narrowed) -> float:
    """Return the processor time of one page."""
    reach, soon = Reach(None, None, "", ON), ON + timedelta(days=7)
    ask = Ask(reach=reach, soon=soon, narrowed=narrowed)
    return 1000 * timed(lambda: store.portfolios.page(ask, limit=_PAGE))[1]


if __name__ == "__main__":
    typer.run(main)
