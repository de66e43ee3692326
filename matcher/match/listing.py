"""From a block of people to their lists: candidates, gates, scores, the same job once, reasons.

Whatever is asked of every candidate is asked of whole arrays; single offers are looked at
only where they stand in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple, TypeVar

import numpy as np

from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.encode.batch import Rows
from matcher.match.bands import LISTED_FROM, band_of
from matcher.match.book import OfferBook
from matcher.match.duplicates import SameJob
from matcher.match.gates.crowd import Crowd
from matcher.match.gates.journeys import road_km
from matcher.match.openings import KnownGates, Openings
from matcher.match.picks import Pick, Walk, offered, picks
from matcher.match.reasons.carried import Carried, Grounds, Spellings, Texts, carry, in_words
from matcher.match.rerank import Ranked, rank_rows
from matcher.match.retrieve import FEW, candidates, nearest
from matcher.match.search import Block, Blocked, Search
from matcher.match.shelf import Shelf
from matcher.match.sides import Person
from matcher.match.wishes.limits import NO_WISHES, Wishes

#: When gates leave fewer than asked for, one looks this many times deeper, once.
WIDEN: Final = 4
_Told = TypeVar("_Told")


class Listed(NamedTuple):
    """An offer that stands in a person's list, to be told to whoever reads it.

    Parameters
    ----------
    block, place
        Whose list: people, and which of them.
    search
        What was searched.
    pick
        The offer.
    grounds
        What carries the match.
    rank
        Place in the list, from 1.
    """

    block: Block
    place: int
    search: Search
    pick: Pick
    grounds: Grounds
    rank: int

    @property
    def person(self) -> Person:
        """Whose list it is."""
        return self.block.people[self.place]

    @property
    def wishes(self) -> Wishes:
        """What the person does not want."""
        return self.block.wishes.get(self.person.profile.id, NO_WISHES)

    def texts(self) -> Texts:
        """Return the words and vectors of both sides."""
        ours = slice(*self.block.encoded.offsets[self.place : self.place + 2])
        return Texts(
            self.pick.entry.words.phrases,
            self.person.words.phrases,
            self.search.corpus.phrases_of(self.pick.row),
            self.block.encoded.phrases[ours],
        )


#: Makes of an offer in a list what its reader wants.
Tell = Callable[[Listed], _Told]


class ListMaker:
    """Makes the lists of blocks of people; safe across threads.

    Parameters
    ----------
    book
        Where offers are read.
    retrieve
        How many candidates each search returns for re-ranking.
    """

    def __init__(self, book: OfferBook, retrieve: int) -> None:
        self._book = book
        self._retrieve = retrieve
        self._known: dict[OfferKind, KnownGates] = {}
        self._shelves: dict[OfferKind, Shelf] = {}
        self._same_job = SameJob()

    def lists(self, block: Block, search: Search, tell: Tell[_Told]) -> list[list[_Told]]:
        """Return the list of each person: the best k offers that can be explained.

        Blocked ones stay only if they are to be shown.

        Parameters
        ----------
        block
            The people.
        search
            What is searched for them.
        tell
            Makes what stands in the lists, such as `as_match`.
        """
        lists, short = self._lists(block, search, self._retrieve, tell)
        if short:
            deeper, _ = self._lists(block.some(short), search, WIDEN * self._retrieve, tell)
            for place, found in zip(short, deeper, strict=True):
                lists[place] = found
        return lists

    def _lists(
        self, block: Block, search: Search, depth: int, tell: Tell[_Told]
    ) -> tuple[list[list[_Told]], list[int]]:
        """Return lists, and which of them a deeper search could make longer."""
        known = self._known_of(search)
        near = self._near(block, search, known, depth)
        rows = np.concatenate([np.zeros(0, np.int64), *near])
        openings = Openings.of(self._book, known, (search.corpus, search.on), rows)
        open_rows = _open_to(known, block.crowd, openings, near, search.blocked)
        explainer = search.explainer
        ranked = rank_rows(
            block.encoded, search.corpus, explainer.likeness, explainer.ranker, open_rows
        )
        walks = [
            Walk(place, _worth_listing(found, search.kind)) for place, found in enumerate(ranked)
        ]
        shelf = self._shelf_of(search)
        # What most of them begin with is read for all in one go.
        shelf.entries(
            list({row for walk in walks for row in walk.ranked.rows[: search.k].tolist()})
        )
        lists = _explained(
            block,
            [picks(self._same_job, block, walk, shelf, search) for walk in walks],
            search,
            tell,
        )
        short = [
            walk.place
            for walk, found, first in zip(walks, ranked, near, strict=True)
            if len(lists[walk.place]) < search.k
            and depth <= len(first) < search.corpus.size
            and 2 * len(walk.ranked.rows) >= len(found.rows)
        ]
        return lists, short

    def _near(self, block: Block, search: Search, known: KnownGates, depth: int) -> list[Rows]:
        """Return candidates of each person; where offers are hidden, only those within reach."""
        people, corpus = block.encoded, search.corpus
        hides = search.blocked is Blocked.HIDE
        among = known.within_reach(block.crowd, search.on) if hides else None
        if self._retrieve <= FEW:
            return nearest(people, corpus, depth, among)
        if among is None:
            return candidates(people, corpus, depth)
        ones = (people.take(np.array([place])) for place in range(len(people)))
        open_to = among.open[among.whose]
        return [
            found
            for one, open_ in zip(ones, open_to, strict=True)
            for found in candidates(one, corpus.among(open_), depth)
        ]

    def _shelf_of(self, search: Search) -> Shelf:
        shelf = self._shelves.get(search.kind)
        if shelf is None or not shelf.serves(search.corpus, search.on):
            shelf = self._shelves[search.kind] = Shelf(self._book, search.corpus, search.on)
        return shelf

    def _known_of(self, search: Search) -> KnownGates:
        known = self._known.get(search.kind)
        if known is None or not known.serves(search.corpus):
            known = self._known[search.kind] = KnownGates(search.corpus)
        return known


def _open_to(
    known: KnownGates, crowd: Crowd, openings: Openings, near: Sequence[Rows], blocked: Blocked
) -> list[Rows]:
    """Return the candidates of each person that a list may hold."""
    people = np.repeat(np.arange(len(near)), [len(rows) for rows in near])
    rows = np.concatenate([np.zeros(0, np.int64), *near])
    gates = openings.gates_of(rows)
    kept = gates >= 0
    if blocked is Blocked.HIDE:
        kept[kept] = ~known.offers.blocked(crowd, people[kept], gates[kept])
    bounds = np.searchsorted(people[kept], np.arange(len(near) + 1))
    return np.split(rows[kept], bounds)[1:-1]


def _explained(
    block: Block, walks: Sequence[Iterator[Pick]], search: Search, tell: Tell[_Told]
) -> list[list[_Told]]:
    """Follow each walk until k offers were found of which something can be named."""
    lists: list[list[_Told]] = [[] for _ in walks]
    while True:
        places: list[int] = []
        found: list[Pick] = []
        for place, walk in enumerate(walks):
            some = list(islice(walk, search.k - len(lists[place])))
            places += [place] * len(some)
            found += some
        if not found:
            return lists
        carried = _carried(block, places, found, search)
        for place, pick, grounds in zip(places, found, carried.grounds(), strict=True):
            if grounds:
                told = lists[place]
                told.append(tell(Listed(block, place, search, pick, grounds, len(told) + 1)))


def as_match(listed: Listed) -> Match:
    """Return an offer in a list as a match with its reasons."""
    person, pick, search = listed.person, listed.pick, listed.search
    reasons, missing = in_words(listed.grounds, listed.texts(), search.explainer.clauses)
    match = Match(
        profile_id=person.profile.id,
        offer_id=pick.entry.offer.id,
        kind=search.kind,
        rank=listed.rank,
        score=pick.score,
        band=band_of(pick.score, known=person.known),
        reasons=reasons,
        missing=missing,
        gates=pick.results,
        distance_km=road_km(person.profile, pick.entry.offer),
        replies=search.heard.of(pick.entry.offer),
        lift=search.heard.lift(pick.entry.offer),
    )
    if listed.wishes is NO_WISHES:
        return match
    return listed.wishes.added_to(match, person.profile, offered(pick, search.corpus))


def _carried(block: Block, places: Sequence[int], found: Sequence[Pick], search: Search) -> Carried:
    pairs = np.array(places, np.int64), np.array([pick.row for pick in found], np.int64)
    spellings = Spellings(block.spelled, [pick.entry.spelled for pick in found])
    scale = search.explainer.likeness, search.explainer.ranker
    return carry(block.encoded, search.corpus, pairs, spellings, scale)


def _worth_listing(ranked: Ranked, kind: OfferKind) -> Ranked:
    worth = ranked.scores >= LISTED_FROM[kind]
    return Ranked(ranked.rows[worth], ranked.scores[worth])
