"""Concepts that mean what somebody is typing, where no label has its words.

Each concept is the mean of its preferred labels in all languages: a third of the vectors, and one
odd label of three does not decide. Who types *korjailen pyöriä* or *fixing bikes* sees what
taxonomies call the repair of bicycles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

import numpy as np

from matcher.domain.text import Lang
from matcher.encode.checks import unit_rows
from matcher.encode.protocol import Encoder, TextRole
from matcher.errors import InputError
from matcher.index.exact import ExactIndex
from matcher.store.concepts import ConceptKind
from matcher.taxonomy.everyday import written_out
from matcher.taxonomy.words import plain

#: With fewer letters nothing is meant yet.
FEWEST_LETTERS: Final = 3
#: From this cosine on, a concept is shown. Chosen on half a of `tests/unit/taxonomy/meant.tsv`: a
#: lower one shows more beside the point and finds nothing more there, a higher one finds less.
#: First results of the other half had been seen by then.
MIN_COSINE: Final = 0.5
#: So many concepts are kept for each text that was typed: more than a list shows.
MOST: Final = 24
#: Concepts whose labels are encoded at once, so that their vectors take little memory.
_AT_ONCE: Final = 1024
#: Texts that are remembered with what they mean, since one types and deletes the same again.
_REMEMBERED: Final = 1024

Labelled = tuple[str, ConceptKind, Lang, str, bool]


class Meanings:
    """What the concepts of one taxonomy mean; safe across threads.

    Parameters
    ----------
    encoder
        Encodes labels and what is typed.
    labels
        URI, kind, language, label and whether it is preferred, ordered by URI.
    kind
        Of the concepts that are wanted.
    """

    def __init__(self, encoder: Encoder, labels: Iterable[Labelled], kind: ConceptKind) -> None:
        told = [
            (uri, plain(label))
            for uri, its_kind, _, label, preferred in labels
            if its_kind is kind and preferred and _letters(label)
        ]
        self._uris, self._index = _means(encoder, told)
        self._encoder = encoder
        # Texts are remembered by this process alone, and with the taxonomy they are forgotten.
        self._found: Callable[[str], tuple[str, ...]] = lru_cache(_REMEMBERED)(self._search)

    def near(self, typed: str) -> tuple[str, ...]:
        """Return the concepts that mean what was typed.

        Parameters
        ----------
        typed
            Everyday words, in any language.

        Returns
        -------
        tuple of str
            URIs, nearest first, at most `MOST`; none for less than three letters.
        """
        text = " ".join(typed.split()).casefold()
        if _letters(text) < FEWEST_LETTERS or not self._uris:
            return ()
        return self._found(text)

    def _search(self, text: str) -> tuple[str, ...]:
        asked = sorted({text, *(written_out(text, lang) for lang in Lang)})
        try:
            vectors = self._encoder.encode(asked, TextRole.QUERY)
        except InputError:
            # The model knows none of the letters, so nothing is near.
            return ()
        hits = self._index.search(vectors, MOST)
        best: dict[int, float] = {}
        found = zip(hits.rows.ravel().tolist(), hits.scores.ravel().tolist(), strict=True)
        for row, cosine in found:
            if cosine >= MIN_COSINE:
                best[row] = max(best.get(row, cosine), cosine)
        rows = sorted(best, key=lambda row: (-best[row], row))[:MOST]
        return tuple(self._uris[row] for row in rows)


def _means(encoder: Encoder, told: Sequence[tuple[str, str]]) -> tuple[list[str], ExactIndex]:
    """Return the concepts, and the unit means of their labels in the same order."""
    named = [(uri, [label for _, label in found]) for uri, found in groupby(told, itemgetter(0))]
    means = np.empty((len(named), encoder.dimension), np.float32)
    for start in range(0, len(named), _AT_ONCE):
        part = [labels for _, labels in named[start : start + _AT_ONCE]]
        vectors = encoder.encode([label for labels in part for label in labels])
        starts = np.cumsum([0, *(len(labels) for labels in part[:-1])])
        means[start : start + _AT_ONCE] = unit_rows(np.add.reduceat(vectors, starts, axis=0))
    return [uri for uri, _ in named], ExactIndex(means)


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)
