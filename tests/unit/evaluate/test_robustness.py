"""Disturbed labels, and whether they find their concepts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli.evaluate import app
from matcher.config import Settings
from matcher.domain.text import Lang
from matcher.encode.encoder import load_encoder
from matcher.errors import NotReadyError
from matcher.evaluate.esco import Label, Taxonomy, load_taxonomy
from matcher.evaluate.robustness import disturbed_labels, evaluate_robustness
from matcher.evaluate.scorers import DenseScorer
from matcher.region.families import families
from matcher.store.concepts import ConceptKind
from tests.unit.evaluate.test_scorers import FixedScorer

OCCUPATION, SKILL = ConceptKind.OCCUPATION, ConceptKind.SKILL


def taxonomy(*rows: tuple[str, ConceptKind, str]) -> Taxonomy:
    labels = (Label(uri, kind, Lang.FI, text, True) for uri, kind, text in rows)
    return Taxonomy("test", tuple(labels))


def test_an_occupation_is_inflected_mistyped_and_spoken() -> None:
    asked = disturbed_labels(taxonomy(("o/1", OCCUPATION, "kokki")), np.random.default_rng(0))
    assert [(one.kind, one.text) for one in asked[:5]] == [
        ("genitive", "kokin"),
        ("partitive", "kokkia"),
        ("translative", "kokiksi"),
        ("illative", "kokkiin"),
        ("plural", "kokit"),
    ]
    assert [one.kind for one in asked[5:]] == ["typo", "spoken"]
    assert {(one.uri, one.label) for one in asked} == {("o/1", "kokki")}


def test_the_verb_of_a_skill_is_conjugated() -> None:
    asked = disturbed_labels(taxonomy(("s/1", SKILL, "käyttää trukkia")), np.random.default_rng(0))
    assert [(one.kind, one.text) for one in asked[:4]] == [
        ("present", "käytän trukkia"),
        ("past", "käytin trukkia"),
        ("participle", "käyttänyt trukkia"),
        ("third infinitive", "käyttämään trukkia"),
    ]


@pytest.mark.parametrize("text", ["hitsaaja, laivat", "Python (ohjelmointi)", "vaatimukset"])
def test_labels_that_the_rules_do_not_know_are_not_drawn(text: str) -> None:
    assert disturbed_labels(taxonomy(("s/1", SKILL, text)), np.random.default_rng(0)) == []


def test_a_label_of_two_concepts_is_not_drawn() -> None:
    both = taxonomy(("o/1", OCCUPATION, "kokki"), ("o/2", OCCUPATION, "Kokki"))
    assert disturbed_labels(both, np.random.default_rng(0)) == []


def test_a_form_that_is_a_label_of_another_concept_is_not_asked() -> None:
    two = taxonomy(("o/1", OCCUPATION, "biologi"), ("s/1", SKILL, "biologia"))
    asked = [one.text for one in disturbed_labels(two, np.random.default_rng(0))]
    assert "biologin" in asked
    assert "biologia" not in asked


def test_figures_by_hand() -> None:
    # The cook always ranks first: right for all forms of the cook, none of the tailor's.
    trades = taxonomy(("o/1", OCCUPATION, "kokki"), ("o/2", OCCUPATION, "räätäli"))
    report = evaluate_robustness(trades, FixedScorer(0.5, 0.25))
    cases = ("genitive", "partitive", "translative", "illative", "plural")
    kinds = ("inflected", "typo", "spoken", *cases)
    assert list(report.figures) == [f"success@1 {kind}" for kind in kinds]
    assert set(report.figures.values()) == {1 / 2}
    assert (report.name, report.n_queries) == ("robustness", 2 * 7)
    assert (report.model, report.data) == ("fixed", "test")


def test_without_labels_to_disturb_it_says_what_to_load() -> None:
    with pytest.raises(NotReadyError, match="matcher import esco PATH"):
        evaluate_robustness(taxonomy(), FixedScorer())


def test_the_command_needs_a_taxonomy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path))
    answer = CliRunner().invoke(app, ["robustness", "--json", "--method", "tfidf"])
    assert isinstance(answer.exception, NotReadyError)


def test_the_command_prints_one_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = "uri\tcode\tlabel_fi\tlabel_sv\tlabel_en"
    folder = tmp_path / "esco"
    folder.mkdir()
    (folder / "occupations.tsv").write_text(f"{head}\no/1\t1\tkokki\tkock\tcook\n", "utf-8")
    (folder / "skills.tsv").write_text(f"{head}\ns/1\t\tkäyttää trukkia\t\t\n", "utf-8")
    monkeypatch.setenv("MATCHER_DATA", str(tmp_path))
    answer = CliRunner().invoke(app, ["robustness", "--json", "--method", "tfidf"])
    (report,) = json.loads(answer.stdout)
    assert (report["name"], report["success@1 inflected"], report["success@1 past"]) == (
        "robustness",
        1.0,
        1.0,
    )


def test_the_trades_of_the_built_in_region_withstand_disturbance() -> None:
    titles = {
        title for family in families().values() for title in family.speech[Lang.FI].occupations
    }
    trades = taxonomy(*((f"o/{title}", OCCUPATION, title) for title in sorted(titles)))
    figures = evaluate_robustness(trades, DenseScorer(load_encoder(Settings().encoder))).figures
    assert figures["success@1 inflected"] >= 0.95
    assert figures["success@1 typo"] >= 0.85
    assert figures["success@1 spoken"] >= 0.75


@pytest.mark.real
def test_the_labels_of_esco_withstand_disturbance() -> None:
    settings = Settings()
    if not (settings.data / "esco").is_dir():
        pytest.skip(f"needs the real data in {settings.data}: set MATCHER_DATA")
    esco = load_taxonomy(settings.data, settings.url)
    assert esco is not None
    report = evaluate_robustness(esco, DenseScorer(load_encoder(settings.encoder)))
    assert report.n_queries >= 600 * 6
    assert report.figures["success@1 inflected"] >= 0.95
    assert report.figures["success@1 typo"] >= 0.85
    assert report.figures["success@1 spoken"] >= 0.75
