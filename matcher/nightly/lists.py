"""The match lists of every active profile, with what is new since the list before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import tee
from typing import Final

from matcher.domain.decision import Basis
from matcher.match.decisions.record import of_shard
from matcher.nightly.shards import MatchShards, Shard
from matcher.store.lists import StoredList
from matcher.store.store import Store

#: Lists are made and stored in shards of this many profiles, whoever works on them.
PROFILES_AT_ONCE: Final = 256


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
    """Which lists are made.

    Parameters
    ----------
    run_id, created_at
        The night that makes them, and when it began.
    snapshot, previous
        The snapshot that they are made from, and the one that is served until then; None
        if there is none.
    on
        The day that they are for.
    ranker
        Revision of the weights that make them.
    basis
        With what they are made.
    """

    run_id: str
    snapshot: str
    previous: str | None
    on: date
    created_at: datetime
    ranker: str
    basis: Basis


def make_lists(
    store: Store, match: MatchShards, of: ListsOf, totals: ListTotals
) -> Iterator[ListTotals]:
    """Make and store the lists of all active profiles, which nobody is served yet.

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
        After each shard that was stored.
    """
    asked, kept = tee(_shards_left(store, of, totals.profiles))
    for shard, rows in zip(kept, match(asked), strict=True):
        made = [
            StoredList(id, of.run_id, of.snapshot, of.created_at, rows[id], of.ranker)
            for id in shard.profile_ids
            if id in rows
        ]
        # First: a list without a record could not be made again.
        store.decisions.add(of_shard(store, made, of.basis))
        store.lists.replace_many(made)
        totals = totals.plus(made)
        yield totals


def _shards_left(store: Store, of: ListsOf, made: int) -> Iterator[Shard]:
    """Pass over profiles with a list of this run: the journal keeps no ids of profiles."""
    for ids in store.profiles.open_ids(of.on, PROFILES_AT_ONCE):
        left = ids
        if made:
            passed = sorted(store.lists.made(ids, of.run_id))[:made]
            made -= len(passed)
            left = sorted(set(ids) - set(passed))
        if left:
            yield Shard(tuple(left), of.on, of.snapshot, of.previous, of.ranker)


def _added(counts: Mapping[str, int], more: Sequence[str]) -> Mapping[str, int]:
    return dict(sorted((Counter(counts) + Counter(more)).items()))
