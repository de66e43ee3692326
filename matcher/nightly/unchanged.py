"""What lists are made from, told by fingerprints: the same gives the same list.

A list follows from a person's profile and age, from every offer that is open, since the
frequencies of n-grams are those of all of them, and from model, weights, rules and program.
If all of that is as it was, the list of the night before is taken over. Whoever has wishes
gets a new one: a wish may name an offer that has closed, and what that says is no part of
the fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.domain.decision import Basis
from matcher.domain.offer import OfferKind
from matcher.match.decisions.record import NIGHT_K
from matcher.match.gates.ages import age_on
from matcher.store import codec
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Origins:
    """Fingerprints of what the lists of a night are made from.

    Parameters
    ----------
    everybodys
        Of what all lists are made from.
    on
        The day that they are for.
    """

    everybodys: str
    on: date

    @classmethod
    def of(cls, store: Store, basis: Basis, on: date) -> Origins:
        """Read what everybody's lists are made from.

        Parameters
        ----------
        store
            Has the offers.
        basis
            With what the lists are made; the name of the snapshot does not count.
        on
            The day that they are for.
        """
        offers = [store.offers(kind).fingerprint(on) for kind in OfferKind]
        made_with = codec.dump(replace(basis, snapshot=""))
        return cls(codec.digest("\n".join([*offers, made_with, str(NIGHT_K)])), on)

    def by_profile(self, store: Store, ids: Sequence[str]) -> dict[str, str]:
        """Return the fingerprints of the lists of some people, without those who have wishes."""
        wishes = store.feedback.wishes(ids)
        profiles, hashes = store.profiles.get_many(ids), store.profiles.hashes(ids)
        return {
            id: codec.digest(f"{self.everybodys}\n{hashes[id]}\n{self._age(profile.birth_date)}")
            for id, profile in profiles.items()
            if id in hashes and id not in wishes
        }

    def _age(self, birth: date | None) -> int | None:
        return None if birth is None else age_on(birth, self.on)


def offers_changed(store: Store, revision: int, on: date) -> bool:
    """Tell whether any offer has changed since a revision of the store, or may have."""
    changes = (store.offers(kind).changed_since(revision, on) for kind in OfferKind)
    return any(one.upserted or one.removed or not one.is_complete for one in changes)
