"""The night as it is run: import, a first night, and one with nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from benchmarks.measure import Benchmark, Figure, Result
from benchmarks.region import Region
from matcher.encode.encoder import load_encoder
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: wall and processor time in seconds, peak memory in MiB."""

    wall: float
    processor: float
    peak: float


def measure(region: Region, workers: int) -> Result:
    """Run the commands that an installation runs, each in a process of its own.

    Parameters
    ----------
    region
        Not imported yet.
    workers
        Processes that make the lists.
    """
    imports = [
        run_command(region, "import", kind, str(path)) for kind, path in region.files.items()
    ]
    wall = sum(cost.wall for cost in imports)
    figures = [Figure.of("import of all files, wall time", "s", [wall])]
    for name in ("first night", "night with nothing changed"):
        cost = run_command(region, "nightly", "--workers", str(workers))
        figures += [
            Figure.of(f"{name}, wall time", "s", [cost.wall]),
            Figure.of(f"{name}, processor time", "s", [cost.processor]),
            Figure.of(f"{name}, peak memory", "MiB", [cost.peak]),
        ]
        figures += [Figure.of(f"{name}: {step}", "s", [s]) for step, s in _steps(region).items()]
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
    # The peak is not less than that of this process, which is inherited: a night needs more.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    wall = perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _steps(region: Region) -> dict[str, float]:
    """Return how long each step of the last night took, by its journal."""
    with Store.open(region.settings.url) as store:
        run = store.runs.latest("nightly")
    started: dict[str, datetime] = {}
    seconds = {}
    for step in run.steps if run else ():
        started.setdefault(step.name, step.at)
        if step.state == "done":
            seconds[step.name] = (step.at - started[step.name]).total_seconds()
    return seconds
