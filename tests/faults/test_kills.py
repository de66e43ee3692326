"""Whenever a night is killed, yesterday's snapshot is served, and taken up it ends as if not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matcher.nightly.journal import Start
from tests.faults.breaking import kill
from tests.faults.conftest import Undisturbed, copied
from tests.faults.nights import (
    End,
    Home,
    damages,
    litter,
    run,
    run_and_kill,
    take_up,
)

FEW, MANY = 6, 200
#: Of nights that take nearly all lists over.
CALM_FEW, CALM_MANY = 3, 60


def seeds(few: int, many: int) -> list[object]:
    """A few seeds for every test run, and many for ``make soak``."""
    return [
        *range(few),
        *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(few, many)),
    ]


@pytest.mark.parametrize("seed", seeds(FEW, MANY))
def test_a_night_killed_anywhere_is_taken_up_and_ends_like_an_undisturbed_one(
    home: Home, undisturbed: Undisturbed, seed: int
) -> None:
    kill_and_take_up(home, undisturbed, seed)


@pytest.mark.parametrize("seed", seeds(CALM_FEW, CALM_MANY))
def test_a_killed_night_that_takes_lists_over_ends_like_an_undisturbed_one(
    tmp_path: Path, calm: Undisturbed, seed: int
) -> None:
    kill_and_take_up(copied(calm.home, tmp_path / "home"), calm, seed)


def kill_and_take_up(home: Home, undisturbed: Undisturbed, seed: int) -> None:
    rng = np.random.default_rng([2026, seed])
    kill_night(home, Start.FRESH, undisturbed, rng, inside=seed % 2 == 0)
    assert undisturbed.strange(home) + damages(home) == []
    if seed % 3 == 0 and undisturbed.missing(home):
        kill_night(home, Start.RESUME, undisturbed, rng, inside=seed % 2 == 0)
        assert undisturbed.strange(home) + damages(home) == []
    assert take_up(home) == End.PUBLISHED
    assert undisturbed.missing(home) + damages(home) + litter(home) == []


def kill_night(
    home: Home, start: Start, undisturbed: Undisturbed, rng: np.random.Generator, *, inside: bool
) -> None:
    """Kill a night at one of its calls or, from outside, at any moment, also within a call."""
    if inside:
        run(home, start, int(rng.integers(1, undisturbed.calls)), kill)
    else:
        run_and_kill(home, start, float(rng.uniform(0, undisturbed.seconds)))
