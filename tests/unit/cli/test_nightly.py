from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import nightly
from matcher.domain.offer import OfferKind
from matcher.encode.cache import CachedEncoder
from matcher.errors import InputError
from matcher.index.publication import current
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.nightly import samples
from tests.unit.nightly.test_pipeline import Disguised


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    monkeypatch.setattr(nightly, "load_encoder", lambda _: FakeEncoder())
    # The fake knows no languages: twins told in several are strangers to it.
    monkeypatch.setattr(nightly, "shipped_twins", tuple)
    monkeypatch.setattr(nightly, "utc_now", lambda: samples.NOW)
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        samples.fill(store)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(nightly.app, list(arguments))


def test_a_night_prints_counts_snapshot_and_report(home: Path) -> None:
    answer = run()
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[2].split() == ["vacancies", "0", "5", "1"]
    assert lines[-2] == f"Published {current(home / 'snapshots')}. 6 lists made."
    assert lines[-1] == f"Report: {home / 'reports' / 'nightly-20261122T023000.html'}"
    assert Path(lines[-1].removeprefix("Report: ")).is_file()


def test_a_dry_run_publishes_nothing(home: Path) -> None:
    answer = run("--dry-run")
    assert answer.exit_code == 0
    assert "Nothing was changed." in answer.stdout
    assert sorted(path.name for path in home.iterdir() if path.is_dir()) == []


def test_a_refusal_exits_with_1_and_says_what_to_do(home: Path) -> None:
    run()
    before = current(home / "snapshots")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        store.offers(OfferKind.VACANCY).close(["v1", "v2"], samples.NOW)
    answer = run()
    assert answer.exit_code == 1
    assert "Refused by the gate size: vacancies 0.600, at least 0.8" in answer.stdout
    assert f"Not published; {before} stays in use." in answer.stdout
    assert "matcher nightly --resume --accept size" in answer.stdout
    assert run("--resume", "--accept", "size").exit_code == 0
    assert current(home / "snapshots") != before


def test_after_a_finished_night_of_today_there_is_nothing_to_resume(home: Path) -> None:
    run()
    before = current(home / "snapshots")
    answer = run("--resume")
    assert answer.exit_code == 0
    assert answer.stdout == "Nothing is to be resumed: the night of today is finished.\n"
    assert current(home / "snapshots") == before


def test_a_dry_run_cannot_be_taken_up(home: Path) -> None:
    assert isinstance(run("--dry-run", "--resume").exception, InputError)


def test_wrong_vectors_in_the_cache_are_refused_and_the_remedy_helps(home: Path) -> None:
    cached = CachedEncoder(Disguised(seed=5), home / "vectors")
    cached.encode(["hitsaus"])
    cached.save()
    answer = run()
    assert answer.exit_code == 1
    assert "remove the folder `vectors` in MATCHER_HOME" in answer.stdout
    shutil.rmtree(home / "vectors")
    assert run().exit_code == 0
