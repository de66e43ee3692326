"""The match lists of every active profile, with what is new since the list before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import tee
from typing import Final

from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store

#: Lists are made and stored in shards of this many profiles, whoever works on them.
PROFILES_AT_ONCE: Final = 256

Lists = Mapping[OfferKind, Sequence[Match]]
#: Makes the lists of each batch of profiles for a day, batch after batch in the same order.
MatchBatches = Callable[[Iterable[Sequence[Profile]], date], Iterator[Sequence[Lists]]]


@dataclass(frozen=True, slots=True)
class ListTotals:
    """What the lists hold, all together.

    Parameters
    ----------
    profiles
        For how many profiles lists were made.
    empty
        How many of them got no match at all.
    matches, new
        Matches by kind of offer, and those among them that the list before did not have.
    bands
        Matches by band.
    """

    profiles: int = 0
    empty: int = 0
    matches: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)

    def plus(self, made: Sequence[StoredList]) -> ListTotals:
        """Return the totals after some more lists."""
        entries = [entry for one in made for entry in one.entries]
        return ListTotals(
            self.profiles + len(made),
            self.empty + sum(not one.entries for one in made),
            _added(self.matches, [entry.kind.value for entry in entries]),
            _added(self.new, [entry.kind.value for entry in entries if entry.is_new]),
            _added(self.bands, [entry.band for entry in entries]),
        )


@dataclass(frozen=True, slots=True)
class ListsOf:
    """Which lists are made: by which run, from which snapshot, for which day, and when."""

    run_id: str
    snapshot: str
    on: date
    created_at: datetime


def make_lists(
    store: Store, match: MatchBatches, of: ListsOf, totals: ListTotals
) -> Iterator[ListTotals]:
    """Make and store the lists of all active profiles.

    Parameters
    ----------
    store
        Holds profiles and lists.
    match
        Makes the lists.
    of
        What is noted with each list.
    totals
        Of the lists that this run has made before; as many profiles that have theirs are
        passed over.

    Yields
    ------
    ListTotals
        After each batch that was stored.
    """
    asked, kept = tee(_profiles_left(store, of, totals.profiles))
    for profiles, lists in zip(kept, match(asked, of.on), strict=True):
        ids = [profile.id for profile in profiles]
        before = store.lists.offer_ids(ids, before_run=of.run_id)
        made = [
            StoredList(id, of.run_id, of.snapshot, of.created_at, _entries(one, before.get(id)))
            for id, one in zip(ids, lists, strict=True)
        ]
        store.lists.replace_many(made)
        totals = totals.plus(made)
        yield totals


def _profiles_left(store: Store, of: ListsOf, made: int) -> Iterator[list[Profile]]:
    """Pass over profiles with a list of this run: the journal keeps no ids of profiles."""
    for batch in store.profiles.open_batches(of.on, PROFILES_AT_ONCE):
        left = []
        for profile in batch:
            if made and _has_list(store, profile.id, of.run_id):
                made -= 1
            else:
                left.append(profile)
        if left:
            yield left


def _has_list(store: Store, profile_id: str, run_id: str) -> bool:
    try:
        return store.lists.latest(profile_id).run_id == run_id
    except NotFoundError:
        return False


def _entries(
    lists: Lists, before: Collection[tuple[OfferKind, str]] | None
) -> tuple[ListEntry, ...]:
    """Without a list before, nothing is called new: all of it is."""
    return tuple(
        ListEntry(
            kind,
            match.offer_id,
            match.rank,
            match.score,
            match.band.value,
            before is not None and (kind, match.offer_id) not in before,
            codec.dump(match),
        )
        for kind, matches in lists.items()
        for match in matches
    )


def _added(counts: Mapping[str, int], more: Sequence[str]) -> Mapping[str, int]:
    return dict(sorted((Counter(counts) + Counter(more)).items()))
