from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import link
from matcher.errors import NotReadyError
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.taxonomy.test_linker import CONCEPTS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(link, "load_encoder", lambda _: FakeEncoder(dimension=256))
    return tmp_path


@pytest.fixture
def loaded(home: Path) -> Path:
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        store.concepts.replace_all(CONCEPTS, [], "test")
    return home


def run(*arguments: str) -> Result:
    return CliRunner().invoke(link.app, list(arguments))


def test_concepts_are_shown_with_the_words_they_were_found_in(loaded: Path) -> None:
    lines = run("Olen kokki.", "--lang", "fi").stdout.splitlines()
    assert lines[1].split() == ["1.00", "occupation", "kokki", "kokki"]


def test_json_says_where_in_the_text(loaded: Path) -> None:
    answer = run("Olen kokki.", "--lang", "fi", "--json")
    assert json.loads(answer.stdout) == [
        {
            "uri": "o/cook",
            "kind": "occupation",
            "lang": "fi",
            "label": "kokki",
            "score": 1.0,
            "matched": {"start": 5, "end": 10, "text": "kokki"},
        }
    ]


def test_finding_nothing_is_said(loaded: Path) -> None:
    assert run("Hyvää huomenta", "--lang", "fi").stdout == "No concept was found.\n"
    assert json.loads(run("Hyvää huomenta", "--json").stdout) == []


def test_without_a_taxonomy_it_says_how_to_load_one(home: Path) -> None:
    assert isinstance(run("kokki").exception, NotReadyError)
