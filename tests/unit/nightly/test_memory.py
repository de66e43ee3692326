"""What was freed goes back to the system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

#: In a process of its own: in a large one, new memory is what others have freed.
_SCRIPT = """
from pathlib import Path
from matcher.nightly.memory import give_back

def own_memory():
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))

before = own_memory()
freed = [bytearray(64_000) for _ in range(2_000)]
kept = bytearray(64_000)
held = own_memory()
del freed
unused = own_memory()
give_back()
print(before, held, unused, own_memory())
"""
_MIB = 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library gives back")
def test_freed_memory_goes_back_although_later_memory_is_in_use() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True
    )
    before, held, unused, after = map(int, told.stdout.split())
    assert held - before > 100 * _MIB
    assert held - unused < 20 * _MIB
    assert held - after > 100 * _MIB
