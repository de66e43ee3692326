"""What every encoder asks of texts and promises of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from matcher.encode.protocol import Vectors
from matcher.errors import InputError

SHORTEST: Final = 1e-9


def check_texts(texts: Sequence[str]) -> None:
    """Refuse texts without words.

    Raises
    ------
    InputError
        Naming the first that is empty or white space.
    """
    for row, text in enumerate(texts):
        if not text.strip():
            raise _unusable(row, "is empty")


def unit_rows(vectors: Vectors) -> Vectors:
    """Return vectors scaled to unit length.

    Parameters
    ----------
    vectors
        float32, shape (n, d).

    Raises
    ------
    InputError
        Naming the first text of which the model knows nothing.
    """
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lost = np.flatnonzero(~((lengths > SHORTEST) & np.isfinite(lengths)))
    if lost.size:
        raise _unusable(int(lost[0]), "holds nothing that the encoder knows")
    normalised: Vectors = vectors / lengths
    return normalised


def _unusable(row: int, reason: str) -> InputError:
    return InputError(
        f"Text {row + 1} of the batch {reason}, so it has no vector.",
        remedy="Leave it out, or give it some words.",
    )
