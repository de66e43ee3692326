"""Whole evaluations: figures worked by hand, and the published ones on real files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli.evaluate import app
from matcher.config import Settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.evaluate.linking import evaluate_linking
from matcher.evaluate.long_texts import Bm25Scorer, statement_fusion
from matcher.evaluate.scorers import (
    CharacterTfidfScorer,
    DenseScorer,
    LexicalScorer,
)
from matcher.evaluate.statements import evaluate_statements
from tests.unit.evaluate.test_readers import LINKING, STATEMENTS, write
from tests.unit.evaluate.test_scorers import FixedScorer

BENCH = Path(os.environ.get("MATCHER_DATA", "../shared/data")) / "bench"
PUBLISHED = {"melo_swe_q_sv_c_sv": 0.394, "melo_swe_q_sv_c_en": 0.095, "melo_usa_q_en_c_en": 0.574}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find neither real data nor a store, whatever lies in this folder."""
    empty = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MATCHER_HOME", str(empty))
    monkeypatch.setenv("MATCHER_DATA", str(empty))


@pytest.fixture
def bench() -> Path:
    if not BENCH.is_dir():
        pytest.skip(f"needs the real data in {BENCH}: set MATCHER_DATA")
    return BENCH


def test_linking_figures_by_hand(tmp_path: Path) -> None:
    # c2 always ranks first: right for q2, second for q1
    report = evaluate_linking(write(tmp_path, LINKING), FixedScorer(0.25, 0.5))
    assert report.figures == {
        "mrr": 3 / 4,
        "map": 3 / 4,
        "success@1": 1 / 2,
        "success@5": 1.0,
        "success@10": 1.0,
    }
    assert (report.name, report.n_queries, report.model) == (tmp_path.name, 2, "fixed")


def test_linking_is_cut_at_100_surface_forms(tmp_path: Path) -> None:
    elements = "".join(f"c{number}\tform {number}\n" for number in range(101))
    write(tmp_path, LINKING | {"corpus_elements.tsv": elements})
    write(tmp_path, {"annotations.tsv": "q1\t0\tc0\t1\nq2\t0\tc1\t1\n"})
    report = evaluate_linking(tmp_path, FixedScorer(*range(101)))
    # c0 ranks 101st and is cut; c1 ranks 100th
    assert report.figures["mrr"] == pytest.approx(1 / 2 * 1 / 100)


def test_queries_that_are_labels_of_the_taxonomy_are_also_left_out(tmp_path: Path) -> None:
    # only q2 ("Kokki") is unseen, and c2 is right for it
    report = evaluate_linking(write(tmp_path, LINKING), FixedScorer(0.25, 0.5), {"hitsaaja"})
    assert (report.figures["mrr"], report.figures["mrr_unseen"]) == (3 / 4, 1.0)
    assert (report.n_queries, report.n_unseen, report.as_json()["n_unseen"]) == (2, 1, 1)


def test_without_unseen_queries_there_are_no_figures_of_them(tmp_path: Path) -> None:
    scorer = FixedScorer(0.25, 0.5)
    report = evaluate_linking(write(tmp_path, LINKING), scorer, {"hitsaaja", "kokki"})
    assert report.n_unseen == 0
    assert "mrr_unseen" not in report.figures


def test_statements_figures_by_hand(tmp_path: Path) -> None:
    ads = STATEMENTS["ads.jsonl"] + '{"id": "a2", "title": "Cook", "text": "Cook."}\n'
    write(tmp_path, STATEMENTS | {"ads.jsonl": ads})
    report = evaluate_statements(tmp_path, FixedScorer(0.25, 0.5))
    assert (report.figures["mrr"], report.figures["success@1"]) == (1 / 2, 0.0)


def test_json_has_one_object_a_directory_with_the_agreed_keys(tmp_path: Path) -> None:
    folder = str(write(tmp_path, LINKING))
    result = CliRunner().invoke(app, ["linking", folder, folder, "--json", "--method", "tfidf"])
    first, second = json.loads(result.stdout)
    assert first == second
    assert list(first) == [
        *("name", "n_queries", "mrr", "map", "success@1", "success@5", "success@10"),
        *("model", "snapshot", "data"),
    ]
    assert (first["name"], first["mrr"], first["snapshot"]) == (tmp_path.name, 1.0, None)


def test_the_table_names_directory_figures_and_model(tmp_path: Path) -> None:
    write(tmp_path, STATEMENTS)
    result = CliRunner().invoke(app, ["statements", str(tmp_path), "--method", "tfidf"])
    assert result.exit_code == 0
    assert "1.000" in result.stdout
    assert "tfidf char_wb 3-5" in result.stdout


@pytest.mark.real
@pytest.mark.parametrize("name", PUBLISHED)
def test_character_tfidf_gives_the_papers_figures(bench: Path, name: str) -> None:
    report = evaluate_linking(bench / "linking" / name, CharacterTfidfScorer())
    assert report.figures["mrr"] == pytest.approx(PUBLISHED[name], abs=0.005)


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "lowest"), [("melo_swe_q_sv_c_sv", 0.40), ("melo_swe_q_sv_c_en", 0.30)]
)
def test_the_shipped_encoder_clears_its_floor(bench: Path, name: str, lowest: float) -> None:
    dense = DenseScorer(load_encoder(Settings().encoder))
    assert evaluate_linking(bench / "linking" / name, dense).figures["mrr"] >= lowest


@pytest.mark.real
def test_four_signals_find_more_statements_than_one(bench: Path) -> None:
    encoder = load_encoder(Settings().encoder)
    scorers = (
        DenseScorer(encoder),
        LexicalScorer(),
        Bm25Scorer(Lang.EN),
        statement_fusion(encoder, Lang.EN),
    )
    dense, characters, words, fusion = (
        evaluate_statements(bench / "statement_to_ad", each).figures["mrr"] for each in scorers
    )
    assert dense >= 0.65
    assert characters >= 0.9
    assert fusion >= 0.95 > words > characters
