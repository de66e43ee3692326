"""A small integer programme, put together term by term."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array


class Programme:
    """Variables with a worth, and upper limits on sums of them; all variables are 0 to 1."""

    def __init__(self) -> None:
        self._worth: list[float] = []
        self._whole: list[bool] = []
        self._terms: list[tuple[int, int, float]] = []
        self._limits: list[float] = []

    def choice(self, worth: float) -> int:
        """Add a variable that is 0 or 1; return its number."""
        return self._variable(worth, whole=True)

    def share(self, worth: float) -> int:
        """Add a variable that is anything from 0 to 1; return its number."""
        return self._variable(worth, whole=False)

    def at_most(self, limit: float, terms: Sequence[tuple[int, float]]) -> None:
        """Keep a sum of variables, each times its factor, at or below a limit."""
        row = len(self._limits)
        self._limits.append(limit)
        self._terms += [(row, int(variable), factor) for variable, factor in terms]

    def solve(self) -> NDArray[np.float64]:
        """Return the values of all variables at the greatest worth.

        Doing nothing is always allowed as long as no limit is below 0, so there is a solution.
        """
        rows, columns, factors = zip(*self._terms, strict=True)
        shape = (len(self._limits), len(self._worth))
        matrix = coo_array((factors, (rows, columns)), shape=shape).tocsr()
        solved = milp(
            -np.array(self._worth),
            integrality=np.array(self._whole, int),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, ub=np.array(self._limits)),
            options={"mip_rel_gap": 0},
        )
        values: NDArray[np.float64] = solved.x
        return values

    def _variable(self, worth: float, *, whole: bool) -> int:
        self._worth.append(worth)
        self._whole.append(whole)
        return len(self._worth) - 1
