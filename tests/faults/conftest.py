"""A small installation before tonight's night, and what that night makes undisturbed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from matcher.nightly.journal import Start
from tests.faults.nights import (
    TODAY,
    TOMORROW,
    End,
    Home,
    Standing,
    advice,
    count_calls,
    differences,
    litter,
    meet_people,
    run,
    settle,
    standing,
    unlike,
)


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A night to which nothing happens.

    Parameters
    ----------
    home
        Before the night, to be copied.
    before, after
        What is served before and after.
    advised
        What everybody is advised after.
    calls, seconds
        How long the night takes.
    """

    home: Home
    before: Standing
    after: Standing
    advised: list[Any]
    calls: int
    seconds: float

    def strange(self, home: Home) -> list[str]:
        """Return how what is served differs from what was before the night, and from after."""
        found = standing(home)
        state = self.before if found.snapshot == self.before.snapshot else self.after
        return differences(found, state)

    def missing(self, home: Home) -> list[str]:
        """Return how what is served differs from what is after the night."""
        served = differences(standing(home), self.after)
        return served or unlike(advice(home), self.advised)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("nights")
    home = Home.embedded(folder / "before")
    settle(home)
    return _watched(home, folder)


@pytest.fixture(scope="session")
def calm(undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The night after, before which only few people have changed."""
    folder = tmp_path_factory.mktemp("calm")
    home = replace(copied(undisturbed.home, folder / "before"), now=TOMORROW)
    assert run(replace(home, now=TODAY), Start.FRESH) == End.PUBLISHED
    meet_people(home)
    return _watched(home, folder)


def _watched(home: Home, folder: Path) -> Undisturbed:
    """Run a night twice in copies of an installation, and note what it does."""
    counted, timed = (copied(home, folder / name) for name in ("counted", "timed"))
    calls = count_calls(counted)
    start = monotonic()
    assert run(timed, Start.FRESH) == End.PUBLISHED
    seconds = monotonic() - start
    assert differences(standing(counted), standing(timed)) == []
    assert unlike(advice(counted), advice(timed)) + litter(counted) + litter(timed) == []
    return Undisturbed(home, standing(home), standing(timed), advice(timed), calls, seconds)


@pytest.fixture
def home(undisturbed: Undisturbed, tmp_path: Path) -> Home:
    """An installation of its own before tonight's night."""
    return copied(undisturbed.home, tmp_path / "home")


def copied(home: Home, folder: Path) -> Home:
    """Copy an installation."""
    shutil.copytree(home.folder, folder)
    return replace(Home.embedded(folder), now=home.now)
