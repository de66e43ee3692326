"""Loops over numbers, compiled to machine code by numba.

What is compiled is kept beside the module (or in the user's cache folder, if that cannot be
written), so that a machine compiles once, and each process after it loads in milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Loop = TypeVar("_Loop", bound=Callable[..., Any])
_Number = TypeVar("_Number", bound=np.generic)


def compiled(loop: _Loop) -> _Loop:
    """Return a function compiled for the types that it is first called with.

    Other threads run meanwhile. Sums are taken in the order in which they are written, so
    that the same numbers give the same result wherever in a batch they stand.
    """
    return cast("_Loop", njit(cache=True, nogil=True)(loop))


def fixed(array: NDArray[_Number]) -> NDArray[_Number]:
    """Return a read-only, contiguous view: mapped and own memory are one type to a loop."""
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


def reordered(loop: _Loop) -> _Loop:
    """Return a function compiled as by `compiled`, but for sums taken in whatever order is fastest.

    For numbers of which only a bound is asked.
    """
    return cast("_Loop", njit(cache=True, nogil=True, fastmath=True)(loop))
