from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.needs import app
from matcher.domain.parts import Support
from matcher.encode.records import RecordEncoder
from matcher.errors import InputError, NotFoundError
from matcher.match import service
from matcher.store.store import Store
from tests.fakes import FakeEncoder
from tests.unit.match.region import NEED, WELDER, Region


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    home = tmp_path_factory.mktemp("home")
    with Store.open(f"sqlite:///{home}/store.sqlite") as store:
        region = Region(store, RecordEncoder(FakeEncoder(256)), home / "snapshots")
        able = replace(WELDER, cards=("074",))
        region.add(
            *(replace(able, id=f"able-{i}") for i in range(6)),
            *(replace(WELDER, id=f"cardless-{i}", cards=()) for i in range(7)),
            replace(NEED, cards=("074",), support=(Support.WORK_TRIAL,)),
        )
        region.publish()
        yield region


@pytest.fixture(autouse=True)
def _settings(built: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(built.root.parent))
    monkeypatch.setattr(service, "load_encoder", lambda name: FakeEncoder(256))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_an_insight_is_told_in_plain_words() -> None:
    assert run("insight", "n-weld", "--lang", "en").stdout.splitlines() == [
        "strong match: 6",
        "good match: under 5",
        "possible match: under 5",
        "too little known: under 5",
        "Forklift card: shuts out 7; without it, 7 more people could be offered this",
        "work trial, which you are ready for, could help: under 5",
        "pay subsidy could help: under 5",
        "training agreement could help: under 5",
        "Who is entitled to a support is decided person by person.",
    ]
    finnish = "Trukkikortti: sulkee pois 7; ilman tätä vaatimusta työtä voisi tarjota 7 ihmiselle"
    assert finnish in run("insight", "n-weld").stdout


def test_an_insight_in_json_tells_no_small_number() -> None:
    told = json.loads(run("insight", "n-weld", "--json").stdout)
    assert told["bands"] == {"strong": 6, "good": None, "possible": None, "too_little_known": None}
    assert told["obstacles"] == [{"gate": "card", "required": "074", "shuts_out": 7, "brings": 7}]


def test_a_need_that_is_not_stored_is_told() -> None:
    assert isinstance(run("insight", "n-nothing").exception, NotFoundError)


def test_words_are_checked_from_the_command_line_or_a_file(tmp_path: Path) -> None:
    said = run("check", "Vi söker en glad tjej till kaféet.").stdout
    assert said.startswith("”")
    assert "609/1986" in said
    path = tmp_path / "need.txt"
    path.write_text("Edellytämme edustavaa ulkonäköä.", "utf-8")
    [found] = json.loads(run("check", str(path), "--json").stdout)
    assert (found["ground"], found["lang"]) == ("appearance", "fi")
    fine = "Nothing was found. A person should still read it.\n"
    assert run("check", "Meillä on nuorekas tiimi. " * 40).stdout == fine


def test_words_longer_than_a_path_in_bytes_are_words_all_the_same() -> None:
    said = run("check", "Etsimme työntekijää, äidinkielenä suomi. " + "ä" * 200)
    assert said.exception is None
    assert said.stdout.startswith("”äidinkielenä” (language)")


def test_a_file_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "need.txt"
    path.write_bytes("Etsimme nuorta työntekijää".encode("latin-1"))
    result = run("check", str(path))
    assert isinstance(result.exception, InputError)
    assert "not UTF-8" in str(result.exception)
