"""From a block of people to their lists: candidates, gates, scores, the same job once, reasons.

Whatever is asked of every candidate is asked of whole arrays; single offers are looked at
only where they stand in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from heapq import heappop, heappush
from itertools import islice
from typing import Final, TypeVar

import numpy as np

from matcher.domain.match import GateResult, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch, Rows
from matcher.index.corpus import Corpus
from matcher.match.bands import LISTED_FROM, band_of
from matcher.match.book import Entry, OfferBook
from matcher.match.duplicates import SameJob, Seen
from matcher.match.gates.journeys import road_km
from matcher.match.gates.remembered import Judged, Remembered, spelled_out
from matcher.match.gates.sides import Facts
from matcher.match.openings import KnownGates, Openings, is_open
from matcher.match.reasons.carried import Carried, Grounds, Spellings, Texts, carry, in_words
from matcher.match.reasons.spelling import Spelled, spell
from matcher.match.replies.heard import Heard
from matcher.match.rerank import Ranked, rank_rows
from matcher.match.retrieve import FEW, candidates, nearest
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.weights import Weights, wantedness
from matcher.match.wishes.limits import NO_WISHES, Wishes

#: When gates leave fewer than asked for, one looks this many times deeper, once.
WIDEN: Final = 4
#: So many offers more than a list is long are read at once: some are copies of others.
_SPARE: Final = 8
#: A row of the corpus with the fingerprint of its words, how well the offer fits, and the offer.
_Listed = tuple[int, str, float, Entry]
_Told = TypeVar("_Told")
#: The order of a list that nobody has tilted.
COMPETENCE_ALONE: Final = Weights()


class Blocked(StrEnum):
    """What becomes of offers with an unmet gate."""

    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Search:
    """One search: which offers, how many, what becomes of blocked ones, and what scores.

    How gates came out is remembered for as long as whoever searches says; what is heard of
    employers moves the order.
    """

    kind: OfferKind
    corpus: Corpus
    k: int
    blocked: Blocked
    on: date
    weights: Weights
    explainer: Explainer
    remembered: Remembered
    heard: Heard


@dataclass(frozen=True, slots=True)
class Block:
    """People whose lists are made together; all by their place in the block.

    Parameters
    ----------
    people, encoded
        Who they are, and the batch of them all.
    wishes
        What some of them do not want, by profile id.
    facts, told
        What gates read of each, and the same spelled out.
    spelled
        How the phrases of all are spelled, one person after the other.
    """

    people: Sequence[Person]
    encoded: EncodedBatch
    wishes: Mapping[str, Wishes]
    facts: Sequence[Facts]
    told: Sequence[tuple[str, ...]]
    spelled: Spelled

    @classmethod
    def of(
        cls,
        people: Sequence[Person],
        encoded: EncodedBatch,
        wishes: Mapping[str, Wishes],
        on: date,
    ) -> Block:
        """Read what gates and reasons need of people on a day."""
        facts = [Facts.of(person.profile, on) for person in people]
        return cls(
            people,
            encoded,
            wishes,
            facts,
            [spelled_out(one) for one in facts],
            _spelled(people),
        )

    def some(self, places: Sequence[int]) -> Block:
        """Return some of the people as a block of their own."""
        people = [self.people[place] for place in places]
        return Block(
            people,
            self.encoded.take(np.array(places, np.int64)),
            self.wishes,
            [self.facts[place] for place in places],
            [self.told[place] for place in places],
            _spelled(people),
        )


def _spelled(people: Sequence[Person]) -> Spelled:
    return spell([phrase.text for person in people for phrase in person.words.phrases])


@dataclass(frozen=True, slots=True)
class Pick:
    """An offer that comes next in a list, if it can be explained.

    Parameters
    ----------
    row, score
        Its row of the corpus, and how well it fits.
    entry
        The offer.
    judged
        Its gates, for the person, rule after rule.
    """

    row: int
    score: float
    entry: Entry
    judged: tuple[Judged, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a gate is unmet."""
        return any(one.is_unmet for one in self.judged)

    @property
    def results(self) -> tuple[GateResult, ...]:
        """How its gates come out."""
        return tuple(result for one in self.judged for result in one.results)


@dataclass(frozen=True, slots=True)
class Listed:
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


@dataclass(frozen=True, slots=True)
class _Walk:
    """What one person's list is made from.

    Parameters
    ----------
    place
        The person's, in the block.
    ranked
        What is worth listing, best first.
    """

    place: int
    ranked: Ranked


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
        open_rows = [
            _open_to(known, facts, openings.with_gates(rows), search.blocked)
            for facts, rows in zip(block.facts, near, strict=True)
        ]
        explainer = search.explainer
        ranked = rank_rows(
            block.encoded, search.corpus, explainer.likeness, explainer.ranker, open_rows
        )
        walks = [
            _Walk(place, _worth_listing(found, search.kind)) for place, found in enumerate(ranked)
        ]
        picks = [_picks(self._same_job, block, walk, self._book, search) for walk in walks]
        lists = _explained(block, picks, search, tell)
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
        among = known.within_reach(block.facts, search.on) if hides else None
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

    def _known_of(self, search: Search) -> KnownGates:
        known = self._known.get(search.kind)
        if known is None or not known.serves(search.corpus):
            known = self._known[search.kind] = KnownGates(search.corpus)
        return known


def _open_to(known: KnownGates, facts: Facts, found: tuple[Rows, Rows], blocked: Blocked) -> Rows:
    """Return the candidates that a list may hold."""
    rows, gates = found
    return rows if blocked is Blocked.SHOW else rows[~known.offers.blocked(facts, gates)]


def _picks(
    same_job: SameJob, block: Block, walk: _Walk, book: OfferBook, search: Search
) -> Iterator[Pick]:
    """Yield what may stand in one person's list, best first and each job once."""
    person = block.people[walk.place]
    wishes = block.wishes.get(person.profile.id, NO_WISHES)
    # Copies may differ in place: a blocked one does not stand in for one within reach.
    reachable, shut = Seen(same_job), Seen(same_job)
    facts, spelled = block.facts[walk.place], block.told[walk.place]
    for row, digest, score, entry in _in_order(person, walk.ranked, book, search):
        # A record that changed after the last refresh is shown from the next one on.
        if entry.digest != digest:
            continue
        pick = Pick(row, score, entry, search.remembered.judged(facts, spelled, entry))
        unmet = pick.is_blocked
        if wishes is not NO_WISHES and not unmet:
            unmet = wishes.refuse(person.profile, _offered(pick, search.corpus))
        # Gates were looked up as the snapshot knows them; the offer itself has the last word.
        if unmet and search.blocked is Blocked.HIDE:
            continue
        if not (shut if unmet else reachable).met(entry.advertisement(search.corpus, row)):
            yield pick


def _explained(
    block: Block, walks: Sequence[Iterator[Pick]], search: Search, tell: Tell[_Told]
) -> list[list[_Told]]:
    """Follow each walk until k offers were found of which something can be named."""
    lists: list[list[_Told]] = [[] for _ in walks]
    while True:
        picks = [
            (place, pick)
            for place, walk in enumerate(walks)
            for pick in islice(walk, search.k - len(lists[place]))
        ]
        if not picks:
            return lists
        carried = _carried(block, picks, search)
        for (place, pick), grounds in zip(picks, carried.grounds(), strict=True):
            if grounds:
                rank = len(lists[place]) + 1
                lists[place].append(tell(Listed(block, place, search, pick, grounds, rank)))


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
    return listed.wishes.added_to(match, person.profile, _offered(pick, search.corpus))


def _in_order(person: Person, ranked: Ranked, book: OfferBook, search: Search) -> Iterator[_Listed]:
    """Yield what is worth listing in the order of the list, as tilted."""
    if search.weights == COMPETENCE_ALONE:
        # Most lists end long before what is worth listing does.
        step = search.k + _SPARE
        slices = (slice(start, start + step) for start in range(0, len(ranked.rows), step))
        by_fit = (
            one
            for some in slices
            for one in _listed(Ranked(ranked.rows[some], ranked.scores[some]), book, search)
        )
        # Of advertisements, trainings and services none can rise: none has to be waited for.
        is_moved = search.kind is OfferKind.NEED and bool(search.heard)
        yield from _lifted(by_fit, search.heard) if is_moved else by_fit
        return
    listed = _listed(ranked, book, search)
    rows = np.array([row for row, _, _, _ in listed], np.int64)
    order = search.weights.order(
        np.array([_standing(one, search.heard) for one in listed], np.float32),
        wantedness(person.encoded, search.corpus.take(rows), search.explainer.likeness),
        [_kilometres(person.profile, entry.offer) for _, _, _, entry in listed],
    )
    yield from (listed[place] for place in order)


def _lifted(by_fit: Iterable[_Listed], heard: Heard) -> Iterator[_Listed]:
    """Yield offers in the order of fit and employers' replies, reading no further than needed.

    Parameters
    ----------
    by_fit
        Offers, best first; equal ones stay in their order.
    heard
        What replies add.
    """
    waiting: list[tuple[float, int, _Listed]] = []
    for number, one in enumerate(by_fit):
        # What comes from here on cannot rise above this.
        while waiting and -waiting[0][0] >= one[2] + heard.most:
            yield heappop(waiting)[2]
        heappush(waiting, (-_standing(one, heard), number, one))
    while waiting:
        yield heappop(waiting)[2]


def _standing(listed: _Listed, heard: Heard) -> float:
    _, _, score, entry = listed
    return score + heard.lift(entry.offer)


def _listed(ranked: Ranked, book: OfferBook, search: Search) -> list[_Listed]:
    """Read offers; those that have gone meanwhile, or are over, are left out."""
    ids, digests = search.corpus.ids_of(ranked.rows), search.corpus.digests_of(ranked.rows)
    entries = book.get(search.kind, ids)
    found = zip(ranked.rows.tolist(), digests, ranked.scores.tolist(), ids, strict=True)
    return [
        (row, digest, score, entry)
        for row, digest, score, id in found
        if (entry := entries.get(id)) and is_open(entry.offer, search.on)
    ]


def _carried(block: Block, picks: Sequence[tuple[int, Pick]], search: Search) -> Carried:
    pairs = (
        np.array([place for place, _ in picks], np.int64),
        np.array([pick.row for _, pick in picks], np.int64),
    )
    spellings = Spellings(block.spelled, [pick.entry.spelled for _, pick in picks])
    scale = search.explainer.likeness, search.explainer.ranker
    return carry(block.encoded, search.corpus, pairs, spellings, scale)


def _offered(pick: Pick, corpus: Corpus) -> Offered:
    encoded = corpus.take_whole(np.array([pick.row]))
    return Offered(pick.entry.offer, pick.entry.words, encoded)


def _kilometres(profile: Profile, offer: Offer) -> float | None:
    return 0.0 if offer.place.remote else road_km(profile, offer)


def _worth_listing(ranked: Ranked, kind: OfferKind) -> Ranked:
    worth = ranked.scores >= LISTED_FROM[kind]
    return Ranked(ranked.rows[worth], ranked.scores[worth])
