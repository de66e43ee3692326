"""How many people fit a need, what shuts most of them out, and what easing it would bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from matcher.domain.insight import Helping, Insight, Obstacle
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Band, GateKind
from matcher.domain.offer import CompanyNeed, Offer, kind_of
from matcher.domain.parts import Importance, Support
from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.encode.text import PhraseRole
from matcher.index.corpus import Corpus
from matcher.index.live import Live
from matcher.match.bands import LISTED_FROM, all_known, band_of
from matcher.match.employer.people import PeopleBook
from matcher.match.features import ASKED
from matcher.match.gates.people import unmet_by
from matcher.match.gates.rules import Unmet
from matcher.match.learning.in_use import RankerInUse
from matcher.match.likeness import Likeness
from matcher.match.ranker import Ranker
from matcher.match.reasons.naming import ANSWERED_FROM
from matcher.match.rerank import hold_people
from matcher.match.sides import Offered
from matcher.match.wishes.book import WishBook
from matcher.match.wishes.limits import NO_WISHES

_WELL: Final = frozenset({Band.STRONG, Band.GOOD})
_PARTLY: Final = frozenset({Band.GOOD, Band.POSSIBLE})
#: Gates whose words or outcomes tell of health or age.
_PERSONAL: Final = frozenset({GateKind.RESTRICTION, GateKind.AGE})
#: So many obstacles are worth an employer's time.
MAX_OBSTACLES: Final = 8


@dataclass(frozen=True, slots=True)
class _Search:
    """Which people are counted: out of which corpus, living where, for which day, scored how."""

    corpus: Corpus
    homes: frozenset[str] | None
    on: date
    ranker: Ranker


@dataclass(frozen=True, slots=True)
class _Pool:
    """The people of the region who fit at all, and who of them fails which gate.

    Parameters
    ----------
    rows
        int64, shape (n,): rows of the corpus.
    known
        bool, shape (n,): of whom enough is known.
    bands
        One each.
    answers
        float32, shape (n, phrases): how well each phrase of the need is answered.
    unmet
        The gates that each fails; empty for who can be offered the need.
    """

    rows: Rows
    known: NDArray[np.bool_]
    bands: Sequence[Band]
    answers: Vectors
    unmet: Sequence[frozenset[Unmet]]

    def free(self) -> Rows:
        """Return the positions of the people whom no gate keeps out."""
        return np.array([i for i, gates in enumerate(self.unmet) if not gates], np.int64)


class NeedInsight:
    """Counts the people for a need.

    Parameters
    ----------
    live, records, likeness
        What is searched, and how: those of the matcher.
    people, wishes
        Where profiles and what they do not want are looked up.
    in_use
        Tells the ranker.
    """

    def __init__(
        self,
        live: Live,
        records: RecordEncoder,
        likeness: Likeness,
        people: PeopleBook,
        wishes: WishBook,
        *,
        in_use: RankerInUse,
    ) -> None:
        self._live = live
        self._records = records
        self._likeness = likeness
        self._people = people
        self._wishes = wishes
        self._in_use = in_use
        self._blas = ThreadpoolController()

    def of(
        self, need: Offer, *, on: date, municipalities: Collection[str] | None = None
    ) -> Insight:
        """Return how many people fit a need and what stands in the way.

        Parameters
        ----------
        need
            Any offer; it need not be stored. An expired one fits nobody.
        on
            The day.
        municipalities
            Home municipalities to look in; None means all.
        """
        if need.expires is not None and need.expires < on:
            return Insight(dict.fromkeys(Band, 0), (), ())
        homes = None if municipalities is None else frozenset(municipalities)
        search = _Search(self._live.corpus(RecordKind.PROFILE), homes, on, self._in_use.now())
        words = self._records.offer_texts([need])[0]
        offered = Offered(need, words, self._records.encode_offers([need]))
        with self._blas.limit(limits=1, user_api="blas"):
            pool = self._pool(offered, search)
            obstacles = [*_gates(pool), *self._requirements(offered, search, pool)]
        ordered = sorted(obstacles, key=lambda one: (-one.brings, -one.shuts_out, one.required))
        return Insight(_count(pool), tuple(ordered[:MAX_OBSTACLES]), _supports(offered, pool))

    def _pool(self, offered: Offered, search: _Search) -> _Pool:
        """Score everybody: a count that left out who stands far down would be wrong."""
        corpus, rows = search.corpus, search.corpus.living()
        held = hold_people(offered.encoded, corpus, self._likeness, rows)
        scores = search.ranker.score(held.table)
        telling = [phrase.role in {*ASKED, PhraseRole.TITLE} for phrase in offered.words.phrases]
        worth = np.flatnonzero(
            (scores >= LISTED_FROM[kind_of(offered.offer)])
            & (held.best[:, telling] >= ANSWERED_FROM).any(axis=1)
        )
        ids = corpus.ids_of(rows[worth])
        people = self._people.get(ids, search.on)
        wishes = self._wishes.of(people)
        there = [
            i
            for i, id in enumerate(ids)
            if (one := people.get(id))
            if search.homes is None or one.profile.municipality in search.homes
            if not wishes.get(id, NO_WISHES).refuse(one.profile, offered)
        ]
        worth = worth[there]
        known = all_known(corpus.take(rows[worth]))
        return _Pool(
            rows=rows[worth],
            known=known,
            bands=_bands(scores[worth], known),
            answers=held.best[worth],
            unmet=unmet_by([people[ids[i]].facts for i in there], offered.offer),
        )

    def _requirements(self, offered: Offered, search: _Search, pool: _Pool) -> Iterator[Obstacle]:
        """Yield the essential requirements, each with a new count without it."""
        essential = _essential(offered)
        free = pool.free()
        if not essential or not len(free):
            return
        eased = self._records.encode_offers([_without(offered.offer, text) for text in essential])
        below = np.array([pool.bands[i] not in _WELL for i in free.tolist()])
        known = pool.known[free]
        for i, (text, column) in enumerate(essential.items()):
            one = eased.take(np.array([i]))
            held = hold_people(one, search.corpus, self._likeness, pool.rows[free])
            now = np.array(
                [band in _WELL for band in _bands(search.ranker.score(held.table), known)]
            )
            silent = pool.answers[free, column] < ANSWERED_FROM
            yield Obstacle(None, text, int((below & silent).sum()), int((below & now).sum()))


def _bands(scores: Vectors, known: NDArray[np.bool_]) -> list[Band]:
    pairs = zip(scores.tolist(), known.tolist(), strict=True)
    return [band_of(one, known=enough) for one, enough in pairs]


def _gates(pool: _Pool) -> list[Obstacle]:
    """Return the gates that somebody fails; one that is failed alone brings people if eased.

    A gate that speaks of the person, and not of what is asked for, is not an employer's to know.
    """
    failed = Counter(asked for unmet in pool.unmet for asked in unmet)
    alone = Counter(asked for unmet in pool.unmet if len(unmet) == 1 for asked in unmet)
    return [
        Obstacle(gate, required, number, alone[gate, required])
        for (gate, required), number in failed.items()
        if gate not in _PERSONAL
    ]


def _essential(offered: Offered) -> dict[str, int]:
    """Return the essential requirements, each with the phrase of the encoded need that it is."""
    asked = {
        one.text for one in offered.offer.requirements if one.importance is Importance.ESSENTIAL
    }
    return {
        phrase.shown: column
        for column, phrase in enumerate(offered.words.phrases)
        if phrase.role is PhraseRole.ESSENTIAL and phrase.shown in asked
    }


def _without(offer: Offer, requirement: str) -> Offer:
    left = tuple(one for one in offer.requirements if one.text != requirement)
    return replace(offer, requirements=left)


def _count(pool: _Pool) -> dict[Band, int]:
    counts = Counter(pool.bands[i] for i in pool.free().tolist())
    return {band: counts[band] for band in Band}


def _supports(offered: Offered, pool: _Pool) -> tuple[Helping, ...]:
    """Return what could help those who fit in part.

    A work trial shows whether work suits of which nobody can tell yet; a training agreement
    teaches what is missing; a pay subsidy pays for the time that learning takes.
    """
    ready = offered.offer.support if isinstance(offered.offer, CompanyNeed) else ()
    columns = list(_essential(offered).values())
    gaps = pool.answers[:, columns].min(axis=1, initial=1) < ANSWERED_FROM
    free = pool.free().tolist()
    partly = [i for i in free if pool.bands[i] in _PARTLY]
    people = {
        Support.WORK_TRIAL: [i for i in free if pool.bands[i] not in _WELL],
        Support.PAY_SUBSIDY: partly,
        Support.TRAINING_AGREEMENT: [i for i in partly if gaps[i]],
    }
    return tuple(
        Helping(support, support in ready, len(found)) for support, found in people.items()
    )
