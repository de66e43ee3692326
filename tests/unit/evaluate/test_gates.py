from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.match import GateKind
from matcher.errors import InputError
from matcher.evaluate.blocked import Judgement, gate_of, read_judgements
from matcher.evaluate.gates import Agreement, evaluate_gates
from tests.unit.evaluate.test_matching_set import WELDER, lines

TODAY = date(2026, 11, 22)
ADS = (
    {"id": "a1", "title": "Kuljettaja", "text": "Vaadimme C-kortin.", "municipality": "Oulu"},
    {"id": "a2", "title": "Keittäjä", "text": "Hygieniapassi vaaditaan.", "municipality": "Oulu"},
    {"id": "a3", "title": "Opas", "text": "Työ on hauskaa.", "municipality": "Helsinki"},
    {"id": "a4", "title": "Opas", "text": "Työ on hauskaa.", "municipality": "Helsinki"},
)


def judged(ad: str, grade: int, *blocked_by: str, near: bool | str = True) -> dict[str, Any]:
    return {
        "profile": "p1",
        "ad": ad,
        "grade": grade,
        "blocked_by": list(blocked_by),
        "location_km_ok": near,
        "reason": "",
    }


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "profiles.jsonl").write_text(lines(WELDER), "utf-8")
    (tmp_path / "corpus.jsonl").write_text(lines(*ADS), "utf-8")
    (tmp_path / "qrels.tsv").write_text("p1\t0\ta1\t2\n", "utf-8")
    (tmp_path / "duplicates.tsv").write_text("a4\ta3\n", "utf-8")
    return tmp_path


def judge_pairs(directory: Path, *rows: dict[str, Any]) -> None:
    (directory / "judgments.jsonl").write_text(lines(*rows), "utf-8")


def test_agreement_counts_pairs_by_kind_of_gate(directory: Path) -> None:
    judge_pairs(
        directory,
        judged("a1", 3, "driving licence C"),  # agreed
        judged("a2", 1, "language: Finnish"),  # the card is found, the language only noted
        judged("a3", 2, "unpaid", near=False),
    )
    report = evaluate_gates(directory, TODAY)
    assert (report.pairs, report.unmapped) == (3, {"unpaid": 1})
    assert report.kinds == {
        GateKind.LICENCE: Agreement(agreed=1, found=1, noted=1, asked=0),
        GateKind.CARD: Agreement(agreed=0, found=1, noted=0, asked=0),
        GateKind.LANGUAGE: Agreement(agreed=0, found=0, noted=1, asked=0),
        GateKind.COMMUTE: Agreement(agreed=1, found=1, noted=1, asked=0),
    }


def test_of_unsuitable_pairs_only_the_place_is_judged(directory: Path) -> None:
    judge_pairs(directory, judged("a1", 0, "driving licence C"), judged("a3", 0, near=False))
    report = evaluate_gates(directory, TODAY)
    assert report.pairs == 0
    assert report.kinds == {GateKind.COMMUTE: Agreement(agreed=1, found=1, noted=1, asked=0)}


def test_a_place_that_could_not_be_told_does_not_count(directory: Path) -> None:
    judge_pairs(directory, judged("a3", 2, near="unknown"))
    assert evaluate_gates(directory, TODAY).kinds == {}


def test_a_copy_is_judged_as_its_first(directory: Path) -> None:
    judge_pairs(directory, judged("a4", 2, near=False))
    assert read_judgements(directory) == (Judgement("p1", "a3", 2, (), False),)


def test_precision_and_recall_are_shares_and_none_of_nothing() -> None:
    one = Agreement(agreed=3, found=4, noted=6, asked=1)
    assert (one.precision, one.recall) == (0.75, 0.5)
    nothing = Agreement(agreed=0, found=0, noted=0, asked=0)
    assert (nothing.precision, nothing.recall) == (None, None)


def test_the_report_as_json_names_every_figure(directory: Path) -> None:
    judge_pairs(directory, judged("a1", 3, "driving licence C"))
    document = evaluate_gates(directory, TODAY).as_json()
    assert document["gates"] == {
        "licence": {
            "precision": 1.0,
            "recall": 1.0,
            "agreed": 1,
            "found": 1,
            "noted": 1,
            "asked": 0,
        }
    }
    assert json.loads(json.dumps(document))["n_queries"] == 1


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("language: Finnish", GateKind.LANGUAGE),
        ("driving licence B", GateKind.LICENCE),
        ("own car", GateKind.OWN_CAR),
        ("card: hygieniapassi", GateKind.CARD),
        ("qualification: sairaanhoitaja (Valvira)", GateKind.QUALIFICATION),
        ("student aged 15-17", GateKind.AGE),
        ("evening work", GateKind.WORKING_TIME),
        ("part-time only", GateKind.WORKING_TIME),
        ("restriction: heavy lifting", GateKind.RESTRICTION),
        ("security clearance", GateKind.BACKGROUND_CHECK),
        ("unpaid", None),
        ("self-employment", None),
    ],
)
def test_the_judges_phrases_by_kind_of_gate(phrase: str, kind: GateKind | None) -> None:
    assert gate_of(phrase) is kind


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**judged("a1", 1), "grade": "high"}, "grade"),
        ({**judged("a1", 1), "blocked_by": "language"}, "blocked_by"),
        ({**judged("a1", 1), "location_km_ok": "near"}, "location_km_ok"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(
    directory: Path, row: dict[str, Any], field: str
) -> None:
    judge_pairs(directory, judged("a1", 1), row)
    with pytest.raises(InputError, match="row 2") as error:
        read_judgements(directory)
    assert str(error.value.field).startswith(field)


def test_a_pair_without_its_ad_is_named(directory: Path) -> None:
    judge_pairs(directory, judged("a9", 1))
    with pytest.raises(InputError, match="p1, a9"):
        evaluate_gates(directory, TODAY)


def test_without_judgements_there_is_nothing_to_measure(directory: Path) -> None:
    with pytest.raises(InputError, match=r"judgments\.jsonl"):
        evaluate_gates(directory, TODAY)
