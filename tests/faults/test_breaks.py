"""A full disk, lost permissions and a lost database stop a night, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from matcher.nightly.journal import Start
from tests.faults.breaking import Disconnect, FillDisk, Forbid
from tests.faults.conftest import Undisturbed
from tests.faults.nights import End, Home, damages, litter, run, settle, take_up

FEW, MANY = 3, 20
FOLDERS = (".", "snapshots", "reports", "vectors")


def seeds() -> list[object]:
    """A few seeds for every test run, and more for ``make soak``."""
    return [
        *range(FEW),
        *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(FEW, MANY)),
    ]


@pytest.mark.parametrize("seed", seeds())
def test_a_full_disk_is_told_and_yesterday_stays(
    home: Home, undisturbed: Undisturbed, seed: int
) -> None:
    rng = np.random.default_rng([1, seed])
    size = int(rng.choice([0, 4_096, 65_536, 1_000_000]))
    run(home, Start.FRESH, int(rng.integers(1, undisturbed.calls)), FillDisk(size))
    assert undisturbed.strange(home) + damages(home) == []
    assert take_up(home) == End.PUBLISHED
    assert undisturbed.missing(home) + damages(home) + litter(home) == []


@pytest.mark.parametrize("seed", seeds())
def test_lost_permissions_are_told_and_yesterday_stays(
    home: Home, undisturbed: Undisturbed, seed: int
) -> None:
    rng = np.random.default_rng([2, seed])
    forbidden = Forbid(home.folder / FOLDERS[seed % len(FOLDERS)])
    run(home, Start.FRESH, int(rng.integers(1, undisturbed.calls)), forbidden)
    forbidden.undo()
    assert undisturbed.strange(home) + damages(home) == []
    assert take_up(home) == End.PUBLISHED
    assert undisturbed.missing(home) + damages(home) + litter(home) == []


@pytest.fixture(scope="session")
def settled(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An installation on PostgreSQL before tonight's night, to be copied."""
    home = Home(tmp_path_factory.mktemp("settled") / "home", _create(postgres_url, "settled"))
    settle(home)
    return home


@pytest.fixture
def connected(settled: Home, postgres_url: str, tmp_path: Path) -> Home:
    """An installation on PostgreSQL before tonight's night."""
    shutil.copytree(settled.folder, tmp_path / "home")
    return Home(tmp_path / "home", _create(postgres_url, tmp_path.name, template="settled"))


@pytest.mark.parametrize("seed", seeds())
def test_a_lost_database_connection_is_told_and_yesterday_stays(
    connected: Home, undisturbed: Undisturbed, postgres_url: str, tmp_path: Path, seed: int
) -> None:
    rng = np.random.default_rng([3, seed])
    at = int(rng.integers(1, undisturbed.calls))
    lost = Disconnect(postgres_url, tmp_path.name)
    run(connected, Start.FRESH, at, lost)
    lost.undo()
    assert undisturbed.strange(connected) == []
    assert take_up(connected) == End.PUBLISHED
    assert undisturbed.missing(connected) + litter(connected) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for two nights; only root may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(place)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a file system, and not in every container")
    yield place
    unmount = ["umount", str(place)]
    subprocess.run(unmount, check=True)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(MANY))
def test_a_disk_without_any_room_left_is_told_and_yesterday_stays(
    small_disk: Path, undisturbed: Undisturbed, seed: int
) -> None:
    rng = np.random.default_rng([4, seed])
    shutil.copytree(undisturbed.home.folder, small_disk / "home")
    home = Home.embedded(small_disk / "home")
    free = shutil.disk_usage(small_disk).free
    filler = small_disk / "filler"
    # A night needs some 18 MB: the disk is full at any step, and sometimes not at all.
    left = int(rng.integers(0, 20_000_000))
    filler.write_bytes(bytes(max(0, free - left)))
    run(home, Start.FRESH)
    filler.unlink()
    assert undisturbed.strange(home) + damages(home) == []
    assert take_up(home) == End.PUBLISHED
    assert undisturbed.missing(home) + damages(home) + litter(home) == []


def _create(server: str, name: str, template: str = "template1") -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        command = SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(command.format(Identifier(name), Identifier(template)))
    return make_url(server).set(database=name).render_as_string(hide_password=False)
