"""Character n-grams of texts as hashes, and the rows that they have in a table.

Texts are cut, hashed and looked up as arrays of code points, a whole batch at a time: no
string is made for a word or an n-gram, and nothing needs to be remembered between batches.

This needs numpy alone, so that whoever has another way to sum rows can do without torch. The
training script copies this file into the model folder, beside the module that uses it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZES = (3, 4, 5)
# A word may end in so many plus signs or sharps, as C++ and C# do.
SIGNS = 2
# Any odd numbers whose bits look random would do; the first is 2^64 divided by the golden
# ratio (Knuth, 1973), as in Fibonacci hashing.
STEP = 0x9E3779B97F4A7C15
STEP_BACK = pow(STEP, -1, 1 << 64)
MIXER = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)
BUCKET_BITS = 20

# Letters beyond the basic plane, of scripts no longer written, count as symbols.
LAST = 0xFFFF
IS_LETTER = np.array([chr(point).isalnum() or chr(point) == "_" for point in range(LAST + 1)])
IS_SPACE = np.array([chr(point).isspace() or not point for point in range(LAST + 1)])
IS_SIGN = np.array([chr(point) in "+#" for point in range(LAST + 1)])

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """The distinct words of some texts, and how often each text holds them.

    Parameters
    ----------
    keys
        Hash of each distinct word, shape (words,), ascending.
    grams
        Hashes of the n-grams of each distinct word, word after word, the whole word first.
    gram_counts
        How many n-grams each distinct word has, shape (words,).
    bags
        The distinct words of each text as places in `keys`, text after text.
    counts
        How often the text holds each of them, same shape as `bags`.
    bag_counts
        How many distinct words each text has, shape (texts,).
    """

    keys: Keys
    grams: Keys
    gram_counts: Places
    bags: Places
    counts: Places
    bag_counts: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        """Fold and split texts; a text of mere symbols is split at white space."""
        points = _folded(texts)
        starts, ends, owners = _split(points)
        sums = _prefix_sums(points)
        hashes = (sums[ends] - sums[starts]) * _powers(STEP_BACK, len(points))[starts]
        keys, first, places = np.unique(hashes, return_index=True, return_inverse=True)
        grams, gram_counts = _ngrams(points, starts[first], ends[first])
        pairs, counts = np.unique(owners * len(keys) + places, return_counts=True)
        holders, bags = np.divmod(pairs, max(len(keys), 1))
        bag_counts = np.bincount(holders, minlength=len(texts))
        return cls(keys, grams, gram_counts, bags, counts, bag_counts)

    @property
    def weights(self) -> NDArray[np.float32]:
        """The damped counts, same shape as `bags`."""
        return 1 + np.log(self.counts, dtype=np.float32)


class Rows:
    """Which row of the table an n-gram has.

    Parameters
    ----------
    own
        Hashes of the n-grams that own a row, ascending, in row order.
    shared
        How many rows after them the other n-grams share.
    """

    def __init__(self, own: Keys, shared: int) -> None:
        self.own = own
        self.shared = shared
        # The upper bits of a hash tell where to begin to look for it.
        self._shift = np.uint64(64 - BUCKET_BITS)
        buckets = np.arange(1 << BUCKET_BITS, dtype=np.uint64) << self._shift
        self._first = np.searchsorted(own, buckets)
        self._bounded = np.append(own, np.uint64((1 << 64) - 1))

    def __len__(self) -> int:
        return len(self.own) + self.shared

    def of(self, grams: Keys) -> Places:
        """Return the rows of n-grams, given their hashes."""
        at = self._first[(grams >> self._shift).view(np.int64)]
        found = self._bounded[at]
        behind = np.flatnonzero(found < grams)
        while behind.size:
            at[behind] += 1
            found[behind] = self._bounded[at[behind]]
            behind = behind[found[behind] < grams[behind]]
        hashed = len(self.own) + (grams % np.uint64(self.shared)).view(np.int64)
        return np.where((found == grams) & (at < len(self.own)), at, hashed)


def _folded(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Return the code points of folded texts, with a zero after each text."""
    joined = "".join([text.replace("\0", " ") + "\0" for text in texts])
    folded = unicodedata.normalize("NFKC", joined).lower()
    points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(points, np.uint32(LAST))


def _split(points: NDArray[np.uint32]) -> tuple[Places, Places, Places]:
    """Return where each word starts and ends, and in which text it is."""
    ends_of_texts = np.flatnonzero(points == 0)
    starts_of_texts = np.concatenate([[0], ends_of_texts[:-1] + 1])[: len(ends_of_texts)]
    inside = IS_LETTER[points]
    wordless = np.add.reduceat(inside, starts_of_texts, dtype=np.int64) == 0
    if wordless.any():
        sizes = ends_of_texts + 1 - starts_of_texts
        inside |= np.repeat(wordless, sizes) & ~IS_SPACE[points]
    # No word reaches over the zero after a text, nor over the one before the first.
    before = np.roll(inside, 1)
    starts, ends = np.flatnonzero(inside > before), np.flatnonzero(before > inside)
    for _ in range(SIGNS):
        ends += IS_SIGN[points[ends]]
    counts = np.diff(np.searchsorted(starts, ends_of_texts), prepend=0)
    return starts, ends, np.repeat(np.arange(len(counts)), counts)


def _ngrams(points: NDArray[np.uint32], starts: Places, ends: Places) -> tuple[Keys, Places]:
    """Hash the n-grams of words with their borders marked, and the marked words themselves."""
    sizes = ends - starts + 2
    last = np.cumsum(sizes) - 1
    first = last + 1 - sizes
    at = np.arange(sizes.sum())
    marked = points[at - np.repeat(first - starts + 1, sizes)]
    marked[first], marked[last] = ord("<"), ord(">")
    sums, back = _prefix_sums(marked), _powers(STEP_BACK, len(marked))
    left = np.repeat(last + 1, sizes) - at
    whole = np.repeat(sizes, sizes)
    # A column for the words and one for each size, so that each word's n-grams lie together.
    hashes = np.empty((len(marked), 1 + len(SIZES)), np.uint64)
    exist = np.zeros(hashes.shape, np.bool_)
    hashes[first, 0] = (sums[last + 1] - sums[first]) * back[first]
    exist[first, 0] = True
    for column, size in enumerate(SIZES, 1):
        if size < len(marked):
            count = len(marked) - size + 1
            hashes[:count, column] = (sums[size:] - sums[:count]) * back[:count]
            exist[:, column] = (left >= size) & (whole > size)
    counts = np.add.reduceat(exist.sum(axis=1), first) if len(first) else first
    return _mixed(hashes[exist]), counts


def _prefix_sums(points: NDArray[np.uint32]) -> Keys:
    """Sum code points times powers of `STEP`, modulo 2^64 (Karp and Rabin, 1987).

    A difference of two sums, times the power of the inverse where it begins, is a hash of the
    points between them, wherever they stand.
    """
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(points * _powers(STEP, len(points)), out=sums[1:])
    return sums


def _powers(base: int, count: int) -> Keys:
    powers = np.full(count, base, np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)


def _mixed(hashes: Keys) -> Keys:
    """Spread the bits of hashes: their lower and upper ones choose rows and buckets."""
    hashes = (hashes ^ (hashes >> HALF)) * MIXER
    return hashes ^ (hashes >> HALF)
