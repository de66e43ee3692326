"""A small installation before tonight's night, and what that night makes undisturbed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from matcher.nightly.journal import Start
from tests.faults.nights import End, Home, Standing, count_calls, differences, run, settle, standing


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A night to which nothing happens.

    Parameters
    ----------
    home
        Before the night, to be copied.
    before, after
        What is served before and after.
    calls, seconds
        How long the night takes.
    """

    home: Home
    before: Standing
    after: Standing
    calls: int
    seconds: float

    def strange(self, home: Home) -> list[str]:
        """Return how what is served differs from what was before the night, and from after."""
        found = standing(home)
        state = self.before if found.snapshot == self.before.snapshot else self.after
        return differences(found, state)

    def missing(self, home: Home) -> list[str]:
        """Return how what is served differs from what is after the night."""
        return differences(standing(home), self.after)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("nights")
    home = Home.embedded(folder / "before")
    settle(home)
    counted, timed = (_copy(home, folder / name) for name in ("counted", "timed"))
    calls = count_calls(counted)
    start = monotonic()
    assert run(timed, Start.FRESH) == End.PUBLISHED
    seconds = monotonic() - start
    assert differences(standing(counted), standing(timed)) == []
    return Undisturbed(home, standing(home), standing(timed), calls, seconds)


@pytest.fixture
def home(undisturbed: Undisturbed, tmp_path: Path) -> Home:
    """An installation of its own before tonight's night."""
    return _copy(undisturbed.home, tmp_path / "home")


def _copy(home: Home, folder: Path) -> Home:
    shutil.copytree(home.folder, folder)
    return Home.embedded(folder)
