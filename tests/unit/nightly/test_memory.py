"""What was freed goes back to the system."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from matcher.nightly.memory import give_back

MIB = 2**20


def own_memory() -> int:
    """Bytes of this process that no file stands behind."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    [line] = [line for line in lines if line.startswith("RssAnon:")]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library gives back")
def test_freed_memory_goes_back_although_later_memory_is_in_use() -> None:
    before = own_memory()
    freed = [bytearray(64_000) for _ in range(2_000)]
    kept = bytearray(64_000)
    held = own_memory()
    assert held - before > 100 * MIB
    del freed
    give_back()
    assert held - own_memory() > 100 * MIB
    assert len(kept) == 64_000
