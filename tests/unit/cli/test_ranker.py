from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli import ranker, rankers
from matcher.cli.ranker import app
from matcher.domain.offer import OfferKind
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError, NotFoundError
from matcher.match import service
from matcher.match.learning.fit import Verdict
from matcher.match.learning.in_use import RankerInUse
from matcher.match.ranker import PRIOR
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import TODAY, WELDER, WELDING, Region

BETTER = Verdict((0.1,) * 7, 40, 400, 0.5, 0.6, 0.05, 0.15, {}, {"everybody": 0.0}, ())


@pytest.fixture(autouse=True)
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    for module in (service, rankers):
        monkeypatch.setattr(module, "load_encoder", lambda name: FakeEncoder(256))
    with Store.open(f"sqlite:///{tmp_path}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), tmp_path / "snapshots")
        region.add(WELDER, WELDING)
        region.publish()
        yield region


def printed(*arguments: str) -> str:
    answer = CliRunner().invoke(app, list(arguments))
    assert answer.exit_code == 0, answer.output
    return answer.stdout


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(people: object, incumbent: object, rng: np.random.Generator) -> Verdict:
        return BETTER

    monkeypatch.setattr(ranker, "judge", found)


def decisions(region: Region) -> list[tuple[str | None, str, str]]:
    return [(one.revision, one.decision, one.by) for one in region.store.rankers.all()]


def test_without_feedback_it_tells_what_is_needed_and_writes_that_down(region: Region) -> None:
    assert printed("--promote").splitlines() == [
        "Too little feedback to decide, the weights stay:",
        "  - 0 held-out people with both fitting and unfitting offers; at least 30 are needed",
        "  - 0 judgements; at least 300 are needed",
        "  - nobody to learn from with both fitting and unfitting offers; at least 1 is needed",
        "Written down as kept_out by command line.",
    ]
    assert decisions(region) == [(None, "kept_out", "command line")]


def test_a_dry_run_writes_nothing_down(region: Region) -> None:
    assert printed("--dry-run").endswith("Not written down.\n")
    assert json.loads(printed("--dry-run", "--json"))["revision"] is None
    assert decisions(region) == []


def test_to_promote_and_to_write_nothing_down_exclude_each_other() -> None:
    answer = CliRunner().invoke(app, ["--promote", "--dry-run"])
    assert isinstance(answer.exception, InputError)


@pytest.mark.usefixtures("better")
def test_better_weights_are_shown_beside_those_in_use_and_wait(region: Region) -> None:
    figures, weights, advice, written = printed("--by", "Liisa").splitlines()
    assert figures == (
        "nDCG@10 of 40 held-out people: 0.500 in use, 0.600 fitted (change +0.050 to +0.150)."
    )
    assert weights.startswith("The fitted weights are better and within bounds: dense 0.22 → 0.10,")
    assert advice == "They are not in use. Put them to use with --promote."
    assert written == "Written down as better by Liisa."
    assert RankerInUse(region.store, region.records.encoder.revision).now() is PRIOR


@pytest.mark.usefixtures("better")
def test_promoted_weights_rank_at_once_and_one_can_go_back(region: Region) -> None:
    in_use = RankerInUse(region.store, region.records.encoder.revision)
    matcher = region.matcher()
    before = matcher.match([WELDER], on=TODAY)[0][OfferKind.VACANCY][0]
    *_, now, back, _ = printed("--promote").splitlines()
    fitted = in_use.now()
    assert fitted.by_name() == dict.fromkeys(PRIOR.by_name(), 0.1)
    assert now == f"{fitted.revision} ranks from now on, in running processes too."
    assert back == f"Go back with: matcher rankers use {PRIOR.revision}"
    after = matcher.match([WELDER], on=TODAY)[0][OfferKind.VACANCY][0]
    assert after.score < before.score
    used = CliRunner().invoke(rankers.app, ["use", PRIOR.revision, "--by", "Ville"]).stdout
    assert used.splitlines() == [
        f"{PRIOR.revision} ranks from now on.",
        f"Go back with: matcher rankers use {fitted.revision}",
    ]
    assert matcher.match([WELDER], on=TODAY)[0][OfferKind.VACANCY][0] == before
    assert decisions(region) == [
        (fitted.revision, "promoted", "command line"),
        (PRIOR.revision, "chosen", "Ville"),
    ]
    first, second, ranks = CliRunner().invoke(rankers.app, ["list"]).stdout.splitlines()
    assert first.endswith("promoted (0.500 → 0.600) by command line")
    assert second.endswith("chosen by Ville")
    assert ranks.startswith(f"{PRIOR.revision} ranks with encoder fake")


def test_weights_that_nobody_has_fitted_cannot_be_used() -> None:
    answer = CliRunner().invoke(rankers.app, ["use", "fitted-0"])
    assert isinstance(answer.exception, NotFoundError)
