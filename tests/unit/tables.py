"""Sparse things written out, to compute with as one would on paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.encode.groups import MAX_GROUPS, Groups


def group_table(groups: Groups) -> NDArray[np.float64]:
    """Return the share of every group: shape (records, MAX_GROUPS)."""
    table = np.zeros((len(groups), MAX_GROUPS))
    np.add.at(table, (np.arange(len(groups))[:, None], groups.ids), groups.shares)
    return table
