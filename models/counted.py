"""The words of all training texts, counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ngrams import Keys, Places, Words

TEXTS_AT_ONCE = 10_000
# A part of words is worth at most so many texts of each word, which is fair to languages that
# inflect little; a whole word is worth one in five of its texts.
PART_LIMIT = 8
WHOLE_SHARE = 5


@dataclass(frozen=True)
class Counted:
    """All texts as bags of distinct words, and those words as n-grams.

    Parameters
    ----------
    grams
        Hashes of the n-grams of all words, each word's together, the whole word first.
    gram_starts, gram_counts
        Where the n-grams of each word lie, shape (words,).
    bags, weights
        The words of all texts and their damped counts, text after text.
    bag_starts, bag_counts
        Where the words of each text lie, shape (texts,).
    """

    grams: Keys
    gram_starts: Places
    gram_counts: Places
    bags: np.ndarray
    weights: np.ndarray
    bag_starts: Places
    bag_counts: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> Counted:
        """Count the words of texts, some at a time."""
        parts = [
            Words.of(texts[start : start + TEXTS_AT_ONCE])
            for start in range(0, len(texts), TEXTS_AT_ONCE)
        ]
        keys = np.unique(np.concatenate([part.keys for part in parts]))
        places = [np.searchsorted(keys, part.keys) for part in parts]
        counts = np.zeros(len(keys), np.int64)
        starts = np.zeros(len(keys), np.int64)
        grams = []
        held = 0
        for part, at in zip(parts, places, strict=True):
            new = counts[at] == 0
            grams.append(part.grams[np.repeat(new, part.gram_counts)])
            counts[at] = part.gram_counts
            starts[at[new]] = held + np.cumsum(part.gram_counts[new]) - part.gram_counts[new]
            held += len(grams[-1])
        bag_counts = np.concatenate([part.bag_counts for part in parts])
        return cls(
            np.concatenate(grams),
            starts,
            counts,
            np.concatenate([at[part.bags] for part, at in zip(parts, places, strict=True)]),
            np.concatenate([part.weights for part in parts]),
            np.cumsum(bag_counts) - bag_counts,
            bag_counts,
        )

    def best_ngrams(self, count: int) -> Keys:
        """Return the n-grams most worth a row of their own, as ascending hashes.

        Words of a single text, mostly errors and names, have no say.
        """
        seen = np.bincount(self.bags, minlength=len(self.gram_counts))
        order = np.argsort(self.gram_starts)
        worth = np.repeat(np.minimum(seen, PART_LIMIT)[order], self.gram_counts[order])
        worth[self.gram_starts] = seen // WHOLE_SHARE
        heard = np.repeat(seen[order] > 1, self.gram_counts[order])
        grams, places = np.unique(self.grams[heard], return_inverse=True)
        ranked = np.argsort(-np.bincount(places, worth[heard]), kind="stable")
        return np.sort(grams[ranked[:count]])
