"""Concepts found by all their labels: titles and skills."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli.evaluate import app
from matcher.domain.text import Lang
from matcher.encode.protocol import Encoder
from matcher.errors import InputError
from matcher.evaluate.concept_search import ConceptSearch
from matcher.evaluate.concepts import CONCEPT_SHARE
from matcher.evaluate.esco import Label, Taxonomy
from matcher.evaluate.scorers import DenseScorer, Method
from matcher.evaluate.skills import evaluate_skills, spans_of
from matcher.evaluate.titles import clean_title, evaluate_titles
from matcher.store.concepts import ConceptKind
from tests.fakes import FakeEncoder
from tests.unit.evaluate.test_scorers import FixedScorer, no_encoder

OCCUPATION, SKILL = ConceptKind.OCCUPATION, ConceptKind.SKILL
LABELS = [
    Label("o/2", OCCUPATION, Lang.EN, "cook", True),
    Label("o/1", OCCUPATION, Lang.EN, "welder", True),
    Label("o/2", OCCUPATION, Lang.EN, "chef (kitchen)", False),
    Label("s/1", SKILL, Lang.EN, "weld pipes", True),
    Label("s/2", SKILL, Lang.EN, "Python", True),
    Label("o/1", OCCUPATION, Lang.FI, "hitsaaja", True),
]
TAXONOMY = Taxonomy("test", tuple(LABELS))


def encoder() -> Encoder:
    return FakeEncoder(dimension=256)


def test_a_concept_is_as_good_as_its_best_label() -> None:
    search = ConceptSearch(TAXONOMY.of(OCCUPATION, Lang.EN))
    assert search.uris == ["o/1", "o/2"]
    # labels in the order of their concepts: welder, cook, chef
    finder = search.by_label(FixedScorer(0.5, 0.25, 0.75))
    assert finder.score(["x"]).tolist() == [[0.5, 0.75]]
    assert search.rank({"q": "x"}, finder) == {"q": {"o/2": 0.75, "o/1": 0.5}}


def test_what_a_label_says_in_parentheses_is_left_out() -> None:
    search = ConceptSearch(TAXONOMY.of(OCCUPATION, Lang.EN))
    scores = search.by_label(DenseScorer(encoder())).score(["chef"])
    assert scores[0, 1] == pytest.approx(1)


def test_the_mean_of_its_labels_helps_a_concept() -> None:
    search = ConceptSearch(TAXONOMY.of(OCCUPATION, Lang.EN))
    scores = search.by_concept(encoder()).score(["cook"])
    cook, chef, welder = encoder().encode(["cook", "chef", "welder"])
    mean = (cook + chef) / np.linalg.norm(cook + chef) @ cook
    expected = [cook @ welder, 1 + CONCEPT_SHARE * (mean - 1)]
    np.testing.assert_allclose(scores, [expected], rtol=1e-5)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Sr. Cook!!! (RM 2,500) #123", "senior Cook"),
        ("HR/IT Asst", "human resources / ICT assistant"),
        ("Welder - Job 4411", "Welder - Job"),
        ("2023 !!", "2023 !!"),
    ],
)
def test_titles_are_cleaned_of_what_is_no_trade(title: str, expected: str) -> None:
    assert clean_title(title) == expected


def test_spans_are_short_runs_and_clauses_without_masks() -> None:
    assert spans_of("<ORGANIZATION> weld, cook") == ["weld", "cook"]
    five = "weld the very long pipes"
    assert five in spans_of(f"{five}, cook")
    assert spans_of("...") == ["..."]


Evaluate = Callable[[Path, Taxonomy, Method, Callable[[], Encoder]], object]


def test_titles_figures_by_hand(tmp_path: Path) -> None:
    # the second title names a concept that the taxonomy lacks
    file = tmp_path / "titles.tsv"
    file.write_text("vacancyTitle\tmore\tconceptUri\nWELDER\t\to/1\nCook\t\to/9\nWelder\t\to/2\n")
    report = evaluate_titles(file, TAXONOMY, Method.TFIDF, no_encoder)
    assert (report.name, report.n_queries) == ("titles", 2)
    assert report.figures["mrr"] == 3 / 4
    assert report.figures["success@10"] == 1.0


def test_skills_figures_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "skills.tsv"
    rows = ["We weld pipes with Python\ts/1", "We weld pipes with Python\ts/2", "Nothing\t"]
    file.write_text("\n".join(["sentence\tesco_uri", *rows]))
    report = evaluate_skills(file, TAXONOMY, Method.FUSION, encoder)
    assert (report.name, report.n_queries) == ("skills", 1)
    assert (report.figures["mrr"], report.figures["rp@5"]) == (1.0, 1.0)


@pytest.mark.parametrize("evaluate", [evaluate_titles, evaluate_skills])
def test_a_table_of_another_taxonomy_is_refused(evaluate: Evaluate, tmp_path: Path) -> None:
    file = tmp_path / "table.tsv"
    file.write_text("vacancyTitle\tsentence\tconceptUri\tesco_uri\nCook\tCook\to/9\ts/9\n")
    with pytest.raises(InputError, match="of the taxonomy in use"):
        evaluate(file, TAXONOMY, Method.TFIDF, no_encoder)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "table.tsv"
    file.write_text("title\tconceptUri\nCook\to/1\n")
    with pytest.raises(
        InputError, match="There is no column 'vacancyTitle', but title, conceptUri"
    ):
        evaluate_titles(file, TAXONOMY, Method.TFIDF, no_encoder)


@pytest.mark.parametrize("command", ["titles", "skills"])
def test_the_commands_print_one_object_a_file(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    esco = tmp_path / "esco"
    esco.mkdir()
    head = "uri\tcode\tlabel_fi\tlabel_sv\tlabel_en"
    (esco / "occupations.tsv").write_text(f"{head}\no/1\t1\tkokki\tkock\tcook\n", "utf-8")
    (esco / "skills.tsv").write_text(f"{head}\ns/1\t\t\t\tweld pipes\n", "utf-8")
    file = tmp_path / "table.tsv"
    file.write_text("vacancyTitle\tsentence\tconceptUri\tesco_uri\nCook\tWe weld\to/1\ts/1\n")
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path))
    answer = CliRunner().invoke(app, [command, str(file), "--json", "--method", "tfidf"])
    (report,) = json.loads(answer.stdout)
    assert (report["name"], report["n_queries"], report["mrr"]) == ("table", 1, 1.0)
