"""Which ranker is in use."""

from __future__ import annotations

from matcher.match.ranker import PRIOR, Ranker, ranker_of
from matcher.store.store import Store


class RankerInUse:
    """The ranker in use for an encoder, as the store says it whenever it is asked.

    So a promotion is heeded by every running process with the next list.

    Parameters
    ----------
    store
        Holds the decisions.
    encoder
        Revision of the encoder.
    """

    def __init__(self, store: Store, encoder: str) -> None:
        self._store = store
        self._encoder = encoder

    def now(self) -> Ranker:
        """Return it; the prior unless something else was put to use for this encoder."""
        return ranker_of(self._store.rankers.in_use(self._encoder))


def ranker_named(store: Store, revision: str) -> Ranker:
    """Return the ranker of a revision, in use or not.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    return PRIOR if revision == PRIOR.revision else ranker_of(store.rankers.get(revision))
