"""Processes stay until they are let go, and no longer than the night."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import sleep

import pytest

from matcher.nightly.crew import Processes, few_here
from matcher.nightly.strands import STRANDS

#: A night with a process beside it, waiting for more work; it tells when that process is there.
NIGHT = """
import sys
from pathlib import Path
from matcher.nightly.crew import Processes
from tests.unit.nightly.holding import hold

list(Processes(1).work(hold)([Path(sys.argv[1])]))
print("begun", flush=True)
sys.stdin.read()
"""

WAIT = """
import fcntl, sys

with open(sys.argv[1], "rb") as held:
    fcntl.flock(held, fcntl.LOCK_EX)
"""


def _worker(_: int) -> int:
    return os.getpid()


def _wait_for(path: Path) -> int:
    while not path.exists():
        sleep(0.01)
    return os.getpid()


def test_processes_stay_from_step_to_step_until_a_last_one() -> None:
    with Processes(1) as processes:
        [first] = set(processes.work(_worker)(range(5)))
        [second] = set(processes.work_last(_worker)(range(5)))
        [third] = set(processes.work(_worker)(range(5)))
    assert first == second != third


def test_shards_go_to_the_process_of_their_strand_as_long_as_it_keeps_up(tmp_path: Path) -> None:
    go_on = tmp_path / "go_on"
    with Processes(2) as processes:
        first, last = 0, STRANDS - 1
        strands = [first, first, first, last, last, None]
        futures = [processes.submit(_wait_for, go_on, strand) for strand in strands]
        go_on.touch()
        one, two, third, four, five, anywhere = (future.result() for future in futures)
    # The third would have waited for two others while somebody else had nothing to do.
    assert one == two == anywhere
    assert third == four == five != one


def test_processes_end_when_the_night_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "held"
    command = [sys.executable, "-c", NIGHT, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as night:
        assert night.stdout is not None
        assert night.stdout.readline() == b"begun\n"
        night.kill()
    # Waits until the process that holds it is gone.
    subprocess.run([sys.executable, "-c", WAIT, str(path)], check=True, timeout=30)


@pytest.mark.parametrize(("few", "told"), [(6, "here"), (5, "there")])
def test_little_work_is_done_here_and_more_elsewhere_in_the_same_order(few: int, told: str) -> None:
    def by(name: str) -> Callable[[Iterable[str]], Iterator[tuple[str, str]]]:
        return lambda shards: ((name, shard) for shard in shards)

    results = few_here(by("here"), by("there"), few, len)(iter(["a", "bb", "ccc"]))
    assert list(results) == [(told, "a"), (told, "bb"), (told, "ccc")]
