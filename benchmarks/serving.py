"""The service as it is run, over a generated region that is made once and kept."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from benchmarks.load import HOST, Load, Request
from benchmarks.region import SEED, now
from matcher.config import Settings
from matcher.domain.access import Grant, Role
from matcher.encode.encoder import load_encoder
from matcher.region.files import KINDS
from matcher.region.generate import Sizes
from matcher.store.store import Store

#: Under the folder that `make clean` removes.
KEPT: Final = Path(__file__).parent.parent / "var" / "benchmarks"
#: So many callers share the load: each may ask so often only.
CALLERS: Final = 40
_COMMAND: Final = (sys.executable, "-m", "matcher.cli.app")
_WAIT_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Cost:
    """What a load took of the service.

    Parameters
    ----------
    load
        What came back.
    processor
        Processor time of all its processes, in seconds.
    """

    load: Load
    processor: float

    @property
    def each(self) -> float:
        """Processor time of one request, in milliseconds."""
        return 1e3 * self.processor / max(1, sum(self.load.statuses.values()))


class Served:
    """A running service.

    Parameters
    ----------
    process
        Of the command; workers are its children.
    port
        On this machine.
    """

    def __init__(self, process: psutil.Process, port: int) -> None:
        self._process = process
        self.port = port

    def load(self, rate: float, seconds: float, requests: Sequence[Request]) -> Cost:
        """Ask at a constant rate, from a process of its own."""
        before = self._processor()
        command = [sys.executable, "-m", "benchmarks.load", str(self.port)]
        done = subprocess.run(
            [*command, str(rate), str(seconds)],
            input=json.dumps([asdict(one) for one in requests]),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found = json.loads(done.stdout)
        statuses = {int(status): count for status, count in found["statuses"].items()}
        return Cost(Load(**{**found, "statuses": statuses}), self._processor() - before)

    def memory(self) -> float:
        """Return the memory of the largest process in MiB; what is shared counts by its share."""
        return max(float(one.memory_full_info().pss) for one in self._processes()) / 2**20

    def _processor(self) -> float:
        times = [one.cpu_times() for one in self._processes()]
        return float(sum(each.user + each.system for each in times))

    def _processes(self) -> list[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]


def kept_region(sizes: Sizes) -> tuple[Settings, str]:
    """Return the settings of a generated region that is indexed, and what it holds in words.

    It is made at the first call, or when the encoder has changed.
    """
    counts = ", ".join(f"{count:,} {kind}" for kind, count in sizes.counts().items())
    told = f"matcher generate, seed {SEED}: {counts}"
    folder = KEPT / f"{sizes.profiles}-{sizes.offers}"
    settings = Settings(home=folder / "home")
    stamp, made = folder / "made", f"{told}; encoder {load_encoder(settings.encoder).revision}"
    if not stamp.is_file() or stamp.read_text("utf-8") != made:
        settings.home.mkdir(parents=True, exist_ok=True)
        size = ("--profiles", str(sizes.profiles), "--offers", str(sizes.offers))
        _run(settings, "generate", *size, "--seed", str(SEED), str(folder / "rows"))
        for kind in KINDS:
            _run(settings, "import", kind, str(folder / "rows" / f"{kind}.jsonl"))
        _run(settings, "nightly")
        stamp.write_text(made, "utf-8")
    return settings, told


def callers(settings: Settings) -> list[str]:
    """Make keys and return their secrets."""
    made = [secrets.token_urlsafe() for _ in range(CALLERS)]
    with Store.open(settings.url) as store:
        for number, secret in enumerate(made):
            store.keys.create(Grant(role=Role.ADMIN), f"caller {number}", now(), secret)
    return made


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[tuple[Served, float]]:
    """Run ``matcher serve``; yield it, and how many seconds it took to be ready."""
    port = _free_port()
    start = time.perf_counter()
    with subprocess.Popen(
        [*_COMMAND, "serve", "--host", HOST, "--port", str(port), "--workers", str(workers)],
        env=_environment(settings),
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(port, process)
            yield Served(psutil.Process(process.pid), port), time.perf_counter() - start
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_WAIT_SECONDS * 20):
        try:
            with urlopen(f"http://{HOST}:{port}/health/ready"):
                return
        except (URLError, ConnectionError):
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise RuntimeError(f"matcher serve was not ready within {_WAIT_SECONDS} seconds.")


def _run(settings: Settings, *arguments: str) -> None:
    subprocess.run(
        [*_COMMAND, *arguments], env=_environment(settings), stdout=subprocess.DEVNULL, check=True
    )


def _environment(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "MATCHER_HOME": str(settings.home),
        "MATCHER_REQUESTS_PER_MINUTE": "1000000",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
