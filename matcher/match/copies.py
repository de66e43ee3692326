"""The other advertisements of a job that a list shows once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Final

import numpy as np

from matcher.domain.offer import Offer, OfferKind
from matcher.index.corpus import Corpus
from matcher.match.book import OfferBook
from matcher.match.duplicates import Advertisement, advertisement, same_job

#: So many of the nearest offers are held against each job: copies say the same and lie nearest.
NEAREST: Final = 12


def copies(
    listed: Sequence[Offer], corpus: Corpus, book: OfferBook, on: date
) -> dict[str, tuple[Offer, ...]]:
    """Return the other open advertisements of the jobs of a list, nearest first.

    Parameters
    ----------
    listed
        Offers of the corpus's kind; one that the corpus does not hold has no copies.
    corpus
        Where copies are looked for.
    book
        Where offers are read.
    on
        The day on which copies have to be open.

    Returns
    -------
    dict
        By the id of a listed offer; one without copies is absent. What is listed itself is
        no copy.
    """
    there = {one.id: row for one in listed if (row := corpus.row_of(one.id)) is not None}
    if not there:
        return {}
    rows = np.array(list(there.values()), np.int64)
    near = corpus.search(corpus.take(rows).pooled, NEAREST).rows.tolist()
    others = _open_ones(set(chain.from_iterable(near)) - set(there.values()), corpus, book, on)
    mine = {there[one.id]: one for one in listed if one.id in there}
    # One offer lies near several listed ones, and is told apart from each by the same.
    told = {row: _advertised(one, row, corpus) for row, one in (mine | others).items()}
    same = {
        id: tuple(others[at] for at in found if at in others and same_job(told[row], told[at]))
        for (id, row), found in zip(there.items(), near, strict=True)
    }
    return {id: found for id, found in same.items() if found}


def _open_ones(rows: set[int], corpus: Corpus, book: OfferBook, on: date) -> dict[int, Offer]:
    places = sorted(rows)
    ids = corpus.ids_of(np.array(places, np.int64))
    entries = book.get(OfferKind(corpus.kind.value), ids)
    found = {at: entries[id].offer for at, id in zip(places, ids, strict=True) if id in entries}
    return {at: one for at, one in found.items() if one.expires is None or one.expires >= on}


def _advertised(offer: Offer, row: int, corpus: Corpus) -> Advertisement:
    [digest] = corpus.digests_of(np.array([row]))
    return advertisement(offer, digest, corpus.grams_of(row))
