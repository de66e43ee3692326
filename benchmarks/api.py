"""How long the service takes to answer under an open-loop load, and what a day adds."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPConnection
from itertools import cycle
from typing import Any, Final

import numpy as np

from benchmarks.load import HOST, Request
from benchmarks.measure import Benchmark, Figure, Result
from benchmarks.region import now
from benchmarks.serving import Cost, Served, callers, kept_region, serving
from matcher.config import Settings
from matcher.domain.offer import OfferKind
from matcher.encode.encoder import load_encoder
from matcher.ingest.records import document_of
from matcher.region.generate import Sizes
from matcher.store.store import Store

#: What coaches of a country ask at the same time, in requests a second.
LISTS, FRESH, INLINE = 300.0, 60.0, 30.0
_PERCENTILES: Final = (50, 99)
#: Additions are stored so many at a time, as an import does.
_TOGETHER: Final = 1000
#: So often in a row a posted need has to be in the answers, whichever worker gives them.
_SEEN: Final = 8
_PATIENCE: Final = 30.0
_SKILLS: Final = ("kellojen huolto ja korjaus", "paristojen vaihto", "lasin hionta kelloon")
_NEED: Final = {
    "title": {"fi": "Kelloseppä"},
    "organisation": "Mittaus Oy",
    "tasks": _SKILLS,
    "place": {"municipalities": ["564"]},
}
_PERSON: Final = {
    "competences": [{"name": skill} for skill in _SKILLS],
    "occupations_done": [{"title": "kelloseppä"}],
    "occupations_wanted": [{"title": "kelloseppä"}],
    "municipality": "564",
}


@dataclass(frozen=True, slots=True)
class Day:
    """How much is asked.

    Parameters
    ----------
    sizes
        Of the region.
    workers
        Processes that serve.
    seconds
        How long each load lasts.
    additions
        Offers that are stored during the day.
    share
        Of the rates that are asked for, where the machine has other work to do.
    """

    sizes: Sizes
    workers: int
    seconds: float
    additions: int
    share: float = 1.0


def measure(day: Day) -> Result:
    """Start the service and ask: stored lists, fresh ones, new people, and again after a day.

    The day's additions are closed at the end, so that the region can be used again.
    """
    settings, told = kept_region(day.sizes)
    keys = callers(settings)
    with Store.open(settings.url) as store:
        ids = store.profiles.ids()
        people = [_inline(document_of(store.profiles.get(id))) for id in ids[:200]]
    lists = _asked(keys, (("GET", f"/v1/profiles/{id}/list", None) for id in ids))
    fresh = _matches(keys, [{"profile_id": id} for id in ids])
    new = _matches(keys, [{"profile": person} for person in people])
    figures: list[Figure] = []
    with serving(settings, day.workers) as (served, ready):
        figures.append(Figure.of(f"ready after start, {day.workers} processes", "s", [ready]))
        figures.append(Figure.of("memory of a process when ready", "MiB", [served.memory()]))
        for name, rate, requests in (
            ("stored lists, each for the first time", LISTS / 10, lists),
            ("stored lists", LISTS, lists),
            ("fresh lists, each for the first time", FRESH / 4, fresh),
            ("fresh lists", FRESH, fresh),
            ("lists of new people", INLINE, new),
        ):
            at = rate * day.share
            seconds = min(day.seconds, len(requests) / at) if "first" in name else day.seconds
            figures += _figures(f"{name}, {at:g}/s", served.load(at, seconds, requests))
        figures.append(
            Figure.of("a posted need is in the answers after", "s", _posted(served, keys))
        )
        figures.append(Figure.of("memory of a process after all that", "MiB", [served.memory()]))
        figures += _additions(settings, served, fresh, day)
    told = f"{told}; {day.workers} processes serve, the load comes from the same machine"
    return Result(Benchmark.API, told, load_encoder(settings.encoder).revision, tuple(figures))


def _additions(
    settings: Settings, served: Served, fresh: Sequence[Request], day: Day
) -> Iterator[Figure]:
    """Measure fresh lists before and after a day's additions, which are closed again."""
    rate = FRESH * day.share / 2
    before = served.load(rate, day.seconds, fresh)
    with Store.open(settings.url) as store:
        vacancies = store.offers(OfferKind.VACANCY)
        models = vacancies.get_many(vacancies.ids()[: day.additions])
        added = [replace(one, id=f"added-{one.id}") for one in models.values()]
        for start in range(0, len(added), _TOGETHER):
            vacancies.upsert(added[start : start + _TOGETHER], now())
        served.load(1, 2, fresh)
        after = served.load(rate, day.seconds, fresh)
        vacancies.close([one.id for one in added], now())
    named = f"fresh lists after {len(added):,} additions ÷ before"
    pairs = (
        ("median", np.median(before.load.seconds), np.median(after.load.seconds)),
        ("processor time", before.each, after.each),
    )
    for what, earlier, later in pairs:
        yield Figure.of(f"{named}, {what}", "×", [float(later / earlier)])


def _figures(name: str, cost: Cost) -> list[Figure]:
    """Return the percentiles of a load, its processor time, and what was not answered with 200."""
    times = [1e3 * second for second in cost.load.seconds]
    span = Figure.of(name, "ms", times)
    failed = sum(count for status, count in cost.load.statuses.items() if status != 200)
    return [
        *(
            replace(span, name=f"{name}, p{percentile}", value=float(f"{value:.4g}"))
            for percentile, value in zip(
                _PERCENTILES, np.percentile(times, _PERCENTILES), strict=True
            )
        ),
        Figure.of(f"{name}, answered a second", "", [len(times) / cost.load.took]),
        Figure.of(f"{name}, processor time of each", "ms", [cost.each]),
        Figure.of(f"{name}, not answered with 200", "", [failed]),
    ]


def _asked(keys: Sequence[str], asked: Iterator[tuple[str, str, object | None]]) -> list[Request]:
    return [
        Request(method, path, key, "" if body is None else json.dumps(body))
        for (method, path, body), key in zip(asked, cycle(keys), strict=False)
    ]


def _matches(keys: Sequence[str], people: Sequence[dict[str, Any]]) -> list[Request]:
    """Ask for the best twenty vacancies, explained."""
    bodies = ({**person, "kinds": ["vacancy"], "k": 20} for person in people)
    return _asked(keys, (("POST", "/v1/matches", body) for body in bodies))


def _inline(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in {"id", "source"}}


def _posted(served: Served, keys: Sequence[str], repeats: int = 5) -> list[float]:
    """Post needs, and tell how long each was missing from an answer for the last time."""
    call = partial(_called, served.port, keys[0])
    found = []
    for _ in range(repeats):
        need = call("POST", "/v1/needs", _NEED)["id"]
        start = last = time.perf_counter()
        seen = 0
        while seen < _SEEN:
            lists = call("POST", "/v1/matches", {"profile": _PERSON, "kinds": ["need"]})["lists"]
            there = need in {match["offer"]["id"] for match in lists["need"]}
            seen = seen + 1 if there else 0
            last = last if seen > 1 else time.perf_counter()
            if last - start > _PATIENCE:
                raise RuntimeError(f"The need {need} is in no answer after {_PATIENCE} seconds.")
        call("DELETE", f"/v1/needs/{need}")
        found.append(last - start)
    return found


def _called(port: int, key: str, method: str, path: str, body: object = None) -> dict[str, Any]:
    """Ask on a connection of its own, so that any worker may answer."""
    with closing(HTTPConnection(HOST, port)) as connection:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        text = response.read()
    if response.status >= 300:
        raise RuntimeError(f"{method} {path} was answered with {response.status}: {text!r}")
    answer: dict[str, Any] = json.loads(text) if text else {}
    return answer
