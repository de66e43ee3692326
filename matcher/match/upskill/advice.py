"""Train up: which trainings open offers to a person, and which. Read `Upskiller.advise` first.

A training opens an offer if the offer is within the person's reach, is not at least a good
match now, and is one when the training's outcomes are added to the profile. The screen
(`matcher.match.upskill.screen`) looks at all trainings and offers at once; the first of
them are judged by the re-ranker itself on the profile encoded anew, and only what it says
is counted and shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Final

import numpy as np
from threadpoolctl import ThreadpoolController

from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.upskill import BriefTrainUp, TrainUps
from matcher.encode.protocol import TextRole
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from matcher.index.live import Live
from matcher.match.bands import GOOD_FROM
from matcher.match.book import OfferBook
from matcher.match.gates.columns import OfferGates
from matcher.match.learning.in_use import RankerInUse
from matcher.match.ranker import Ranker
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.upskill.choice import Choice
from matcher.match.upskill.field import Covered, Trainings, View, cover
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.jobs import Jobs
from matcher.match.upskill.judge import Case, Tools
from matcher.match.upskill.reach import NEAR, Reach
from matcher.match.wishes.book import WishBook
from matcher.match.wishes.limits import NO_WISHES
from matcher.store.store import Store

#: The offers that trainings can open.
JOBS: Final = (OfferKind.VACANCY, OfferKind.NEED)
#: No score is below it: sequences add up what each training raises, however little.
_EVERY: Final = -1.0


@dataclass(frozen=True, slots=True)
class _State:
    """One whole state: the trainings, and every job of the index covered by them.

    `base` was made for `snapshot` and the corpus `of_trainings`; `covered` follows the
    corpora `of_jobs`. `gates` holds all offers that were seen in this state.
    """

    snapshot: str
    of_trainings: Corpus
    of_jobs: tuple[Corpus, ...]
    trainings: Trainings
    base: tuple[Covered, ...]
    covered: tuple[Covered, ...]
    gates: OfferGates


class Upskiller:
    """Advises trainings from what is indexed now; safe to share between threads.

    Parameters
    ----------
    live
        The published snapshot and what has changed since.
    store
        Where offers are read from.
    records
        The same encoding that built the snapshot.
    """

    def __init__(self, live: Live, store: Store, records: RecordEncoder) -> None:
        self._live = live
        self._records = records
        self._explainer = Explainer.of(records.encoder)
        self._likeness = self._explainer.likeness
        self._in_use = RankerInUse(store, records.encoder.revision)
        self._book = OfferBook(store, records)
        self._wishes = WishBook(store, live, self._book, records)
        self._blas = ThreadpoolController()
        self._lock = Lock()
        self._state: _State | None = None

    def advise(self, profiles: Sequence[Profile], *, k: int = 10, on: date) -> list[TrainUps]:
        """Rank trainings for each profile by the offers they open.

        Parameters
        ----------
        profiles
            Any number; they need not be stored.
        k
            Longest list wanted, of trainings and of sequences each.
        on
            The day: offers and trainings that expired before are left out.

        Returns
        -------
        list of TrainUps
            One for each profile; empty for a profile that says too little to be judged.
            Trainings whose own gates are unmet are left out, unless another opens them.
        """
        return [
            TrainUps() if one is None else TrainUps(one.single(k), one.sequences(k))
            for one in self._choices(profiles, on, self._in_use.now(), _EVERY)
        ]

    def briefly(
        self, profiles: Sequence[Profile], *, k: int = 10, on: date, ranker: Ranker | None = None
    ) -> list[tuple[BriefTrainUp, ...]]:
        """Rank single trainings as `advise` does, without the reasons, which take most time.

        Parameters
        ----------
        profiles, k, on
            As in `advise`.
        ranker
            Weighs the features; None means the one in use.
        """
        return [
            () if one is None else one.briefly(k)
            for one in self._choices(profiles, on, ranker or self._in_use.now(), GOOD_FROM - NEAR)
        ]

    def pairs(self) -> int:
        """Return how many pairs of a training and a job there are: cost grows with them."""
        jobs = sum(self._live.corpus(RecordKind.of_offer(kind)).size for kind in JOBS)
        return jobs * self._live.corpus(RecordKind.TRAINING).size

    def _choices(
        self, profiles: Sequence[Profile], on: date, ranker: Ranker, floor: float
    ) -> Iterator[Choice | None]:
        """Yield what each person can choose from; None where nothing can be told."""
        explainer = self._explainer.ranked_by(ranker)
        # A person's products are so small that threads would only wait for each other.
        with self._blas.limit(limits=1, user_api="blas"):
            state = self._current(on)
            words = self._records.profile_texts(profiles)
            encoded = self._records.encode_texts(words, TextRole.QUERY)
            wishes = self._wishes.of([profile.id for profile in profiles])
            jobs = Jobs.of(state.covered, self._book, state.gates, on)
            for row, (profile, text) in enumerate(zip(profiles, words, strict=True)):
                person = Person.of(profile, text, encoded.take(np.array([row])))
                keeper = Gatekeeper(person, wishes.get(profile.id, NO_WISHES), on)
                tools = Tools(self._records, explainer, keeper)
                known = person.known and state.trainings.gifts
                yield self._choice(person, tools, state, jobs, floor) if known else None

    def _choice(
        self, person: Person, tools: Tools, state: _State, jobs: Jobs, floor: float
    ) -> Choice:
        reachable = jobs.within_reach(tools.keeper)
        view = View.of(
            person, state.trainings, state.covered, tools.explainer, reachable, floor=floor
        )
        reach = Reach.of(view, jobs, state.trainings.keyring, tools.keeper)
        case = Case.of(person, state.trainings, view, reach, tools)
        return Choice.of(case, state.gates)

    def _current(self, on: date) -> _State:
        """Return the state as of the last refresh of the index."""
        with self._lock:
            view = self._live.view()
            self._book.refresh(on, view.snapshot)
            jobs = tuple(view.corpus(RecordKind.of_offer(kind)) for kind in JOBS)
            trainings = view.corpus(RecordKind.TRAINING)
            state = self._state
            if (
                state is None
                or state.snapshot != view.snapshot
                or state.of_trainings is not trainings
            ):
                state = self._anew(view.snapshot, trainings, jobs)
            elif any(a is not b for a, b in zip(state.of_jobs, jobs, strict=True)):
                state = self._followed(state, jobs)
            self._state = state
            return state

    def _anew(self, snapshot: str, trainings: Corpus, jobs: tuple[Corpus, ...]) -> _State:
        rows = trainings.living()
        ids, digests = trainings.ids_of(rows), trainings.digests_of(rows)
        entries = self._book.get(OfferKind.TRAINING, ids)
        offered = [
            Offered(entries[id].offer, entries[id].words, trainings.take(np.array([row])))
            for row, id, digest in zip(rows.tolist(), ids, digests, strict=True)
            if id in entries and entries[id].digest == digest
        ]
        told = Trainings.of(offered, self._records)
        base = tuple(one for job in jobs for one in cover(told, job, self._likeness, None))
        return _State(snapshot, trainings, jobs, told, base, base, OfferGates())

    def _followed(self, state: _State, jobs: tuple[Corpus, ...]) -> _State:
        covered = tuple(
            one
            for known, job in zip(state.base, jobs, strict=True)
            for one in cover(state.trainings, job, self._likeness, known)
        )
        return replace(state, of_jobs=jobs, covered=covered)
