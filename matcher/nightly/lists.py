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
from matcher.nightly.shards import MatchShards, Rows, Shard
from matcher.nightly.strands import in_turns
from matcher.nightly.unchanged import Origins
from matcher.store.lists import Carrying, ListEntry, Place, StoredList
from matcher.store.store import Store
from matcher.store.versions import Moment

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
    taken_over
        How many of the lists are those of the night before: nothing that they hang on has
        changed.
    """

    profiles: int = 0
    empty: int = 0
    matches: Mapping[str, int] = field(default_factory=dict)
    new: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)
    taken_over: int = 0

    def plus(self, lists: Sequence[Sequence[ListEntry | Place]], taken_over: int) -> ListTotals:
        """Return the totals after some more lists, of which so many were taken over."""
        entries = [entry for one in lists for entry in one]
        return ListTotals(
            self.profiles + len(lists),
            self.empty + sum(not one for one in lists),
            _added(self.matches, [entry.kind.value for entry in entries]),
            _added(self.new, [entry.kind.value for entry in entries if entry.is_new]),
            _added(self.bands, [entry.band for entry in entries]),
            self.taken_over + taken_over,
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
    revision
        Of the store, that the snapshot shows.
    moment
        State of the store that they are made from, whatever is written meanwhile.
    """

    run_id: str
    snapshot: str
    previous: str | None
    on: date
    created_at: datetime
    ranker: str
    basis: Basis
    revision: int
    moment: Moment


def make_lists(
    store: Store, match: MatchShards, of: ListsOf, totals: ListTotals
) -> Iterator[ListTotals]:
    """Make and store the lists of all active profiles, which nobody is served yet.

    A list that would come out as the night before is taken over.

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
    then = store.at(of.moment)
    origins = Origins.of(then, of.basis, of.on, of.revision, of.moment.heard)
    asked, kept = tee(_parts_left(store, of, origins, totals.profiles))
    found = match(part.shard for part in asked if part.shard.profile_ids)
    for part in kept:
        rows = next(found) if part.shard.profile_ids else {}
        made = _made(then, of, part, rows, origins)
        # Written down before them: else they could not be made again.
        ids = sorted([*part.same, *rows])
        store.decisions.add(of_shard(then, ids, (of.run_id, of.created_at), of.basis))
        same = store.lists.carry_over(_carrying(of), part.same.values())
        store.lists.replace_many(made)
        lists: list[Sequence[ListEntry | Place]] = [one.places for one in same]
        lists += [one.entries for one in made]
        totals = totals.plus(lists, len(same))
        yield totals


@dataclass(frozen=True, slots=True)
class _Part:
    """Some people: whose lists can be taken over, and whose are to be made.

    Parameters
    ----------
    same
        Numbers of the lists to take over, by profile.
    shard
        The others.
    origins
        What the lists of the others are made from.
    """

    same: Mapping[str, int]
    shard: Shard
    origins: Mapping[str, str]


def _parts_left(store: Store, of: ListsOf, origins: Origins, made: int) -> Iterator[_Part]:
    """Pass over profiles with a list of this run: the journal keeps no ids of profiles."""
    for strand, ids in in_turns(store.profiles.open_ids(of.on, PROFILES_AT_ONCE)):
        left = ids
        if made:
            passed = sorted(store.lists.made(ids, of.run_id))[:made]
            made -= len(passed)
            left = sorted(set(ids) - set(passed))
        if left:
            yield _part(store, of, left, origins, strand)


def _part(store: Store, of: ListsOf, ids: Sequence[str], origins: Origins, strand: int) -> _Part:
    now = origins.by_profile(store.at(of.moment), ids)
    same = store.lists.of_origin(of.previous, now) if of.previous else {}
    others = tuple(id for id in ids if id not in same)
    shard = Shard(others, of.on, of.snapshot, of.previous, of.ranker, of.moment, strand)
    # Parts wait for those before them: a night that takes all lists over holds all of them.
    return _Part(same, shard, {id: now[id] for id in others if id in now})


def _made(then: Store, of: ListsOf, part: _Part, rows: Rows, origins: Origins) -> list[StoredList]:
    """Return new lists, with their origin if nothing of it was erased while they were made."""
    ids = [id for id in part.shard.profile_ids if id in rows]
    after = origins.by_profile(then, ids) if ids else {}
    return [
        StoredList(
            id,
            of.run_id,
            of.snapshot,
            of.created_at,
            rows[id],
            of.ranker,
            after[id] if id in after and after[id] == part.origins.get(id) else None,
        )
        for id in ids
    ]


def _carrying(of: ListsOf) -> Carrying:
    return Carrying(of.run_id, of.created_at, of.snapshot)


def _added(counts: Mapping[str, int], more: Sequence[str]) -> Mapping[str, int]:
    return dict(sorted((Counter(counts) + Counter(more)).items()))
