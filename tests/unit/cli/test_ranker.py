from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli import ranker
from matcher.cli.ranker import app
from matcher.encode.records import RecordEncoder
from matcher.match import service
from matcher.match.learning.fit import Verdict
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import WELDER, WELDING, Region

BETTER = Verdict((0.1,) * 7, 40, 400, 0.5, 0.6, 0.05, 0.15, {}, ())


@pytest.fixture(autouse=True)
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    monkeypatch.setattr(service, "load_encoder", lambda name: FakeEncoder(256))
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), tmp_path / "snapshots")
        region.add(WELDER, WELDING)
        region.publish()
        yield region


def printed(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments))
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_without_feedback_it_tells_what_is_needed_and_writes_that_down(region: Region) -> None:
    said = printed()
    run = region.store.runs.latest("train-ranker")
    assert run is not None
    assert said.splitlines() == [
        "Too little feedback to decide, the weights stay:",
        "  - 0 held-out people with both fitting and unfitting offers; at least 30 are needed",
        "  - 0 judgements; at least 300 are needed",
        "  - nobody to learn from with both fitting and unfitting offers; at least 1 is needed",
        f"Written down as {run.id}.",
    ]
    assert run.report["encoder"] == region.records.encoder.revision


def test_a_dry_run_writes_nothing_down(region: Region) -> None:
    assert printed("--dry-run").endswith("Not written down.\n")
    assert json.loads(printed("--dry-run", "--json"))["run"] is None
    assert region.store.runs.latest("train-ranker") is None


def test_better_weights_are_shown_beside_those_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def better(people: object, incumbent: object, rng: np.random.Generator) -> Verdict:
        return BETTER

    monkeypatch.setattr(ranker, "judge", better)
    figures, weights, advice, _ = printed("--dry-run").splitlines()
    assert figures == (
        "nDCG@10 of 40 held-out people: 0.500 in use, 0.600 fitted (change +0.050 to +0.150)."
    )
    assert weights.startswith("The fitted weights are better and within bounds: dense 0.22 → 0.10,")
    assert advice.startswith("They are not in use: ")
