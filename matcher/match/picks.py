"""What may stand in a person's list: offers in their order, each job once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from matcher.domain.match import GateResult
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.index.corpus import Corpus
from matcher.match.book import Entry
from matcher.match.duplicates import SameJob, Seen
from matcher.match.gates.journeys import road_km
from matcher.match.gates.remembered import Judged
from matcher.match.replies.heard import Heard
from matcher.match.rerank import Ranked
from matcher.match.search import COMPETENCE_ALONE, Block, Blocked, Search
from matcher.match.shelf import Shelf
from matcher.match.sides import Offered, Person
from matcher.match.weights import wantedness
from matcher.match.wishes.limits import NO_WISHES

#: So many offers more are looked up at once where some of the first are copies of others.
_SPARE: Final = 8
#: A row of the corpus, how well the offer fits, and the offer.
_Shown = tuple[int, float, Entry]


class Pick(NamedTuple):
    """An offer that comes next in a list, if it can be explained.

    A tuple: a night makes millions of them, and makes one in a fifth of the time.

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
        return True in [one.is_unmet for one in self.judged]

    @property
    def results(self) -> tuple[GateResult, ...]:
        """How its gates come out."""
        return tuple(result for one in self.judged for result in one.results)


class Walk(NamedTuple):
    """What one person's list is made from.

    Parameters
    ----------
    place
        The person's, in a block.
    ranked
        What is worth listing, best first.
    """

    place: int
    ranked: Ranked


def picks(
    same_job: SameJob, block: Block, walk: Walk, shelf: Shelf, search: Search
) -> Iterator[Pick]:
    """Yield what may stand in one person's list, best first and each job once.

    Parameters
    ----------
    same_job
        Compares offers.
    block, walk
        The person, and what is worth listing.
    shelf
        Where offers are found by row.
    search
        What is searched.
    """
    place, ranked = walk
    person = block.people[place]
    wishes = block.wishes.get(person.profile.id, NO_WISHES)
    # Copies may differ in place: a blocked one does not stand in for one within reach.
    reachable, shut = Seen(same_job), Seen(same_job)
    judge = search.remembered.judge(block.facts[place], block.told[place])
    for row, score, entry in _in_order(person, ranked, shelf, search):
        pick = Pick(row, score, entry, judge.judged(entry))
        unmet = pick.is_blocked
        if wishes is not NO_WISHES and not unmet:
            unmet = wishes.refuse(person.profile, offered(pick, search.corpus))
        # Gates were looked up as the snapshot knows them; the offer itself has the last word.
        if unmet and search.blocked is Blocked.HIDE:
            continue
        if not (shut if unmet else reachable).met(entry.advertisement(search.corpus, row)):
            yield pick


def offered(pick: Pick, corpus: Corpus) -> Offered:
    """Return an offer with its words and vectors."""
    encoded = corpus.take_whole(np.array([pick.row]))
    return Offered(pick.entry.offer, pick.entry.words, encoded)


def _in_order(person: Person, ranked: Ranked, shelf: Shelf, search: Search) -> Iterator[_Shown]:
    """Yield what is worth listing in the order of the list, as tilted."""
    if search.weights == COMPETENCE_ALONE:
        # Most lists end long before what is worth listing does.
        by_fit = _by_fit(ranked, shelf, search.k)
        # Of advertisements, trainings and services none can rise: none has to be waited for.
        is_moved = search.kind is OfferKind.NEED and bool(search.heard)
        yield from _lifted(by_fit, search.heard) if is_moved else by_fit
        return
    shown = list(_by_fit(ranked, shelf, len(ranked.rows)))
    order = search.weights.order(
        np.array([_standing(one, search.heard) for one in shown], np.float32),
        wantedness(
            person.encoded,
            search.corpus.take(np.array([row for row, _, _ in shown], np.int64)),
            search.explainer.likeness,
        ),
        [_kilometres(person.profile, entry.offer) for _, _, entry in shown],
    )
    yield from (shown[place] for place in order)


def _by_fit(ranked: Ranked, shelf: Shelf, first: int) -> Iterator[_Shown]:
    """Yield offers, best first; so many are looked up at first, then a few more at a time."""
    bounds = [0, *range(first, len(ranked.rows), _SPARE), len(ranked.rows)]
    for start, end in pairwise(bounds):
        rows = ranked.rows[start:end].tolist()
        scores = ranked.scores[start:end].tolist()
        for row, score, entry in zip(rows, scores, shelf.entries(rows), strict=True):
            if entry is not None:
                yield row, score, entry


def _lifted(by_fit: Iterable[_Shown], heard: Heard) -> Iterator[_Shown]:
    """Yield offers in the order of fit and employers' replies, reading no further than needed.

    Parameters
    ----------
    by_fit
        Offers, best first; equal ones stay in their order.
    heard
        What replies add.
    """
    waiting: list[tuple[float, int, _Shown]] = []
    for number, one in enumerate(by_fit):
        # What comes from here on cannot rise above this.
        while waiting and -waiting[0][0] >= one[1] + heard.most:
            yield heappop(waiting)[2]
        heappush(waiting, (-_standing(one, heard), number, one))
    while waiting:
        yield heappop(waiting)[2]


def _standing(shown: _Shown, heard: Heard) -> float:
    _, score, entry = shown
    return score + heard.lift(entry.offer)


def _kilometres(profile: Profile, offer: Offer) -> float | None:
    return 0.0 if offer.place.remote else road_km(profile, offer)
