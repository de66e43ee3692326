"""The way of a match: retrieve, re-rank, gate, explain. Read this first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import numpy as np
from threadpoolctl import ThreadpoolController

from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.parts import Competence, Occupation
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch, Rows
from matcher.encode.protocol import TextRole, Vectors
from matcher.encode.records import RecordEncoder
from matcher.encode.text import RecordText
from matcher.encode.words import text_digest
from matcher.index.corpus import Corpus
from matcher.index.live import Live
from matcher.match.bands import LISTED_FROM, all_known
from matcher.match.book import OfferBook
from matcher.match.employer.cards import Cards
from matcher.match.employer.insight import NeedInsight
from matcher.match.employer.people import PeopleBook
from matcher.match.gates.remembered import Remembered
from matcher.match.learning.in_use import RankerInUse
from matcher.match.listing import WIDEN, ListMaker, Tell, as_match
from matcher.match.ranker import Ranker
from matcher.match.replies.heard import Heard, HeardNow
from matcher.match.rerank import Ranked, rank_profiles
from matcher.match.search import COMPETENCE_ALONE, Block, Blocked, Search
from matcher.match.sides import Explainer, Offered, Person, gated
from matcher.match.weights import Weights
from matcher.match.wishes.book import WishBook
from matcher.match.wishes.limits import NO_WISHES, Wishes
from matcher.match.written import Writer, Written
from matcher.store.store import Store

_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: which kinds of offer, how many, blocked or not, for which day, and how."""

    kinds: Sequence[OfferKind]
    k: int
    blocked: Blocked
    on: date
    weights: Weights
    ranker: Ranker | None
    heard: Heard


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people are wanted for an offer: how many, blocked or not, living where, when, and how.

    What scores them stands with the wish, so that one list is made by one ranker.
    """

    k: int
    blocked: Blocked
    homes: frozenset[str] | None
    seen: Callable[[Sequence[str]], Collection[str]] | None
    on: date
    explainer: Explainer

    def among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return those of some people whom the reader may come across."""
        return frozenset(ids if self.seen is None else self.seen(ids))

    def lives_right(self, profile: Profile) -> bool:
        """Tell whether a person lives where people are looked for."""
        return self.homes is None or profile.municipality in self.homes


#: Says enough to be held against something.
_NOBODY: Final = Profile(
    id="",
    competences=(Competence("asiakaspalvelu"), Competence("siivous"), Competence("ruoanlaitto")),
    occupations_wanted=(Occupation("myyjä"),),
)


class Matcher:
    """Makes explained match lists from what is indexed now.

    Parameters
    ----------
    live
        The published snapshot and what has changed since.
    store
        Where offers and profiles are read from.
    records
        The same encoding that built the snapshot.
    retrieve
        How many candidates each search returns for re-ranking.

    Attributes
    ----------
    book
        The offers that lists are made of.
    wishes
        What clients do not want, which every list heeds.
    heard
        How employers have replied, which moves the order of needs.
    insight
        How many people fit a need, and what stands in the way.
    cards
        The people whom an employer may see for a need.
    """

    def __init__(self, live: Live, store: Store, records: RecordEncoder, retrieve: int) -> None:
        self._live = live
        self._store = store
        self._records = records
        self._retrieve = retrieve
        self._explainer = Explainer.of(records.encoder)
        self._likeness = self._explainer.likeness
        self._in_use = RankerInUse(store, records.encoder.revision)
        self.book = OfferBook(store, records)
        self._maker = ListMaker(self.book, retrieve)
        self.wishes = WishBook(store, live, self.book, records)
        self.heard = HeardNow(store)
        self._blas = ThreadpoolController()
        people = PeopleBook(store)
        self.cards = Cards(store, live, records, self._explainer)
        self.insight = NeedInsight(
            live, records, self._likeness, people, self.wishes, in_use=self._in_use
        )

    def match(
        self,
        profiles: Sequence[Profile],
        *,
        kinds: Sequence[OfferKind] = tuple(OfferKind),
        k: int = 10,
        blocked: Blocked = Blocked.HIDE,
        on: date,
        weights: Weights = COMPETENCE_ALONE,
        ranker: Ranker | None = None,
    ) -> list[dict[OfferKind, list[Match]]]:
        """Make one list a profile and kind of offer.

        Parameters
        ----------
        profiles
            Any number; they need not be stored.
        kinds
            Which offers to match with.
        k
            Longest list wanted.
        blocked
            Whether offers with an unmet gate are left out or shown with it.
        on
            The day for which the lists are made: offers that expired before are left out.
        weights
            How wishes and distance tilt the order; scores and bands stay as they are.
        ranker
            What scores; None means what is in use now.

        Returns
        -------
        list of dict
            For each profile its lists by kind, best match first, at most k long; offers
            that hardly fit are left out, so a list may be shorter or empty.
        """
        wishes = self.wishes.of([profile.id for profile in profiles])
        asked = Asked(kinds, k, blocked, on, weights, ranker, self.heard.now())
        return self._lists(profiles, wishes, asked, as_match, Remembered())

    def written(
        self,
        profiles: Sequence[Profile],
        writer: Writer,
        *,
        k: int,
        on: date,
        ranker: Ranker,
        heard: int,
    ) -> list[dict[OfferKind, list[Written]]]:
        """Make the lists of `match`, of all kinds and without blocked offers, to be stored.

        Parameters
        ----------
        profiles, k, on, ranker
            As in `match`.
        writer
            Writes the matches; what it has written is used again in later calls.
        heard
            Number of the count of employers' replies to go by.
        """
        wishes = self.wishes.of([profile.id for profile in profiles])
        replies = self.heard.at(heard)
        asked = Asked(tuple(OfferKind), k, Blocked.HIDE, on, COMPETENCE_ALONE, ranker, replies)
        return self._lists(profiles, wishes, asked, writer, writer.remembered)

    def warm(self, on: date) -> None:
        """Make lists that nobody sees, so that nobody waits for what the first ones take.

        They map files, load the compiled loops (or compile them, on a new machine) and look
        up the gates of the snapshot.
        """
        self.match([_NOBODY], k=1, on=on)

    def kept_out(
        self,
        profile: Profile,
        *,
        kinds: Sequence[OfferKind] = tuple(OfferKind),
        k: int = 10,
        on: date,
    ) -> dict[OfferKind, list[Match]]:
        """Return what only the client's wishes keep out of the first k of each list.

        Parameters
        ----------
        profile, kinds, k, on
            As in `match`.
        """
        if not self.wishes.of([profile.id]):
            return {kind: [] for kind in kinds}
        heard = self.heard.now()
        asked = Asked(kinds, k, Blocked.HIDE, on, COMPETENCE_ALONE, None, heard)
        [lists] = self._lists([profile], {}, asked, as_match, Remembered())
        heeded = self.wishes.heeding(profile, lists)
        return {kind: [one for one in found if one.blocked] for kind, found in heeded.items()}

    def _lists(
        self,
        profiles: Sequence[Profile],
        wishes: Mapping[str, Wishes],
        asked: Asked,
        tell: Tell[_Told],
        remembered: Remembered,
    ) -> list[dict[OfferKind, list[_Told]]]:
        view = self._live.view()
        self.book.refresh(asked.on, view.snapshot)
        texts = self._records.profile_texts(profiles)
        encoded = self._encoded(texts, view.corpus(RecordKind.PROFILE))
        told = all_known(encoded).tolist()
        people = [
            Person(profile, words, encoded.rows(i, i + 1), known)
            for i, (profile, words, known) in enumerate(zip(profiles, texts, told, strict=True))
        ]
        block = Block.of(people, encoded, wishes, asked.on)
        found: list[dict[OfferKind, list[_Told]]] = [{} for _ in people]
        explainer = self._explaining(asked.ranker)
        # A profile's products with its candidates are so small that the threads of a
        # linear algebra library only wait for each other.
        with self._blas.limit(limits=1, user_api="blas"):
            for kind in asked.kinds:
                corpus = view.corpus(RecordKind.of_offer(kind))
                search = Search(
                    kind,
                    corpus,
                    asked.k,
                    asked.blocked,
                    asked.on,
                    asked.weights,
                    explainer,
                    remembered,
                    asked.heard,
                )
                made = self._maker.lists(block, search, tell)
                for lists, one in zip(found, made, strict=True):
                    lists[kind] = one
        return found

    def _encoded(self, texts: Sequence[RecordText], corpus: Corpus) -> EncodedBatch:
        """Return people as they are indexed, and encode those who are not or have changed."""
        rows = [corpus.row_of(text.id) for text in texts]
        indexed = np.array([-1 if row is None else row for row in rows], np.int64)
        digests = iter(corpus.digests_of(indexed[indexed >= 0]))
        for place in np.flatnonzero(indexed >= 0).tolist():
            if next(digests) != text_digest(texts[place]):
                indexed[place] = -1
        there, fresh = np.flatnonzero(indexed >= 0), np.flatnonzero(indexed < 0)
        if not len(there):
            return self._records.encode_texts(texts, TextRole.QUERY)
        taken = corpus.take_whole(indexed[there])
        if not len(fresh):
            return taken
        encoded = self._records.encode_texts(
            [texts[place] for place in fresh.tolist()], TextRole.QUERY
        )
        both = EncodedBatch.concatenate([taken, encoded])
        return both.take(np.argsort(np.concatenate([there, fresh])))

    def candidates(
        self,
        offer: Offer,
        *,
        k: int = 10,
        blocked: Blocked = Blocked.HIDE,
        on: date,
        municipalities: Collection[str] | None = None,
        seen: Callable[[Sequence[str]], Collection[str]] | None = None,
    ) -> list[Match]:
        """Rank active profiles for one offer, by the score that ranks offers for them.

        Parameters
        ----------
        offer
            Of any kind; it need not be stored. An expired one fits nobody.
        k, blocked, on
            As in `match`.
        municipalities
            Home municipalities to look in; None means all.
        seen
            Picks those of several people whom the reader may come across; None means all.
        """
        if offer.expires is not None and offer.expires < on:
            return []
        homes = None if municipalities is None else frozenset(municipalities)
        explainer = self._explaining()
        wanted = Wanted(k, blocked, homes, seen, on, explainer)
        corpus = self._live.corpus(RecordKind.PROFILE)
        offered = Offered(
            offer, self._records.offer_texts([offer])[0], self._records.encode_offers([offer])
        )
        depth = self._retrieve
        while True:
            ranked = rank_profiles(offered.encoded, corpus, self._likeness, explainer.ranker, depth)
            found = self._suitable(offered, corpus, ranked, wanted)
            if len(found) == k or not _may_hold_more(ranked, corpus, kind_of(offer), depth):
                return found
            # The people of one municipality may stand behind all those of another.
            depth *= WIDEN

    def _suitable(
        self, offered: Offered, corpus: Corpus, ranked: Ranked, wanted: Wanted
    ) -> list[Match]:
        """Return the best k people from the right places, explained, none that a gate hides."""
        found: list[Match] = []
        ids = corpus.ids_of(ranked.rows)
        wishes = self.wishes.of(ids)
        seen = wanted.among(ids)
        for person, score in self._people(corpus, ranked, kind_of(offered.offer)):
            if len(found) == wanted.k:
                break
            if person.profile.id not in seen or not wanted.lives_right(person.profile):
                continue
            match = gated(person, offered.offer, score, rank=len(found) + 1, on=wanted.on)
            heeded = wishes.get(person.profile.id, NO_WISHES)
            match = heeded.added_to(match, person.profile, offered)
            if match.blocked and wanted.blocked is Blocked.HIDE:
                continue
            match = wanted.explainer.explained(match, person, offered)
            if match.reasons:
                found.append(match)
        return found

    def _explaining(self, ranker: Ranker | None = None) -> Explainer:
        """Return what explains scores of a ranker; None means the one in use now."""
        return self._explainer.ranked_by(ranker or self._in_use.now())

    def _people(
        self, corpus: Corpus, ranked: Ranked, kind: OfferKind
    ) -> Iterator[tuple[Person, float]]:
        """Yield the active people worth listing, best first."""
        rows, scores = _worth_listing(ranked, kind)
        ids = corpus.ids_of(rows)
        profiles = self._store.profiles.get_many(ids)
        for row, id, score in zip(rows, ids, scores.tolist(), strict=True):
            profile = profiles.get(id)
            if profile is None or not profile.active:
                continue
            words = self._records.profile_texts([profile])[0]
            encoded = corpus.take(np.array([row]))
            if text_digest(words) == encoded.hashes[0]:
                yield Person.of(profile, words, encoded), score


def _worth_listing(ranked: Ranked, kind: OfferKind) -> tuple[Rows, Vectors]:
    worth = ranked.scores >= LISTED_FROM[kind]
    return ranked.rows[worth], ranked.scores[worth]


def _may_hold_more(ranked: Ranked, corpus: Corpus, kind: OfferKind, depth: int) -> bool:
    """Tell whether a deeper search could find more that is worth listing.

    Where most of the nearest candidates are below the floor, those behind them are too.
    """
    worth = len(_worth_listing(ranked, kind)[0])
    return len(ranked.rows) < corpus.size and 2 * worth > depth
