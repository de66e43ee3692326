"""What a worker process keeps while it lives; here and not in a test, so that it loads little."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

#: Open as long as the process lives.
_HELD: list[IO[bytes]] = []


def hold(path: Path) -> None:
    """Lock a file until the process ends, however that happens."""
    _HELD.append(path.open("wb"))
    fcntl.flock(_HELD[-1], fcntl.LOCK_EX)
