"""How long one person's lists take, and one need's people, while a coach waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.measure import Benchmark, Figure, Result, clock
from benchmarks.region import now
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.match.service import Service

_PERCENTILES = (50, 99)


def measure(service: Service, data: str, calls: int) -> Result:
    """Ask for lists one by one, each time for somebody else.

    Parameters
    ----------
    service
        Holds at least twice as many profiles as `calls`.
    data
        What it holds, in words.
    calls
        How many people are matched in each way.
    """
    ids = service.store.profiles.ids()
    stored, others = ids[:calls], ids[calls : 2 * calls]
    inline = [replace(service.store.profiles.get(id), id=f"new-{id}") for id in others]
    first = clock(partial(_stored, service, stored[0]))
    seconds = _timed(
        {
            "a stored profile": [partial(_stored, service, id) for id in stored],
            "an inline profile": [partial(_lists, service, one) for one in inline],
        }
    )
    figures = [Figure.of("the first list after opening", "ms", [1e3 * first])]
    for name, all_ in seconds.items():
        figures += _percentiles(name, all_)
    figures += _percentiles("a need's candidates", _candidates(service, calls // 5))
    figures += _percentiles(
        "a list after a new vacancy", _after_writes(service, stored[: calls // 5])
    )
    return Result(Benchmark.MATCH, data, service.records.encoder.revision, tuple(figures))


def _timed(ways: dict[str, list[Callable[[], object]]]) -> dict[str, list[float]]:
    """Time the ways in turns: what else the machine does meets all of them."""
    rounds = zip(*ways.values(), strict=False)
    seconds = [[clock(call) for call in round_] for round_ in rounds]
    return {name: list(all_) for name, all_ in zip(ways, zip(*seconds, strict=True), strict=True)}


def _stored(service: Service, id: str) -> None:
    _lists(service, service.store.profiles.get(id))


def _lists(service: Service, profile: Profile) -> None:
    service.live.refresh()
    service.matcher.match([profile], on=now().date())


def _candidates(service: Service, calls: int) -> list[float]:
    repository = service.store.offers(OfferKind.NEED)
    needs = [repository.get(id) for id in repository.ids()[:calls]]
    find = service.matcher.candidates
    return [clock(partial(find, need, on=now().date())) for need in needs]


def _after_writes(service: Service, ids: Sequence[str]) -> list[float]:
    """Time lists when somebody has just posted a vacancy, as happens all day."""
    vacancies = service.store.offers(OfferKind.VACANCY)
    model = vacancies.get(vacancies.ids()[0])
    seconds = []
    for number, id in enumerate(ids):
        vacancies.upsert([replace(model, id=f"posted-{number}")], now())
        seconds.append(clock(partial(_stored, service, id)))
    return seconds


def _percentiles(name: str, seconds: Sequence[float]) -> list[Figure]:
    times = [1e3 * second for second in seconds]
    spans = Figure.of(name, "ms", times)
    return [
        replace(spans, name=f"{name}, p{percentile}", value=float(f"{value:.4g}"))
        for percentile, value in zip(_PERCENTILES, np.percentile(times, _PERCENTILES), strict=True)
    ]
