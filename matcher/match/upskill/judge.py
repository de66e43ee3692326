"""What the re-ranker says of one person after some trainings, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp, Opened, Step, TrainUp
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.match import bands
from matcher.match.bands import GOOD_FROM, LISTED_FROM
from matcher.match.interaction import Pairs, pairs_of
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.upskill.exact import Combination, Futures, Learnt, scores
from matcher.match.upskill.field import Trainings, View
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.gifts import key_of, unlocked
from matcher.match.upskill.joined import all_read, join
from matcher.match.upskill.reach import RISE_FROM, Reach

#: So many opened offers are kept with a train-up; all are counted.
SHOWN: Final = 5

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tools:
    """What encodes a profile anew, what explains by that encoder, and what judges gates."""

    records: RecordEncoder
    explainer: Explainer
    keeper: Gatekeeper


@dataclass(frozen=True, slots=True)
class Case:
    """One person before all trainings.

    Parameters
    ----------
    person
        As now.
    trainings
        All of them.
    view, reach
        What the person sees, and what trainings could open.
    futures
        The person after trainings.
    explainer
        Names what carries a match.
    keeper
        Judges gates for the person.
    before, after
        float32, shapes (reached,) and (trainings, reached): scores by the screen.
    locked
        bool, shape (reached,): whether a gate is unmet.
    """

    person: Person
    trainings: Trainings
    view: View
    reach: Reach
    futures: Futures
    explainer: Explainer
    keeper: Gatekeeper
    before: Vectors
    after: Vectors
    locked: Mask

    @classmethod
    def of(
        cls, person: Person, trainings: Trainings, view: View, reach: Reach, tools: Tools
    ) -> Case:
        """Put a case together."""
        return cls(
            person,
            trainings,
            view,
            reach,
            Futures(person, trainings.gifts, tools.records),
            tools.explainer,
            tools.keeper,
            view.before[reach.columns],
            view.after[:, reach.columns],
            reach.locked,
        )

    def opens(self, after: Vectors, margin: float = 0.0) -> Mask:
        """Tell which offers are good enough by scores, and rise enough or are unlocked.

        Parameters
        ----------
        after
            float32, shape (..., reached): scores after trainings.
        margin
            By how much the scores may be wrong.
        """
        enough = after >= GOOD_FROM - margin
        rises = after - self.before >= RISE_FROM - margin
        opens: Mask = enough & (rises | self.locked)
        return opens


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the re-ranker says of a combination of trainings.

    Parameters
    ----------
    combination
        Of which trainings.
    opened
        Score afterwards of each offer that is opened, by its position in the reach.
    """

    combination: Combination
    opened: dict[int, float]


def judge(case: Case, combinations: Sequence[Combination], looked: Sequence[Mask]) -> list[Verdict]:
    """Let the re-ranker judge combinations of trainings.

    Parameters
    ----------
    case
        Of whom.
    combinations
        Of trainings, by number.
    looked
        For each of them which offers of the reach to look at.
    """
    if not combinations:
        return []
    found = [np.flatnonzero(mask) for mask in looked]
    pairs = np.repeat(np.arange(len(found)), list(map(len, found))), np.concatenate(found)
    after = np.zeros((len(combinations), len(case.reach.columns)), np.float32)
    after[pairs] = rescored(case, _encoded(case, combinations), pairs)
    opened = case.opens(after) & case.reach.open_to(combinations)
    return [
        Verdict(one, dict(zip(places.tolist(), row[places].tolist(), strict=True)))
        for one, row, places in zip(combinations, after, map(np.flatnonzero, opened), strict=True)
    ]


def _encoded(case: Case, combinations: Sequence[Combination]) -> EncodedBatch:
    """Return the person after each combination: put together for single trainings."""
    language, read = case.person.profile.language, all_read(case.person, case.trainings.given)
    joined = [
        len(one) == 1 and read and case.trainings.speaks(one[0], language) for one in combinations
    ]
    single = [one[0] for one, alone in zip(combinations, joined, strict=True) if alone]
    others = [one for one, alone in zip(combinations, joined, strict=True) if not alone]
    people = [person.encoded for person in case.futures.after(others)]
    if single:
        people.insert(0, join(case.person, case.trainings.given, single))
    if not (single and others):
        return EncodedBatch.concatenate(people) if others else people[0]
    order = np.argsort(np.argsort(~np.array(joined), kind="stable"))
    return EncodedBatch.concatenate(people).take(order)


def rescored(case: Case, people: EncodedBatch, pairs: Pairs) -> Vectors:
    """Score offers by the re-ranker.

    Parameters
    ----------
    case
        Has the offers.
    people
        One or more.
    pairs
        Which of them with which offer of the reach, by position.

    Returns
    -------
    ndarray of float32, shape (pairs,)
    """
    values = np.zeros(len(pairs[0]), np.float32)
    columns = case.reach.columns[pairs[1]]
    for number, covered in enumerate(case.view.covered):
        here = np.flatnonzero(case.view.part[columns] == number)
        pair, by = pairs_of(pairs[0][here], case.view.place[columns[here]]), case.explainer
        values[here] = scores(people, covered.coverage, pair, by.likeness, by.ranker)
    return values


def rise_of(case: Case, verdict: Verdict) -> float:
    """Return by how much the scores of the opened offers rise, all together."""
    return sum(after - float(case.before[place]) for place, after in verdict.opened.items())


def told(case: Case, verdict: Verdict, rank: int, steps: tuple[Step, ...]) -> TrainUp:
    """Return a verdict as a train-up."""
    return TrainUp(
        profile_id=case.person.profile.id,
        rank=rank,
        steps=steps,
        opens=len(verdict.opened),
        rise=rise_of(case, verdict),
        opened=tuple(_told(case, verdict, place) for place in _best(case, verdict)),
    )


def brief(case: Case, verdict: Verdict) -> BriefTrainUp:
    """Return a verdict on one training without its reasons."""
    [number] = verdict.combination
    return BriefTrainUp(
        training_id=case.trainings.trainings[number].id,
        opens=len(verdict.opened),
        rise=rise_of(case, verdict),
        opened=tuple(_brief(case, verdict, place) for place in _best(case, verdict)),
    )


def _best(case: Case, verdict: Verdict) -> list[int]:
    """Return the places of the opened offers that are kept, best first."""
    ids = {place: case.reach.entries[place].offer.id for place in verdict.opened}

    def key(place: int) -> tuple[float, str]:
        return -round(verdict.opened[place], 4), ids[place]

    return sorted(verdict.opened, key=key)[:SHOWN]


def _brief(case: Case, verdict: Verdict, place: int) -> BriefOpened:
    column, after = int(case.reach.columns[place]), verdict.opened[place]
    kind = OfferKind(case.view.covered[case.view.part[column]].kind)
    before = float(case.view.before[column])
    return BriefOpened(
        kind=kind,
        offer_id=case.reach.entries[place].offer.id,
        band_before=bands.band_of(before, known=True) if before >= LISTED_FROM[kind] else None,
        band_after=bands.band_of(after, known=True),
        score_before=before,
        score_after=after,
    )


def _told(case: Case, verdict: Verdict, place: int) -> Opened:
    column, entry = int(case.reach.columns[place]), case.reach.entries[place]
    covered = case.view.covered[case.view.part[column]]
    kind, before = OfferKind(covered.kind), float(case.view.before[column])
    after = verdict.opened[place]
    [future] = case.futures.after([verdict.combination])
    corpus, row = covered.coverage.corpus, int(case.view.row[column])
    offered = Offered(entry.offer, entry.words, corpus.take(np.array([row])))
    match = case.keeper.after(future, offered)
    gates = unlocked(match.gates, case.futures.gifts(verdict.combination))
    locks = case.reach.locks[place]
    return Opened(
        kind=kind,
        offer_id=entry.offer.id,
        before=bands.band_of(before, known=True) if before >= LISTED_FROM[kind] else None,
        after=bands.band_of(after, known=True),
        score_before=before,
        score_after=after,
        answers=Learnt(case.person, future).answers(offered, case.explainer),
        gates=gates,
        unlocked=tuple(gate for gate in gates if key_of(gate) in locks),
        distance_km=match.distance_km,
    )
