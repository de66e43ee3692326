"""Advertisements that say the same as one already in the list."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from matcher.domain.offer import Offer
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors

#: Cosine from which two advertisements of one employer with one title are one job: it lets
#: dates and a changed sentence pass, and keeps sites apart that describe themselves.
SAME_TEXT: Final = 0.97


class Seen:
    """What a list holds so far; one for each list."""

    def __init__(self) -> None:
        self._digests: set[str] = set()
        self._vectors: dict[tuple[str, str], list[Vectors]] = defaultdict(list)

    def before(self, offer: Offer, encoded: EncodedBatch) -> bool:
        """Tell whether the list holds this advertisement already, and remember it.

        The same words are the same advertisement whoever published them; nearly the same
        words are if title and organisation are the same too.

        Parameters
        ----------
        offer
            Compared by title and organisation.
        encoded
            A batch of one, compared by its fingerprint and its pooled vector.
        """
        digest, vector = encoded.hashes[0], encoded.pooled[0]
        near = self._vectors[
            offer.title.best(offer.language).casefold(), offer.organisation.casefold()
        ]
        known = digest in self._digests
        known = known or any(float(vector @ other) >= SAME_TEXT for other in near)
        self._digests.add(digest)
        near.append(vector)
        return known
