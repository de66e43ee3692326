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
    """The advertisements of a list so far, or those that a client refused."""

    def __init__(self) -> None:
        self._digests: set[str] = set()
        self._vectors: dict[tuple[str, str], list[Vectors]] = defaultdict(list)

    def before(self, offer: Offer, encoded: EncodedBatch) -> bool:
        """Tell whether the list holds this advertisement already, and remember it.

        Parameters
        ----------
        offer, encoded
            As in `holds`.
        """
        known = self.holds(offer, encoded)
        self.add(offer, encoded)
        return known

    def holds(self, offer: Offer, encoded: EncodedBatch) -> bool:
        """Tell whether this advertisement is known already.

        The same words are the same advertisement whoever published them; nearly the same
        words are if title and organisation are the same too.

        Parameters
        ----------
        offer
            Compared by title and organisation.
        encoded
            A batch of one, compared by its fingerprint and its pooled vector.
        """
        if encoded.hashes[0] in self._digests:
            return True
        near = self._vectors.get(_heading(offer), ())
        return any(float(encoded.pooled[0] @ other) >= SAME_TEXT for other in near)

    def add(self, offer: Offer, encoded: EncodedBatch) -> None:
        """Remember an advertisement."""
        self._digests.add(encoded.hashes[0])
        self._vectors[_heading(offer)].append(encoded.pooled[0])


def _heading(offer: Offer) -> tuple[str, str]:
    return offer.title.best(offer.language).casefold(), offer.organisation.casefold()
