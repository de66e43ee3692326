"""From a block of people to their lists: candidates, gates, scores, the same job once, reasons.

Whatever is asked of every candidate is asked of whole arrays; single offers are looked at
only where they stand in a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

import numpy as np

from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch, Rows
from matcher.index.corpus import Corpus
from matcher.match.bands import LISTED_FROM, band_of
from matcher.match.book import ROOM, Entry, OfferBook
from matcher.match.duplicates import Advertisement, Seen, advertisement
from matcher.match.gates.columns import OfferGates
from matcher.match.gates.journeys import road_km
from matcher.match.gates.sides import Facts
from matcher.match.openings import Openings
from matcher.match.reasons.carried import Carried, Spellings, Texts, carry, told
from matcher.match.reasons.spelling import Spelled, spell
from matcher.match.rerank import Ranked, rank_rows
from matcher.match.retrieve import retrieving
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.weights import Weights, wantedness
from matcher.match.wishes.limits import NO_WISHES, Wishes

#: When gates leave fewer than asked for, one looks this many times deeper, once.
WIDEN: Final = 4
#: The order of a list that nobody has tilted.
COMPETENCE_ALONE: Final = Weights()


class Blocked(StrEnum):
    """What becomes of offers with an unmet gate."""

    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Search:
    """One search: which offers, how many, what becomes of blocked ones, and what scores."""

    kind: OfferKind
    corpus: Corpus
    k: int
    blocked: Blocked
    on: date
    weights: Weights
    explainer: Explainer


@dataclass(frozen=True, slots=True)
class Block:
    """People whose lists are made together; all by their place in the block.

    Parameters
    ----------
    people, encoded
        Who they are, and the batch of them all.
    wishes
        What some of them do not want, by profile id.
    facts
        What gates read of each.
    spelled
        How the phrases of each are spelled.
    """

    people: Sequence[Person]
    encoded: EncodedBatch
    wishes: Mapping[str, Wishes]
    facts: Sequence[Facts]
    spelled: Sequence[Spelled]

    @classmethod
    def of(
        cls,
        people: Sequence[Person],
        encoded: EncodedBatch,
        wishes: Mapping[str, Wishes],
        on: date,
    ) -> Block:
        """Read what gates and reasons need of people on a day."""
        return cls(
            people,
            encoded,
            wishes,
            [Facts.of(person.profile, on) for person in people],
            [spell([phrase.text for phrase in person.words.phrases]) for person in people],
        )

    def some(self, places: Sequence[int]) -> Block:
        """Return some of the people as a block of their own."""
        return Block(
            [self.people[place] for place in places],
            self.encoded.take(np.array(places, np.int64)),
            self.wishes,
            [self.facts[place] for place in places],
            [self.spelled[place] for place in places],
        )


@dataclass(frozen=True, slots=True)
class _Pick:
    """An offer that comes next in a list, if it can be explained; rows of corpus and gates."""

    row: int
    score: float
    entry: Entry
    gates: int


class _Known:
    """What was read of offers for lists, and is kept for the next ones.

    Gates know offers by their identity: those that nobody has any more go with all the others,
    when there are too many.
    """

    def __init__(self) -> None:
        self.gates = OfferGates()
        self.advertisements: dict[int, Advertisement] = {}


@dataclass(frozen=True, slots=True)
class _Walk:
    """What one person's list is made from.

    Parameters
    ----------
    place
        The person's, in the block.
    ranked
        What is worth listing, best first.
    blocked
        Rows of the offers among it that a gate blocks.
    """

    place: int
    ranked: Ranked
    blocked: frozenset[int]


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
        self._near = retrieving(retrieve)
        self._known = _Known()

    def lists(self, block: Block, search: Search) -> list[list[Match]]:
        """Return the list of each person: the best k offers that can be explained.

        Blocked ones stay only if they are to be shown.
        """
        if len(self._known.gates) > ROOM + 4 * search.corpus.size:
            self._known = _Known()
        lists, short = self._lists(block, search, self._retrieve)
        if short:
            deeper, _ = self._lists(block.some(short), search, WIDEN * self._retrieve)
            for place, found in zip(short, deeper, strict=True):
                lists[place] = found
        return lists

    def _lists(
        self, block: Block, search: Search, depth: int
    ) -> tuple[list[list[Match]], list[int]]:
        """Return lists, and which of them a deeper search could make longer."""
        near = self._near(block.encoded, search.corpus, depth)
        rows = np.concatenate([np.zeros(0, np.int64), *near])
        known, wanted = self._known, (search.kind, search.corpus, search.on)
        openings = Openings.of(self._book, known.gates, wanted, rows)
        gated = [
            _gated(known, facts, openings.with_gates(rows), search.blocked)
            for facts, rows in zip(block.facts, near, strict=True)
        ]
        explainer = search.explainer
        open_rows = [rows for rows, _ in gated]
        ranked = rank_rows(
            block.encoded, search.corpus, explainer.likeness, explainer.ranker, open_rows
        )
        walks = [
            _Walk(place, _worth_listing(found, search.kind), blocked)
            for place, (found, (_, blocked)) in enumerate(zip(ranked, gated, strict=True))
        ]
        picks = [_picks(known, block, walk, openings, search) for walk in walks]
        lists = _explained(known, block, picks, search)
        short = [
            walk.place
            for walk, found, first in zip(walks, ranked, near, strict=True)
            if len(lists[walk.place]) < search.k
            and len(first) < search.corpus.size
            and 2 * len(walk.ranked.rows) >= len(found.rows)
        ]
        return lists, short


def _gated(
    known: _Known, facts: Facts, found: tuple[Rows, Rows], blocked: Blocked
) -> tuple[Rows, frozenset[int]]:
    """Return the candidates that a list may hold, and which of these a gate blocks."""
    rows, gates = found
    unmet = known.gates.blocked(facts, gates)
    if blocked is Blocked.HIDE:
        return rows[~unmet], frozenset()
    return rows, frozenset(rows[unmet].tolist())


def _picks(
    known: _Known, block: Block, walk: _Walk, openings: Openings, search: Search
) -> Iterator[_Pick]:
    """Yield what may stand in one person's list, best first and each job once."""
    person = block.people[walk.place]
    wishes = block.wishes.get(person.profile.id, NO_WISHES)
    # Copies may differ in place: a blocked one does not stand in for one within reach.
    reachable, shut = Seen(), Seen()
    for pick in _in_order(person, walk.ranked, openings, search):
        # A record that changed after the last refresh is shown from the next one on.
        if [pick.entry.digest] != search.corpus.digests_of(np.array([pick.row])):
            continue
        unmet = pick.row in walk.blocked
        if wishes is not NO_WISHES and not unmet:
            unmet = wishes.refuse(person.profile, _offered(pick, search.corpus))
            if unmet and search.blocked is Blocked.HIDE:
                continue
        if not (shut if unmet else reachable).met(_advertisement(known, pick, search.corpus)):
            yield pick


def _advertisement(known: _Known, pick: _Pick, corpus: Corpus) -> Advertisement:
    found = known.advertisements.get(pick.gates)
    if found is None:
        grams = corpus.grams_of(pick.row)
        found = advertisement(pick.entry.offer, pick.entry.digest, grams)
        known.advertisements[pick.gates] = found
    return found


def _explained(
    known: _Known, block: Block, walks: Sequence[Iterator[_Pick]], search: Search
) -> list[list[Match]]:
    """Follow each walk until k offers were found of which something can be named."""
    lists: list[list[Match]] = [[] for _ in walks]
    while True:
        picks = [
            (place, pick)
            for place, walk in enumerate(walks)
            for pick in islice(walk, search.k - len(lists[place]))
        ]
        if not picks:
            return lists
        carried = _carried(block, picks, search)
        for pair in np.flatnonzero(carried.explains()).tolist():
            place, pick = picks[pair]
            match = _match(known, block, place, pick, search)
            reasons, missing = told(
                carried, pair, _texts(block, place, pick, search), search.explainer.clauses
            )
            rank = len(lists[place]) + 1
            lists[place].append(replace(match, rank=rank, reasons=reasons, missing=missing))


def _match(known: _Known, block: Block, place: int, pick: _Pick, search: Search) -> Match:
    """Return a match with its gates, not explained yet."""
    person, offer = block.people[place], pick.entry.offer
    match = Match(
        profile_id=person.profile.id,
        offer_id=offer.id,
        kind=search.kind,
        rank=0,
        score=pick.score,
        band=band_of(pick.score, known=person.known),
        reasons=(),
        missing=(),
        gates=known.gates.results(block.facts[place], pick.gates),
        distance_km=road_km(person.profile, offer),
    )
    wishes = block.wishes.get(person.profile.id, NO_WISHES)
    if wishes is NO_WISHES:
        return match
    return wishes.added_to(match, person.profile, _offered(pick, search.corpus))


def _in_order(
    person: Person, ranked: Ranked, openings: Openings, search: Search
) -> Iterator[_Pick]:
    """Yield what is worth listing in the order of the list, as tilted."""
    rows, scores = ranked.rows.tolist(), ranked.scores.tolist()
    entries, gates = openings.entries_of(ranked.rows), openings.gates_of(ranked.rows).tolist()
    picks = [
        _Pick(row, score, entry, gate)
        for row, score, entry, gate in zip(rows, scores, entries, gates, strict=True)
        if entry is not None
    ]
    if search.weights == COMPETENCE_ALONE or not picks:
        yield from picks
        return
    order = search.weights.order(
        ranked.scores,
        wantedness(person.encoded, search.corpus.take(ranked.rows), search.explainer.likeness),
        [_kilometres(person.profile, pick.entry.offer) for pick in picks],
    )
    yield from (picks[place] for place in order)


def _carried(block: Block, picks: Sequence[tuple[int, _Pick]], search: Search) -> Carried:
    pairs = (
        np.array([place for place, _ in picks], np.int64),
        np.array([pick.row for _, pick in picks], np.int64),
    )
    spellings = Spellings(block.spelled, [pick.entry.spelled for _, pick in picks])
    scale = search.explainer.likeness, search.explainer.ranker
    return carry(block.encoded, search.corpus, pairs, spellings, scale)


def _texts(block: Block, place: int, pick: _Pick, search: Search) -> Texts:
    ours = slice(*block.encoded.offsets[place : place + 2])
    return Texts(
        pick.entry.words.phrases,
        block.people[place].words.phrases,
        search.corpus.phrases_of(pick.row),
        block.encoded.phrases[ours],
    )


def _offered(pick: _Pick, corpus: Corpus) -> Offered:
    encoded = corpus.take_whole(np.array([pick.row]))
    return Offered(pick.entry.offer, pick.entry.words, encoded)


def _kilometres(profile: Profile, offer: Offer) -> float | None:
    return 0.0 if offer.place.remote else road_km(profile, offer)


def _worth_listing(ranked: Ranked, kind: OfferKind) -> Ranked:
    worth = ranked.scores >= LISTED_FROM[kind]
    return Ranked(ranked.rows[worth], ranked.scores[worth])
