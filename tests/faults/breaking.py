"""What can happen to a process, at a point that a seed chooses: the n-th call of a function."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

#: What happens; it must be possible to send it to another process.
Breaking = Callable[[], None]

_CAPABILITIES_VERSION_3 = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2


def kill() -> None:
    """End this process at once, as the power does."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class FillDisk:
    """From now on no file can grow beyond a size, in bytes."""

    size: int

    def __call__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, resource.RLIM_INFINITY))


@dataclass(frozen=True, slots=True)
class Forbid:
    """From now on nothing can be made in, or removed from, a folder, not even by root."""

    folder: Path

    def __call__(self) -> None:
        if os.geteuid() == 0:
            _heed_modes()
        if self.folder.is_dir():
            self.folder.chmod(0o500)

    def undo(self) -> None:
        if self.folder.is_dir():
            self.folder.chmod(0o700)


@dataclass(frozen=True, slots=True)
class Disconnect:
    """The server ends all connections to a PostgreSQL database and takes no others.

    Parameters
    ----------
    server
        URL of another database of the server.
    name
        Of the database.
    """

    server: str
    name: str

    def __call__(self) -> None:
        self._allow("false")
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [self.name],
            )

    def undo(self) -> None:
        self._allow("true")

    def _allow(self, connections: str) -> None:
        command = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(command.format(Identifier(self.name), SQL(connections)))


def at_call(number: int, breaking: Breaking) -> None:
    """Let something happen in this thread at its n-th call or return, of Python or C."""
    left = number

    def count(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            sys.setprofile(None)
            breaking()

    sys.setprofile(count)


def calls_of(work: Callable[[], object]) -> int:
    """Return how many calls and returns there are in some work, as `at_call` counts them."""
    seen = 0

    def count(_frame: FrameType, _event: str, _argument: Any) -> None:
        nonlocal seen
        seen += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return seen


def _heed_modes() -> None:
    """Give up root's right to pass over the modes of files, for this process alone.

    References
    ----------
    capset(2), capabilities(7) of Linux.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
    # Effective, permitted and inheritable sets, the lower 32 capabilities first.
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    sets[0] &= ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")
