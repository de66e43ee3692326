"""What a coach's pages cost: ``python -m benchmarks.pages [--people N] [--offers N] [--opened N]``.

Opens the main pages of a coach over a generated region after one night, in this process, as a
browser with a session does: the portfolio once for each client, and of each client the front page,
the match list for the first time, the same again, and the mapping. The very first client is told
apart, as the process has just started; a few come then whom nobody times. Told are processor time
of this process and wall time, in milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from secrets import token_urlsafe
from time import perf_counter, process_time
from typing import Annotated, Final
from urllib.parse import quote

import numpy as np
import typer
from starlette.testclient import TestClient
from threadpoolctl import threadpool_limits

from api.app import create_app
from api.cookies import SESSION
from benchmarks.region import now
from benchmarks.serving import kept_region
from matcher.config import Settings
from matcher.domain.access import Grant, Role
from matcher.domain.codes import municipalities
from matcher.region.generate import Sizes
from matcher.store.store import Store

#: In the order in which a coach opens them.
PAGES: Final = {
    "portfolio": "/clients",
    "front page": "/clients/{id}",
    "match list, first": "/clients/{id}/matches",
    "match list, again": "/clients/{id}/matches",
    "mapping": "/clients/{id}/mapping",
}
_COACH: Final = Grant(role=Role.COACH, municipalities=tuple(municipalities()))
_WARM: Final = 5
#: What is added to the name of a page that was the first of its sort in the process.
STARTED: Final = ", of a process that has just started"
#: Processor time and wall time of each opening, in milliseconds.
Times = dict[str, list[tuple[float, float]]]


def main(
    people: Annotated[int, typer.Option(help="How many clients there are.")] = 300,
    offers: Annotated[int, typer.Option(help="How many offers there are.")] = 10_000,
    opened: Annotated[int, typer.Option(help="Of how many clients pages are opened.")] = 150,
) -> None:
    """Print the median and the 95th percentile of each page."""
    settings, told = kept_region(Sizes(people, offers))
    typer.echo(told)
    # Libraries that share busy cores mostly wait for each other.
    with threadpool_limits(1):
        times = measure(settings, opened)
    for page, found in times.items():
        (processor, wall), (late, late_wall) = np.percentile(found, [50, 95], axis=0)
        median = f"{page}: processor {processor:.1f} ms, wall {wall:.1f} ms"
        latest = f"; p95 {late:.1f} ms, {late_wall:.1f} ms" if len(found) > 1 else ""
        typer.echo(median + latest)


def measure(settings: Settings, opened: int) -> Times:
    """Open the pages of some clients.

    Parameters
    ----------
    settings
        Of a region that has seen a night.
    opened
        Of how many clients, after a few of which only the first is timed.

    Returns
    -------
    dict
        By name of the page; those of the first client with `STARTED`.
    """
    secret, ids = _signed_in(settings)
    asked = settings.model_copy(update={"requests_per_minute": 1_000_000})
    with TestClient(
        create_app(asked),
        base_url="https://testserver",
        cookies={SESSION: secret},
        follow_redirects=False,
    ) as client:
        first = _open(client, ids[:1])
        _open(client, ids[1:_WARM])
        times = _open(client, ids[_WARM : _WARM + opened])
    return times | {f"{page}{STARTED}": took for page, took in first.items()}


def _signed_in(settings: Settings) -> tuple[str, list[str]]:
    """Open a session for a coach; return its secret and the clients."""
    secret = token_urlsafe()
    with Store.open(settings.url) as store:
        until = now() + timedelta(hours=1)
        store.sessions.open("pages", _COACH, secret, now=now(), until=until)
        return secret, store.profiles.ids()


def _open(client: TestClient, ids: Sequence[str]) -> Times:
    times: Times = defaultdict(list)
    for id in ids:
        for page, path in PAGES.items():
            wall, processor = perf_counter(), process_time()
            client.get(path.format(id=quote(id))).raise_for_status()
            took = process_time() - processor, perf_counter() - wall
            times[page].append((1e3 * took[0], 1e3 * took[1]))
    return times


if __name__ == "__main__":
    typer.run(main)
