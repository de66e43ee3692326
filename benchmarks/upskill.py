"""How long train-ups take at region size: ``python -m benchmarks.upskill``.

A generated region of 5,000 offers and its trainings; every client on demand with all
reasons, then as the night makes it, in one batch.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from benchmarks.measure import clock
from benchmarks.region import indexed, now
from matcher.domain.profile import Profile
from matcher.match.service import Service
from matcher.region.generate import Sizes

CLIENTS: Final = 60
_SIZES: Final = Sizes(profiles=1_000, offers=5_000)


def measure(service: Service, clients: list[Profile]) -> list[str]:
    """Return what was measured, one line a figure."""
    on, upskiller = now().date(), service.upskiller
    state = clock(partial(upskiller.briefly, clients[:1], on=on))
    alone = [clock(partial(upskiller.advise, [one], on=on)) for one in clients]
    night = clock(partial(upskiller.briefly, clients, on=on)) / len(clients)
    return [
        f"pairs of a training and a job: {upskiller.pairs():,}",
        f"coverage of a new snapshot and the first client: {state:.1f} s",
        f"on demand, median and greatest: {np.median(alone):.2f} s, {max(alone):.2f} s",
        f"in the night: {1e3 * night:.0f} ms a client",
    ]


def main() -> None:
    """Generate a region and print the figures."""
    with indexed(_SIZES) as (region, service):
        ids = service.store.profiles.ids()[:CLIENTS]
        clients = [service.store.profiles.get(id) for id in ids]
        print(region.told)
        print("\n".join(measure(service, clients)))


if __name__ == "__main__":
    main()
