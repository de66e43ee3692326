"""What the re-ranker says of one person after some trainings, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.offer import OfferKind
from matcher.domain.upskill import BriefOpened, BriefTrainUp, Opened, Step, TrainUp
from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.encode.records import RecordEncoder
from matcher.match import bands
from matcher.match.bands import GOOD_FROM, LISTED_FROM
from matcher.match.sides import Explainer, Offered, Person
from matcher.match.upskill.exact import Combination, Futures, Learnt, scores
from matcher.match.upskill.field import Trainings, View
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.gifts import key_of, unlocked
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
    people = case.futures.after(combinations)
    places = [np.flatnonzero(mask) for mask in looked]
    verdicts = []
    for one, some, found in zip(combinations, places, rescored(case, people, places), strict=True):
        after = np.zeros(len(case.before), np.float32)
        after[some] = found
        opened = np.flatnonzero(case.opens(after) & case.reach.open_to([one])[0])
        verdicts.append(
            Verdict(one, dict(zip(opened.tolist(), after[opened].tolist(), strict=True)))
        )
    return verdicts


def rescored(case: Case, people: Sequence[Person], places: Sequence[Rows]) -> list[Vectors]:
    """Score offers of the reach for some people by the re-ranker.

    Parameters
    ----------
    case
        Whose reach.
    people
        One or more.
    places
        For each of them int64: which offers.

    Returns
    -------
    list of ndarray of float32
        For each of them the scores, in the order of the places.
    """
    values = [np.zeros(len(some), np.float32) for some in places]
    columns = [case.reach.columns[some] for some in places]
    for number, covered in enumerate(case.view.covered):
        here = [np.flatnonzero(case.view.part[some] == number) for some in columns]
        rows = [case.view.row[some[at]] for some, at in zip(columns, here, strict=True)]
        corpus, by = covered.coverage.corpus, case.explainer
        found = scores(people, corpus, rows, by.likeness, by.ranker)
        for value, at, score in zip(values, here, found, strict=True):
            value[at] = score
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
