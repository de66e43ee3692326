"""What an encoder is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.encode.groups import GroupHead

Vectors = NDArray[np.float32]


class TextRole(StrEnum):
    """Which side of a match a text stands on; models with prompts need to know."""

    QUERY = "query"
    PASSAGE = "passage"


class Encoder(Protocol):
    """Turns texts into unit vectors.

    Attributes
    ----------
    revision
        Changes whenever the vectors would: part of every cache key and manifest.
    dimension
        Length of a vector.
    occupations
        Tells from a vector which occupations it belongs to; None if the model brings no head.
    """

    @property
    def revision(self) -> str:
        """Fingerprint of the model."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def occupations(self) -> GroupHead | None:
        """Head that tells occupations apart, if there is one."""
        ...

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        """Encode a batch.

        Parameters
        ----------
        texts
            Any number of non-empty texts.
        role
            Profiles are queries, offers and concepts are passages.

        Returns
        -------
        ndarray of float32, shape (len(texts), dimension)
            Unit length.

        Raises
        ------
        InputError
            If a text is empty or white space.
        """
        ...
