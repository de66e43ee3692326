"""Memory that a night no longer needs."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give freed memory back to the system, where its C library can do so.

    Records are encoded into many arrays of some hundred kilobytes. The GNU library keeps what
    they leave for later arrays, of which the hours after building need few.

    References
    ----------
    malloc_trim(3), Linux Programmer's Manual.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
