"""Which trainings, and which two in a row, are worth judging for one person; and their lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np

from matcher.domain.match import GateOutcome
from matcher.domain.offer import Training
from matcher.domain.upskill import BriefTrainUp, Step, TrainUp
from matcher.match.bands import GOOD_FROM
from matcher.match.gates.columns import OfferGates
from matcher.match.gates.rules import Unmet
from matcher.match.upskill.entry import step
from matcher.match.upskill.exact import Combination
from matcher.match.upskill.gifts import unlocked
from matcher.match.upskill.judge import Case, Mask, Verdict, brief, judge, rescored, rise_of, told
from matcher.match.upskill.order import can_follow, sooner
from matcher.match.upskill.reach import MARGIN, RISE_FROM

#: For each training that is wanted, so many are judged; of sequences as many as are wanted.
JUDGED: Final = 2
#: Sequences are looked for among so many trainings: those that raise most without opening it.
PARTNERS: Final = 24
#: And among so many that give cards or licences which offers and trainings ask for.
OPENERS: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """The trainings that a person could take.

    Parameters
    ----------
    case
        Of whom.
    locks
        What each training asks for and the person lacks; None for one that is over.
    open
        bool, shape (trainings, reached): whether no gate is unmet after each training.
    """

    case: Case
    locks: tuple[tuple[Unmet, ...] | None, ...]
    open: Mask

    @classmethod
    def of(cls, case: Case, gates: OfferGates) -> Choice:
        """Judge the gates of all trainings."""
        offers, keeper = case.trainings.trainings, case.keeper
        unmet = keeper.locks(gates, gates.rows_of(offers))
        locks = tuple(
            None if keeper.is_over(offer) else locks
            for offer, locks in zip(offers, unmet, strict=True)
        )
        return cls(case, locks, case.reach.open_to([(n,) for n in range(len(offers))]))

    def single(self, k: int) -> tuple[TrainUp, ...]:
        """Return the best k trainings that open something alone."""
        return self._told(self._judged(k), k)

    def briefly(self, k: int) -> tuple[BriefTrainUp, ...]:
        """Return the same trainings without reasons, which take most of the time."""
        return tuple(brief(self.case, one) for one in self._ordered(self._judged(k))[:k])

    def _judged(self, k: int) -> list[Verdict]:
        """Let the re-ranker judge the trainings that seem to open most alone."""
        after, before = self.case.after, self.case.before
        opens = self.case.opens(after) & self.open
        counts, rises = opens.sum(axis=1), ((after - before) * opens).sum(axis=1)
        order = np.lexsort((np.arange(len(counts)), -rises.round(4), -counts))
        chosen = [n for n in order.tolist() if counts[n] and self.locks[n] == ()][: JUDGED * k]
        looked = [self.case.opens(after[n], MARGIN) & self.open[n] for n in chosen]
        verdicts = judge(self.case, [(n,) for n in chosen], looked)
        return [one for one in verdicts if one.opened]

    def sequences(self, k: int) -> tuple[TrainUp, ...]:
        """Return the best k pairs of trainings that open what neither of them opens alone."""
        pairs = self._pairs()[:k]
        singles = sorted({(number,) for pair in pairs for number in pair})
        self.case.futures.after([*pairs, *singles])  # encoded together, which is quicker
        verdicts = judge(self.case, pairs, [self._joint(*pair) for pair in pairs])
        joint = [
            Verdict(self._in_order(one.combination), opened)
            for one in verdicts
            if (opened := self._needs_both(one))
        ]
        return self._told(joint, k)

    def _told(self, verdicts: Sequence[Verdict], k: int) -> tuple[TrainUp, ...]:
        return tuple(
            told(self.case, one, rank, self._steps(one.combination))
            for rank, one in enumerate(self._ordered(verdicts)[:k], start=1)
        )

    def _ordered(self, verdicts: Sequence[Verdict]) -> list[Verdict]:
        """Order by what is opened, then by how much scores rise, then by id."""

        def key(verdict: Verdict) -> tuple[object, ...]:
            ids = [self._training(number).id for number in verdict.combination]
            return -len(verdict.opened), -round(rise_of(self.case, verdict), 4), ids

        return sorted(verdicts, key=key)

    def _pairs(self) -> list[Combination]:
        """Return the pairs that seem to open most together, best first."""
        counted = [
            (int(self._joint(*pair).sum()), pair)
            for pair in combinations(self._partners(), 2)
            if self._orders(*pair)
        ]
        counted = [(count, pair) for count, pair in counted if count]
        return [pair for _, pair in sorted(counted, key=lambda one: (-one[0], one[1]))]

    def _partners(self) -> list[int]:
        """Return the trainings that raise most, and those that give most keys to locks."""
        after = self.case.after
        rises = np.maximum(after - self.case.before, 0) * (after < GOOD_FROM)
        order = np.lexsort((np.arange(len(rises)), -rises.sum(axis=1).round(4)))
        raising = [n for n in order.tolist() if self.locks[n] is not None][:PARTNERS]
        locks = [lock for locks in self.case.reach.locks for lock in locks]
        locks += [lock for n in raising for lock in self.locks[n] or ()]
        needed = Counter(locks)
        keys = self.case.trainings.keyring.keys(list(needed))
        counts = (keys @ np.array(list(needed.values()), np.int64)).tolist()
        given = [(count, n) for n, count in enumerate(counts) if self.locks[n] is not None]
        opening = [n for count, n in sorted(given, key=lambda one: (-one[0], one[1])) if count]
        return sorted({*raising, *opening[:OPENERS]})

    def _joint(self, a: int, b: int) -> Mask:
        """Tell which offers two trainings may open together and neither alone.

        What each of them raises is added: more than the re-ranker will find where both
        answer the same, never a reason to count anything.
        """
        before, after = self.case.before, self.case.after
        rises = np.maximum(after[[a, b]] - before, 0)
        together = self.case.reach.open_to([(a, b)])[0]
        alone = np.any([self._alone(a), self._alone(b)], axis=0)
        joint: Mask = self.case.opens(before + rises.sum(axis=0)) & together & ~alone
        return joint

    def _alone(self, number: int) -> Mask:
        """Tell what a training opens alone by the screen: nothing, if it cannot be entered."""
        enterable = self.locks[number] == ()
        opens: Mask = self.case.opens(self.case.after[number]) & self.open[number] & enterable
        return opens

    def _needs_both(self, verdict: Verdict) -> dict[int, float]:
        """Return what is opened by both, if each adds enough to what the other does alone."""
        places = np.array(sorted(verdict.opened), np.int64)
        together = np.array([verdict.opened[place] for place in places.tolist()], np.float32)
        needed = np.ones(len(places), np.bool_)
        for number in verdict.combination:
            [person] = self.case.futures.after([(number,)])
            alone = rescored(self.case, person.encoded, (np.zeros(len(places), np.int64), places))
            # Alone it opens nothing that it cannot unlock, or if it cannot be entered.
            shut = ~self.open[number, places] | (self.locks[number] != ())
            needed &= shut | ((alone < GOOD_FROM) & (together - alone >= RISE_FROM))
        return {place: verdict.opened[place] for place in places[needed].tolist()}

    def _orders(self, a: int, b: int) -> list[Combination]:
        """Return the orders in which both can be entered, and their dates allow."""
        return [
            (first, second)
            for first, second in ((a, b), (b, a))
            if self.locks[first] == ()
            and self.case.trainings.keyring.keys(self.locks[second] or ())[first].all()
            and can_follow(self._training(first), self._training(second))
        ]

    def _in_order(self, pair: Combination) -> Combination:
        """Return the order in which the second's requirements are met best, else the sooner."""
        a, b = pair

        def key(order: Combination) -> tuple[object, ...]:
            met = [one.outcome is GateOutcome.MET for one in self._steps(order)[1].entry]
            return -sum(met), sooner(self._training(order[0]))

        return min(self._orders(a, b), key=key)

    def _steps(self, combination: Combination) -> tuple[Step, ...]:
        """Return the trainings of a combination, each entered after those before it."""
        case = self.case
        people = case.futures.after([combination[:place] for place in range(len(combination))])
        return tuple(
            replace(made, gates=unlocked(made.gates, case.futures.gifts(combination[:place])))
            for place, made in enumerate(
                step(person, case.trainings.offered[number], case.explainer.likeness, case.keeper)
                for person, number in zip(people, combination, strict=True)
            )
        )

    def _training(self, number: int) -> Training:
        return self.case.trainings.trainings[number]
