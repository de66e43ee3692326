"""What lists and train-ups are made from, told by fingerprints: the same gives the same.

They follow from a person's profile and age, from every offer that is open, since the
frequencies of n-grams are those of all of them, from how employers have replied about people,
and from model, weights, rules, labels and program. If all of that is as it was, what the night
before made is taken over. Whoever has wishes gets new ones: a wish may name an offer that has
closed, and what that says is no part of the fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.domain.decision import Basis
from matcher.domain.offer import OfferKind
from matcher.match.decisions.record import NIGHT_K
from matcher.match.gates.ages import age_on
from matcher.match.replies.heard import fingerprint
from matcher.store import codec
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class _Born:
    """What is read of a profile beside its hash."""

    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """Fingerprints of what the lists and train-ups of a night are made from.

    Parameters
    ----------
    everybodys
        Of what all of them are made from.
    on
        The day that they are for.
    revision
        Of the store, that the night's snapshot shows.
    """

    everybodys: str
    on: date
    revision: int

    @classmethod
    def of(cls, store: Store, basis: Basis, on: date, revision: int, heard: int) -> Origins:
        """Read what is the same for everybody.

        Parameters
        ----------
        store
            Has offers and labels.
        basis
            With what the lists are made; the name of the snapshot does not count.
        on, revision
            As in the class.
        heard
            Number of the count of employers' replies that moves their order; 0 if none does.
        """
        offers = [store.offers(kind).fingerprint(on) for kind in OfferKind]
        replies = fingerprint(store.replies.until(heard))
        # A taxonomy may be loaded again under the same name.
        labels = store.concepts.fingerprint()
        made_with = codec.dump(replace(basis, snapshot=""))
        everybodys = codec.digest("\n".join([*offers, replies, labels, made_with, str(NIGHT_K)]))
        return cls(everybodys, on, revision)

    def by_profile(self, store: Store, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of some people, without those who have wishes.

        Of nobody it is known once offers have changed since the snapshot was built: what is
        made then may heed the change or not.
        """
        if offers_changed(store, self.revision):
            return {}
        wishes = store.feedback.wishes(ids)
        people, hashes = store.profiles.get_as(_Born, ids), store.profiles.hashes(ids)
        return {
            id: codec.digest(f"{self.everybodys}\n{hashes[id]}\n{self._age(one.birth_date)}")
            for id, one in people.items()
            if id in hashes and id not in wishes
        }

    def _age(self, birth: date | None) -> int | None:
        return None if birth is None else age_on(birth, self.on)


def offers_changed(store: Store, revision: int) -> bool:
    """Tell whether any offer has changed since a revision of the store, or may have."""
    return not all(store.offers(kind).is_same_since(revision) for kind in OfferKind)
