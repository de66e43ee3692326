"""Find open offers by what somebody remembers of a title or an organisation.

For the coach who expected an offer in a list. The spelling need not be exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer, OfferKind
from matcher.encode.lexical import count_rows
from matcher.encode.protocol import TextRole
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError
from matcher.index.live import Live
from matcher.match.book import OfferBook

#: So many of each kind are held against the words, by letters and by meaning.
LOOKED_AT: Final = 60
#: Share of the letters of what was asked that a name has to have in common (cosine).
ALIKE: Final = 0.2


class OfferLookup:
    """Finds offers by name.

    Parameters
    ----------
    live, book, records
        Where offers are searched, read, and what encodes the words.
    """

    def __init__(self, live: Live, book: OfferBook, records: RecordEncoder) -> None:
        self._live = live
        self._book = book
        self._records = records

    def find(self, words: str, kinds: Sequence[OfferKind], *, k: int, on: date) -> list[Offer]:
        """Return the open offers whose title and organisation are most like some words.

        Parameters
        ----------
        words
            As somebody types them.
        kinds
            Which offers.
        k
            At most so many, over all kinds.
        on
            The day on which they have to be open.

        Raises
        ------
        InputError
            If there are no words.
        """
        if not words.strip():
            raise InputError("Nothing is asked for.", remedy="Give words of a title.", field="q")
        self._book.refresh(on, self._live.snapshot)
        found = [offer for kind in kinds for offer in self._near(words, kind, on)]
        if not found:
            return []
        weigh = self._live.lexical.weigh
        names = count_rows([f"{' '.join(one.title.values())} {one.organisation}" for one in found])
        alike = (weigh(names) @ weigh(count_rows([words])).T).toarray()[:, 0]
        order = sorted(range(len(found)), key=lambda i: (-round(float(alike[i]), 4), found[i].id))
        return [found[i] for i in order if alike[i] >= ALIKE][:k]

    def _near(self, words: str, kind: OfferKind, on: date) -> list[Offer]:
        corpus = self._live.corpus(RecordKind.of_offer(kind))
        asked = self._records.encoder.encode([words], TextRole.QUERY)
        grams = corpus.lexical.weigh(count_rows([words]))
        near = corpus.search(asked, LOOKED_AT), corpus.search_lexical(grams, LOOKED_AT)
        rows = np.unique(np.concatenate([hits.rows[0] for hits in near]))
        entries = self._book.get(kind, corpus.ids_of(rows))
        offers = [entry.offer for entry in entries.values()]
        return [one for one in offers if one.expires is None or one.expires >= on]
