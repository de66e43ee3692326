"""Choosing a package: the optimum of a small integer programme.

It covers the barriers, severe ones first, with what ranks high, costs little and begins
early, within the hours of a week, the money, the places, and the order in which one thing
makes another possible.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.domain.barriers import Barrier
from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.pathways.package import (
    AREA_SHARE,
    DELAY,
    EFFORT,
    RELEVANCE_WORTH,
    SEVERITY_WORTH,
    STAGES,
    THOUSAND_EUROS,
    Candidate,
    Limits,
    Package,
    Step,
)
from matcher.pathways.programme import Programme


def choose(barriers: Sequence[Barrier], candidates: Sequence[Candidate], limits: Limits) -> Package:
    """Choose the package that covers most within the limits.

    Parameters
    ----------
    barriers
        As assessed; a severe one counts as much as four mild ones.
    candidates
        What could be part of it. Of two equally good ones the earlier is taken.
    limits
        Hours, money and mix.

    Raises
    ------
    InputError
        If two candidates have one id, or one covers a barrier that is not there.

    References
    ----------
    The programme is solved to the optimum by HiGHS: Huangfu, Q. & Hall, J. (2018).
    Parallelizing the dual revised simplex method. Mathematical Programming Computation 10.
    """
    _check(barriers, candidates)
    usable = [one for one in candidates if one.places != 0]
    stages = _solve(barriers, usable, limits) if usable else np.zeros((0, STAGES), bool)
    steps = _steps(usable, stages)
    covered = _covered(barriers, [step.candidate for step in steps])
    possible = _covered(barriers, usable)
    return Package(
        steps=tuple(steps),
        covered=tuple(covered),
        uncoverable=tuple(i for i, share in enumerate(possible) if share == 0),
        left_out=tuple(i for i, share in enumerate(possible) if share > 0 and covered[i] == 0),
    )


def _check(barriers: Sequence[Barrier], candidates: Sequence[Candidate]) -> None:
    seen: set[tuple[OfferKind, str]] = set()
    for one in candidates:
        if (one.kind, one.offer_id) in seen:
            raise InputError(
                f"The {one.kind} {one.offer_id!r} is among the candidates twice.",
                remedy="Hand in each offer once.",
            )
        seen.add((one.kind, one.offer_id))
        shares = dict.fromkeys(one.touches, AREA_SHARE) | dict(one.covers)
        for position, share in shares.items():
            if not (0 <= position < len(barriers) and 0 < share <= 1):
                raise InputError(
                    f"{one.offer_id!r} covers {share} of barrier {position}; "
                    f"there are {len(barriers)}.",
                    remedy="Name barriers by their position and give shares above 0, up to 1.",
                )


def _covered(barriers: Sequence[Barrier], items: Sequence[Candidate]) -> list[float]:
    return [
        min(1.0, sum(one.covers.get(position, 0.0) for one in items) + _touched(position, items))
        for position in range(len(barriers))
    ]


def _touched(position: int, items: Sequence[Candidate]) -> float:
    return AREA_SHARE if any(position in one.touches for one in items) else 0.0


def _solve(
    barriers: Sequence[Barrier], items: Sequence[Candidate], limits: Limits
) -> NDArray[np.bool_]:
    """Return which item begins at which stage: bool, shape (items, stages)."""
    programme = Programme()
    begins = np.array(
        [
            [programme.choice(_worth(one, s, i)) for s in range(STAGES)]
            for i, one in enumerate(items)
        ]
    )
    covers = [programme.share(SEVERITY_WORTH[barrier.severity]) for barrier in barriers]
    for i in range(len(items)):
        programme.at_most(1, [(x, 1.0) for x in begins[i]])
    for position, covered in enumerate(covers):
        by = [
            (x, -one.covers[position])
            for i, one in enumerate(items)
            if position in one.covers
            for x in begins[i]
        ]
        touched = _limit_touched(programme, begins, items, position)
        programme.at_most(0, [(covered, 1.0), (touched, -AREA_SHARE), *by])
    _limit_hours(programme, begins, items, limits)
    _limit_money_and_mix(programme, begins, items, limits)
    _keep_order(programme, begins, items)
    values = programme.solve()  # HiGHS answers in floats
    started: NDArray[np.bool_] = values[begins] > 0.5
    return started


def _limit_touched(
    programme: Programme, begins: NDArray[np.int64], items: Sequence[Candidate], position: int
) -> int:
    """Return the variable of whether anything touches a barrier: never more than 1, nor summed."""
    touched = programme.share(0.0)
    by = [(x, -1.0) for i, one in enumerate(items) if position in one.touches for x in begins[i]]
    programme.at_most(0, [(touched, 1.0), *by])
    return touched


def _worth(one: Candidate, stage: int, position: int) -> float:
    # What is not known to help with a barrier, and is no job, is worth its effort only where it
    # touches a barrier that nothing else covers, or as a way to something.
    wanted = one.lasts or bool(one.covers)
    money = THOUSAND_EUROS * (one.cost_eur or 0.0) / 1000
    tie = 1e-5 * position
    return RELEVANCE_WORTH * one.relevance * wanted - EFFORT - money - DELAY * stage - tie


def _limit_hours(
    programme: Programme, begins: NDArray[np.int64], items: Sequence[Candidate], limits: Limits
) -> None:
    for stage in range(STAGES):
        busy = [
            (begins[i, s], one.hours)
            for i, one in enumerate(items)
            for s in range(stage + 1)
            if one.lasts or s == stage
        ]
        programme.at_most(limits.hours_a_week, busy)


def _limit_money_and_mix(
    programme: Programme, begins: NDArray[np.int64], items: Sequence[Candidate], limits: Limits
) -> None:
    if limits.budget_eur is not None:
        cost = [(x, one.cost_eur or 0.0) for i, one in enumerate(items) for x in begins[i]]
        programme.at_most(limits.budget_eur, cost)
    for kind, most in limits.most.items():
        of_kind = [(x, 1.0) for i, one in enumerate(items) if one.kind is kind for x in begins[i]]
        programme.at_most(most, of_kind)


def _keep_order(
    programme: Programme, begins: NDArray[np.int64], items: Sequence[Candidate]
) -> None:
    """Let an item begin only after others that give what it requires."""
    for i, one in enumerate(items):
        for required in sorted(one.requires):
            givers = [j for j, other in enumerate(items) if required in other.gives]
            for stage in range(STAGES):
                before = [(begins[j, s], -1.0) for j in givers for s in range(stage)]
                programme.at_most(0, [(begins[i, stage], 1.0), *before])


def _steps(items: Sequence[Candidate], stages: NDArray[np.bool_]) -> list[Step]:
    chosen = [(int(s), i) for i, s in zip(*np.nonzero(stages), strict=True)]
    steps = []
    for stage, i in sorted(chosen):
        one = items[i]
        after = {
            required: items[j].offer_id
            for required in sorted(one.requires)
            for s, j in chosen
            if s < stage and required in items[j].gives
        }
        steps.append(Step(one, stage, tuple(sorted({*one.covers, *one.touches})), after))
    return steps
