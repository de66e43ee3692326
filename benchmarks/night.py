"""The night as it is run: import, a first night, and others with little or nothing changed.

`python -m benchmarks.night --profiles N --offers N --workers N --again nothing|people|all`
measures a region of any size; after ``people`` one of a hundred profiles has changed, after
``all`` one of a hundred of every record. It writes ``results/night-N-N.json``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final

import orjson
import typer
from threadpoolctl import threadpool_limits

from benchmarks.measure import RESULTS, Benchmark, Figure, Result, save
from benchmarks.processor import ProcessorClock
from benchmarks.region import Region, generated
from matcher.encode.encoder import load_encoder
from matcher.region.files import KINDS
from matcher.region.generate import Sizes
from matcher.store.store import Store

#: One record in so many changes.
_SHARE: Final = 100


class Again(StrEnum):
    """What has changed before another night."""

    NOTHING = "nothing"
    PEOPLE = "people"
    ALL = "all"


_TOLD: Final = {
    Again.NOTHING: "night with nothing changed",
    Again.PEOPLE: "night with 1 % of the people changed",
    Again.ALL: "night with 1 % of all records changed",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall and processor time in seconds, peak memory in MiB."""

    wall: float
    processor: float
    peak: float
    clock: ProcessorClock


def measure(region: Region, workers: int, again: Sequence[Again] = (Again.NOTHING,)) -> Result:
    """Run the commands that an installation runs, each in a process of its own.

    Parameters
    ----------
    region
        Not imported yet.
    workers
        Processes that make the lists.
    again
        What changes before each of the nights after the first.
    """
    imports = [
        run_command(region, "import", kind, str(path)) for kind, path in region.files.items()
    ]
    wall = sum(cost.wall for cost in imports)
    figures = [Figure.of("import of all files, wall time", "s", [wall])]
    figures += _night(region, workers, "first night")
    for change in again:
        _change(region, change)
        figures += _night(region, workers, _TOLD[change])
    told = f"{region.told}; lists made by {workers} process{'es' * (workers > 1)}"
    revision = load_encoder(region.settings.encoder).revision
    return Result(Benchmark.NIGHT, told, revision, tuple(figures))


def run_command(region: Region, *arguments: str) -> Cost:
    """Run a command of the command line and wait for it."""
    environment = os.environ | {"MATCHER_HOME": str(region.settings.home)}
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "matcher.cli.app", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    with ProcessorClock(process.pid) as clock:
        # The peak is not less than that of this process, which is inherited: a night needs more.
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    wall = perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, clock)


def _night(region: Region, workers: int, name: str) -> list[Figure]:
    cost = run_command(region, "nightly", "--workers", str(workers))
    figures = [
        Figure.of(f"{name}, wall time", "s", [cost.wall]),
        Figure.of(f"{name}, processor time", "s", [cost.processor]),
        Figure.of(f"{name}, peak memory", "MiB", [cost.peak]),
    ]
    for step, (begun, ended) in _steps(region).items():
        used = max(0.0, cost.clock.at(ended) - cost.clock.at(begun))
        figures += [
            Figure.of(f"{name}: {step}", "s", [(ended - begun).total_seconds()]),
            Figure.of(f"{name}: {step}, processor time", "s", [used]),
        ]
    return figures


def _change(region: Region, change: Again) -> None:
    """Let one record in a hundred of some kinds say something more, and import it."""
    kinds = {Again.NOTHING: (), Again.PEOPLE: KINDS[:1], Again.ALL: KINDS}[change]
    for kind in kinds:
        rows = region.files[kind].read_bytes().splitlines()[::_SHARE]
        changed = [orjson.loads(row) for row in rows]
        for row in changed:
            row["text"] = f"{row.get('text') or ''} Uutta {change}."
        path = region.files[kind].with_name(f"changed-{kind}.jsonl")
        path.write_bytes(b"\n".join(map(orjson.dumps, changed)) + b"\n")
        run_command(region, "import", kind, str(path))


def _steps(region: Region) -> dict[str, tuple[datetime, datetime]]:
    """Return when each step of the last night began and ended, by its journal."""
    with Store.open(region.settings.url) as store:
        run = store.runs.latest("nightly")
    began: dict[str, datetime] = {}
    steps = {}
    for step in run.steps if run else ():
        began.setdefault(step.name, step.at)
        if step.state == "done":
            steps[step.name] = began[step.name], step.at
    return steps


def main(
    *,
    profiles: Annotated[int, typer.Option(min=1)] = 14_300,
    offers: Annotated[int, typer.Option(min=1)] = 5_000,
    workers: Annotated[int, typer.Option(min=1)] = 2,
    again: Annotated[list[Again] | None, typer.Option(help="Repeat for several.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the result is written.")] = RESULTS,
) -> None:
    """Measure the nights of a region of any size."""
    with threadpool_limits(1), generated(Sizes(profiles, offers)) as region:
        result = measure(region, workers, again or ())
    typer.echo(save(result, "any", folder, name=f"night-{profiles}-{offers}"))
    for figure in result.figures:
        typer.echo(f"  {figure.value:>10,} {figure.unit:<8} {figure.name}")


if __name__ == "__main__":
    typer.run(main)
