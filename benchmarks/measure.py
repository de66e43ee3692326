"""What the measurements share: repeated timing in turns, the machine, the written result."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np

RESULTS: Final = Path(__file__).parent / "results"
_LIBRARIES: Final = (
    "numpy",
    "scipy",
    "scikit-learn",
    "faiss-cpu",
    "torch",
    "sentence-transformers",
)
_SEARCHED: Final = ("matcher", "models")


class Benchmark(StrEnum):
    """What is measured, in the order in which it is told."""

    NIGHT = "night"
    MATCH = "match"
    SEARCH = "search"
    RERANK = "rerank"
    ENCODER = "encoder"
    ACCESS = "access"
    API = "api"


Clocked = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Parameters
    ----------
    name, unit
        What was measured, in what.
    value
        The median, unless the name says otherwise.
    low, high
        The least and the greatest of the repeats; the same as the value if there was one.
    repeats
        How many times it was measured.
    """

    name: str
    unit: str
    value: float
    low: float
    high: float
    repeats: int

    @classmethod
    def of(cls, name: str, unit: str, values: Sequence[float]) -> Figure:
        """Return the median of repeats with its span."""
        median, low, high = float(np.median(values)), min(values), max(values)
        return cls(name, unit, _digits(median), _digits(low), _digits(high), len(values))


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement found.

    Parameters
    ----------
    benchmark
        Which one.
    data
        What it was measured on.
    encoder
        Revision of the encoder.
    figures
        The numbers.
    """

    benchmark: Benchmark
    data: str
    encoder: str
    figures: tuple[Figure, ...]


def in_turns(
    subjects: Mapping[str, Callable[[], object]],
    rounds: int,
    timer: Callable[[], float] = perf_counter,
) -> dict[str, list[float]]:
    """Time subjects one after another, again and again, so that noise meets all of them.

    Parameters
    ----------
    subjects
        What to call, by name; each is called once before anything is timed.
    rounds
        How often each is timed.
    timer
        Tells the time: of the clock on the wall, or that of this process.

    Returns
    -------
    dict
        Seconds of each call by name.
    """
    for call in subjects.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, call in subjects.items():
            seconds[name].append(clock(call, timer))
    return seconds


def clock(call: Callable[[], object], timer: Callable[[], float] = perf_counter) -> float:
    """Return how many seconds a call takes."""
    start = timer()
    call()
    return timer() - start


def milliseconds(seconds: Clocked, of: str = "") -> list[Figure]:
    """Return the medians of `in_turns` in milliseconds."""
    return [
        Figure.of(f"{of}{name}", "ms", [1e3 * s for s in all_]) for name, all_ in seconds.items()
    ]


def ratios(seconds: Clocked, ours: str, of: str = "") -> list[Figure]:
    """Return how many times longer than ours each of the others takes, by medians.

    The span is that of the ratios within one round.
    """
    found = []
    for name, all_ in seconds.items():
        if name != ours:
            rounds = [other / own for other, own in zip(all_, seconds[ours], strict=True)]
            ratio = _digits(float(np.median(all_) / np.median(seconds[ours])))
            low, high = _digits(min(rounds)), _digits(max(rounds))
            found.append(Figure(f"{of}{name} ÷ {ours}", "×", ratio, low, high, len(rounds)))
    return found


def save(
    result: Result,
    mode: str,
    folder: Path = RESULTS,
    *,
    name: str = "",
    also: Mapping[str, object] | None = None,
) -> Path:
    """Write a result with when, where and on what it was measured; return its path.

    Parameters
    ----------
    result
        What is written.
    mode
        How large the measurement was.
    folder
        Where to.
    name
        Of the file; that of the benchmark if empty.
    also
        What else is to be written.
    """
    document = {**asdict(result), "mode": mode, "date": f"{datetime.now(UTC):%Y-%m-%d}"}
    document |= {"commit": _commit(), "machine": machine(), "versions": _versions()}
    document |= also or {}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or result.benchmark}.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def machine() -> dict[str, object]:
    """Return the processor, cores, memory, and how busy the machine is with other things."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "load_average": [round(load, 1) for load in os.getloadavg()],
    }


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if _linux() else []
    told = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    # Some virtual machines hide the name.
    parts = f"{told.get('vendor_id', '')} family {told.get('cpu family')} model {told.get('model')}"
    return told.get("model name") or (parts if told else platform.processor())


def _linux() -> bool:
    return platform.system() == "Linux"


def _commit() -> str:
    root = Path(__file__).parent.parent
    head = _git(root, "rev-parse", "--short", "HEAD")
    changed = _git(root, "status", "--porcelain", "--untracked-files=no", "--", *_SEARCHED)
    return f"{head}{' with changes' if changed else ''}" if head else "unknown"


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}


def _digits(value: float) -> float:
    """Keep four digits: more would be noise."""
    return float(f"{value:.4g}")
