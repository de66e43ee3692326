"""Which occupations a record belongs to: its likeliest ISCO-08 unit groups.

An encoder folder may bring a head, trained on the names of occupations and their skills,
that tells from a vector how likely each group is. Two records of the same few groups belong
to the same line of work, however differently they are worded; two that merely share words
do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError

Vectors = NDArray[np.float32]

FILE: Final = "occupations.safetensors"
#: ISCO-08 has 436 unit groups.
MAX_GROUPS: Final = 512
#: So many of a record's groups are kept; the others hardly ever hold a tenth of its weight.
KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class GroupHead:
    """Tells from an encoder's vectors how likely each group is.

    Parameters
    ----------
    weights
        float32, shape (groups, d).
    bias
        float32, shape (groups,).
    """

    weights: Vectors
    bias: Vectors

    def shares(self, vectors: Vectors) -> Vectors:
        """Return the likelihood of each group: float32, shape (n, groups), rows sum to 1."""
        scores = vectors @ self.weights.T + self.bias
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Vectors = likely / likely.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class Groups:
    """The likeliest groups of records; row i belongs to record i.

    Parameters
    ----------
    ids
        uint16, shape (n, KEPT): numbers of groups.
    shares
        float32, shape (n, KEPT): how much of each, rows of unit length; all 0 where the
        encoder has no head.
    """

    ids: NDArray[np.uint16]
    shares: Vectors

    @classmethod
    def unknown(cls, n: int) -> Groups:
        """Return n records of which no group is known."""
        return cls(np.zeros((n, KEPT), np.uint16), np.zeros((n, KEPT), np.float32))

    @classmethod
    def likeliest(cls, shares: Vectors) -> Groups:
        """Keep the likeliest groups.

        Parameters
        ----------
        shares
            float32, shape (n, groups); more is likelier.
        """
        groups = shares.shape[1]
        kept = np.argsort(-shares, axis=1, kind="stable")[:, : min(KEPT, groups)]
        found = np.take_along_axis(shares, kept, axis=1)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-12))
        spare = ((0, 0), (0, KEPT - kept.shape[1]))
        return cls(np.pad(kept, spare).astype(np.uint16), np.pad(found, spare).astype(np.float32))

    @classmethod
    def concatenate(cls, parts: Sequence[Groups]) -> Groups:
        """Join records one after another; at least one part is needed."""
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([part.shares for part in parts]),
        )

    def take(self, rows: NDArray[np.int64]) -> Groups:
        """Return the given rows, in the given order."""
        return Groups(self.ids[rows], self.shares[rows])

    def __len__(self) -> int:
        return len(self.ids)


def load_head(folder: Path) -> GroupHead | None:
    """Read the head of an encoder folder; None if it brings none.

    Raises
    ------
    InputError
        If the file is damaged, or of another shape.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        head = GroupHead(tensors["weights"], tensors["bias"])
    except (SafetensorError, OSError, KeyError) as error:
        raise _unusable(path, str(error)) from error
    if head.weights.ndim != 2 or head.bias.shape != (len(head.weights),):
        raise _unusable(path, f"weights of {head.weights.shape}, bias of {head.bias.shape}")
    if len(head.bias) > MAX_GROUPS:
        raise _unusable(path, f"{len(head.bias)} groups, more than {MAX_GROUPS}")
    return head


def _unusable(path: Path, reason: str) -> InputError:
    return InputError(
        f"The occupation head {path} cannot be used: {reason}.",
        remedy="Make it anew with models/occupations.py, or remove it.",
    )
