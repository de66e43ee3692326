"""The hashed character n-grams of texts, as scikit-learn's ``HashingVectorizer`` has them.

Texts are cut and hashed in one compiled loop over their bytes; no string is made for an n-gram.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.compiled import compiled

SHORTEST: Final = 3
LONGEST: Final = 5

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Columns = NDArray[np.int32]

_SPACE: Final = np.uint8(32)
#: Of MurmurHash3 (Appleby, 2011), x86 variant of 32 bits.
_FIRST: Final = np.uint32(0xCC9E2D51)
_SECOND: Final = np.uint32(0x1B873593)


def hash_grams(texts: Sequence[str], features: int) -> tuple[Columns, Places]:
    """Return the columns of the n-grams of texts, text after text, as often as they occur.

    Parameters
    ----------
    texts
        Any number.
    features
        How many columns there are.

    Returns
    -------
    columns
        int32, shape (n-grams,): within a text in no order.
    counts
        int64, shape (len(texts),): how many of them each text has.

    References
    ----------
    Weinberger, K. et al. (2009). Feature hashing for large scale multitask learning. ICML.
    """
    padded = [f" {' '.join(text.lower().split())} " for text in texts]
    joined = "".join(padded)
    raw = np.frombuffer(joined.encode(), np.uint8)
    # Each character begins where a byte is no continuation of one before (RFC 3629).
    starts = np.append(np.flatnonzero((raw & 0xC0) != 0x80), len(raw))
    bounds = np.cumsum([0, *map(len, padded)])
    columns = np.empty((LONGEST - SHORTEST + 1) * len(joined), np.int32)
    ends = np.zeros(len(texts) + 1, np.int64)
    _hash_all(raw, starts, bounds, np.uint32(features), (columns, ends))
    return columns[: ends[-1]], np.diff(ends)


@compiled
def _hash_all(
    raw: Bytes, starts: Places, bounds: Places, features: np.uint32, found: tuple[Columns, Places]
) -> None:
    """Write the columns of all texts, and where those of each end."""
    columns, ends = found
    done = 0
    for text in range(bounds.shape[0] - 1):
        first = bounds[text]
        for last in range(first + 1, bounds[text + 1]):
            # From one space to the next: a word with a space on either side.
            if raw[starts[last]] == _SPACE:
                if last > first + 1:
                    done = _hash_word(raw, starts[first : last + 2], features, columns, done)
                first = last
        ends[text + 1] = done


@compiled
def _hash_word(raw: Bytes, starts: Places, features: np.uint32, columns: Columns, done: int) -> int:
    """Write the columns of one word from a place on, and return the place behind them."""
    length = starts.shape[0] - 1
    for size in range(SHORTEST, min(LONGEST, length) + 1):
        for at in range(length - size + 1):
            columns[done] = _column(raw[starts[at] : starts[at + size]], features)
            done += 1
        # A word that is no longer is counted once.
        if length <= size:
            break
    return done


@compiled
def _column(raw: Bytes, features: np.uint32) -> np.int32:
    """Return the column of some bytes: their MurmurHash3 without its sign."""
    mixed = np.uint32(0)
    whole = raw.shape[0] // 4 * 4
    for i in range(0, whole, 4):
        block = np.uint32(raw[i])
        block |= np.uint32(raw[i + 1]) << np.uint32(8)
        block |= np.uint32(raw[i + 2]) << np.uint32(16)
        block |= np.uint32(raw[i + 3]) << np.uint32(24)
        mixed = _turned(mixed ^ _scrambled(block), 13)
        mixed = np.uint32(mixed * np.uint32(5) + np.uint32(0xE6546B64))
    left = np.uint32(0)
    for i in range(whole, raw.shape[0]):
        left |= np.uint32(raw[i]) << np.uint32(8 * (i - whole))
    mixed ^= _scrambled(left) ^ np.uint32(raw.shape[0])
    mixed = np.uint32((mixed ^ (mixed >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    mixed = np.uint32((mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    signed = np.int32(mixed ^ (mixed >> np.uint32(16)))
    return np.int32(abs(np.int64(signed)) % np.int64(features))


# Products of two numbers of 32 bits have 64 in numba, and are cut to 32.
@compiled
def _scrambled(block: np.uint32) -> np.uint32:
    return np.uint32(_turned(np.uint32(block * _FIRST), 15) * _SECOND)


@compiled
def _turned(value: np.uint32, bits: int) -> np.uint32:
    """Rotate the bits of a number to the left."""
    return np.uint32(value << np.uint32(bits)) | np.uint32(value >> np.uint32(32 - bits))
