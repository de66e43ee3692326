"""A crowd of callers loses no write and leaves nothing behind in the service."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from matcher.config import Settings
from matcher.store.store import Store
from tests.api.crowd import gather_crowd


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: its port, process and folder."""

    port: int
    pid: int
    home: Path

    def open_files(self) -> int:
        """Return how many files and connections the process holds."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def resident(self) -> int:
        """Return the MiB that the process holds in memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * 4096 // 2**20


@pytest.fixture
def service(region_home: Path, tmp_path: Path) -> Iterator[Service]:
    home = tmp_path / "home"
    shutil.copytree(region_home, home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.api.served", str(home), str(port)]
    with subprocess.Popen(command) as process:
        _wait(port)
        yield Service(port, process.pid, home)
        process.terminate()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError("The service did not start.")


def _settled(service: Service, at_most: int) -> int:
    """Return the open files once they are no more than that, or none was closed for a second."""
    fewest, since = service.open_files(), 0
    while fewest > at_most and since < 10:
        time.sleep(0.1)
        files = service.open_files()
        since = 0 if files < fewest else since + 1
        fewest = min(fewest, files)
    return fewest


@pytest.mark.slow
@pytest.mark.parametrize(
    ("callers", "seconds"),
    [(20, 3), pytest.param(200, 60, marks=pytest.mark.soak)],
)
def test_a_crowd_loses_no_write_and_leaves_nothing_behind(
    callers: int, seconds: float, service: Service
) -> None:
    warm = asyncio.run(gather_crowd(service.port, callers, seconds / 3))
    files, memory = _settled(service, 0), service.resident()
    told = asyncio.run(gather_crowd(service.port, callers, seconds))
    assert set(told.statuses) == {200, 201}
    assert told.lost == {}
    stored = {**warm.stored, **told.stored}
    with Store.open(Settings(home=service.home).url) as store:
        found = store.profiles.get_many(list(stored))
    assert {id: profile.text for id, profile in found.items()} == stored
    assert _settled(service, files + 5) <= files + 5
    # The index of the day grows with what is stored; a leak would grow with every request.
    assert service.resident() <= memory + 50 + len(told.stored) // 50
