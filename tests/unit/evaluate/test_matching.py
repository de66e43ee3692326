"""Figures of a tiny benchmark worked by hand, and of the real one against its baselines."""

from __future__ import annotations

import json
import os
from math import log2
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from matcher.cli import evaluate as commands
from matcher.config import Settings
from matcher.encode.cache import CachedEncoder
from matcher.encode.encoder import load_encoder
from matcher.errors import NotFoundError
from matcher.evaluate.matching import MatchingMethod, evaluate_matching, matching_figures
from matcher.match.ranker import PRIOR
from tests.fakes import FakeEncoder
from tests.unit.evaluate.test_matching_set import (
    COOKING,
    FILES,
    WELDER,
    WELDING,
    judged,
    lines,
    write,
)

BENCH = Path(os.environ.get("MATCHER_DATA", "../shared/data")) / "bench" / "fi_person_job"


def test_figures_by_hand() -> None:
    qrels = {"p": {"a": 3, "b": 2, "c": 0}, "q": {"d": 1}}
    run = {"p": {"x": 0.9, "b": 0.8, "a": 0.7, "c": 0.1}, "q": {"y": 0.5, "z": 0.4}}
    # Gains are 2^grade - 1: 7 for a, 3 for b. q has nothing good, and finds nothing at all.
    ideal = 7 / log2(2) + 3 / log2(3)
    assert matching_figures(qrels, run) == pytest.approx(
        {
            "ndcg@10": (3 / log2(3) + 7 / log2(4)) / ideal / 2,
            "ndcg@10_judged": (3 / log2(2) + 7 / log2(3)) / ideal / 2,
            "recall@50": 1 / 2,
            "mrr": (1 / 2) / 2,
            "judged@10": (3 / 4) / 2,
        }
    )


@pytest.mark.parametrize("method", MatchingMethod)
def test_every_method_ranks_what_says_the_same_first(
    tmp_path: Path, method: MatchingMethod
) -> None:
    report = evaluate_matching(write(tmp_path, FILES), FakeEncoder(256), method=method)
    assert report.name == tmp_path.name
    assert report.n_queries == 2
    assert report.model == f"{method} fake-256-0"
    # Both have the right ad first; of three ads two were judged for the one, one for the other.
    assert report.figures == pytest.approx(
        {"ndcg@10": 1, "ndcg@10_judged": 1, "recall@50": 1, "mrr": 1, "judged@10": 1 / 2}
    )


#: One profile and two ads, of which the welding one stands first whatever a judge says.
TWO_ADS = {**FILES, "profiles.jsonl": lines(WELDER), "corpus.jsonl": lines(WELDING, COOKING)}


def test_a_wrong_order_is_worth_less(tmp_path: Path) -> None:
    files = {**TWO_ADS, "qrels.tsv": "p1\t0\ta1\t1\np1\t0\ta2\t3\n"}
    report = evaluate_matching(write(tmp_path, files), FakeEncoder(256))
    expected = (1 + 7 / log2(3)) / (7 + 1 / log2(3))
    assert report.figures["ndcg@10"] == pytest.approx(expected)


def eligible(folder: Path, files: dict[str, str]) -> float:
    report = evaluate_matching(write(folder, files), FakeEncoder(256), gates=True)
    return report.figures["ndcg@10_eligible"]


def test_gates_are_off_unless_asked_for(tmp_path: Path) -> None:
    report = evaluate_matching(write(tmp_path, FILES), FakeEncoder(256))
    assert "ndcg@10_eligible" not in report.figures


GOOD_FIRST = {**TWO_ADS, "qrels.tsv": "p1\t0\ta1\t3\np1\t0\ta2\t2\n"}


def test_a_blocked_ad_counts_as_0_and_takes_its_place(tmp_path: Path) -> None:
    # No gate of ours sees that it is blocked, so that it stays first.
    blocked = lines(judged("p1", "a1", ["B"], True))
    worth = eligible(tmp_path, {**GOOD_FIRST, "judgments.jsonl": blocked})
    assert worth == pytest.approx((3 / log2(3)) / 3)


def test_an_ad_that_our_gates_block_is_ranked_behind_all_others(tmp_path: Path) -> None:
    far = {**WELDING, "municipality": "Helsinki"}
    files = {
        **GOOD_FIRST,
        "corpus.jsonl": lines(far, COOKING),
        "judgments.jsonl": lines(judged("p1", "a1", [], False)),
    }
    assert eligible(tmp_path, files) == pytest.approx(1)
    assert evaluate_matching(tmp_path, FakeEncoder(256)).figures["ndcg@10"] == pytest.approx(1)


def test_the_command_prints_one_object_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "load_encoder", lambda name: FakeEncoder(256))
    folder = str(write(tmp_path, FILES))
    options = ["matching", folder, folder, "--json", "--method", "tfidf", "--gates"]
    answer = CliRunner().invoke(commands.app, options)
    assert answer.exit_code == 0, answer.output
    reports: list[dict[str, Any]] = json.loads(answer.stdout)
    assert [report["name"] for report in reports] == [tmp_path.name] * 2
    assert list(reports[0]) == [
        *("name", "n_queries", "ndcg@10", "ndcg@10_judged", "recall@50", "mrr", "judged@10"),
        *("ndcg@10_eligible", "model", "snapshot", "data"),
    ]
    assert reports[0]["ndcg@10"] == pytest.approx(1)


def test_the_command_ranks_by_the_weights_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "load_encoder", lambda name: FakeEncoder(256))
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "home"))
    options = ["matching", str(write(tmp_path, FILES)), "--json", "--ranker"]
    answer = CliRunner().invoke(commands.app, [*options, PRIOR.revision])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)[0]["ndcg@10"] == pytest.approx(1)
    unknown = CliRunner().invoke(commands.app, [*options, "no-such"])
    assert isinstance(unknown.exception, NotFoundError)


@pytest.mark.real
@pytest.mark.slow
def test_the_services_way_beats_each_of_its_signals_on_real_ads(tmp_path: Path) -> None:
    if not BENCH.is_dir():
        pytest.skip(f"needs the real data in {BENCH}: set MATCHER_DATA")
    encoder = CachedEncoder(load_encoder(Settings().encoder), tmp_path)
    figures = {
        method: evaluate_matching(BENCH, encoder, method=method).figures
        for method in MatchingMethod
    }
    ours = figures.pop(MatchingMethod.RERANK)
    best = max(baseline["ndcg@10_judged"] for baseline in figures.values())
    assert ours["ndcg@10_judged"] > best
    assert ours["ndcg@10"] >= 0.55
