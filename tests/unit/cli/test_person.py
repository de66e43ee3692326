from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli.app import app
from matcher.config import load_settings
from matcher.domain.calendar import utc_now
from matcher.domain.profile import Profile
from matcher.errors import ForbiddenError, InputError, NotFoundError
from matcher.rights.retention import Kept
from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store

PERSON = Profile(id="tmt:p1", source="tmt", text="Hitsaan.", municipality="564")


@pytest.fixture(autouse=True)
def home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert([PERSON], utc_now())
    return store_file.parent


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(app, arguments)
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.output


def test_an_export_writes_a_file_for_machines_and_a_page(home: Path) -> None:
    paths = [Path(line) for line in run("person", "export", "tmt:p1").split()]
    assert [path.suffix for path in paths] == [".json", ".html"]
    assert {path.parent for path in paths} == {home / "exports"}
    assert [oct(path.stat().st_mode)[-3:] for path in paths] == ["600", "600"]
    assert "p1" not in paths[0].name
    assert json.loads(paths[0].read_text())["profile"]["text"] == "Hitsaan."
    assert "Tietosi Kohtaannossa" in paths[1].read_text()


def test_an_export_goes_where_it_is_told_and_speaks_as_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    run("person", "export", "tmt:p1", "--out", str(folder), "--lang", "sv")
    assert "Dina rättigheter" in next(folder.glob("*.html")).read_text()


def test_a_correction_takes_json_and_plain_words() -> None:
    run("person", "rectify", "tmt:p1", "municipality", "Kempele", "--reason", "Muutti.")
    run("person", "rectify", "tmt:p1", "licences", '["B"]', "--reason", "Näytti kortin.")
    with Store.open(load_settings().url) as store:
        profile = store.profiles.get("tmt:p1")
        reasons = [one.reason for one in store.corrections.of_profile("tmt:p1")]
    assert (profile.municipality, profile.licences) == ("244", ("B",))
    assert reasons == ["Muutti.", "Näytti kortin."]


def test_a_correction_without_a_reason_is_refused() -> None:
    with pytest.raises(InputError, match="needs a reason"):
        run("person", "rectify", "tmt:p1", "municipality", "244", "--reason", " ")


def test_an_erasure_prints_the_receipt_once_and_where_else_to_erase() -> None:
    told = run("person", "erase", "tmt:p1", "--yes", "--ground", "objection")
    assert "Erased, rows by table: profiles 1, audit_keys 1, profile_words 1." in told
    assert "The source 'tmt' may bring the profile back" in told
    found = re.search(r"Receipt for the person, shown only now: (\S+)", told)
    assert found
    with Store.open(load_settings().url) as store:
        assert store.profiles.ids() == []
    proof = run("retention", "proofs", "--person", "tmt:p1", "--receipt", found[1])
    assert re.match(r"erasure-\w+: .* UTC, objection, 3 rows, archives wait", proof)
    assert run("retention", "proofs") == proof
    with pytest.raises(NotFoundError):
        run("retention", "proofs", "--person", "tmt:p2", "--receipt", found[1])


def test_an_erasure_asks_first_and_no_is_no() -> None:
    answer = CliRunner().invoke(app, ["person", "erase", "tmt:p1"], input="n\n")
    assert answer.exit_code == 1
    with Store.open(load_settings().url) as store:
        assert store.profiles.ids() == ["tmt:p1"]


def test_a_hold_refuses_an_erasure_until_it_is_released() -> None:
    told = run("retention", "hold", "--person", "tmt:p1", "--reason", "KHO 7/2026")
    hold = told.partition(":")[0]
    assert f"{hold}: tmt:p1 is held since" in run("retention", "list")
    with pytest.raises(ForbiddenError, match="KHO 7/2026"):
        run("person", "erase", "tmt:p1", "--yes")
    assert run("retention", "release", hold) == f"Released {hold}.\n"
    assert "Erased" in run("person", "erase", "tmt:p1", "--yes")


def test_the_periods_are_listed_with_what_they_rest_on() -> None:
    told = run("retention", "list")
    assert [line.split()[0] for line in told.splitlines()] == list(Kept)
    assert "journals            365 days         Regulation (EU) 2024/1689" in told
    assert "case_work           with the person  Goes with the profile" in told


@pytest.mark.parametrize("arguments", [(), ("--person", "tmt:p1", "--kind", "lists")])
def test_a_hold_is_on_a_person_or_on_a_kind(arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match="Say what to hold"):
        run("retention", "hold", "--reason", "x", *arguments)


def test_a_proof_is_looked_for_with_person_and_receipt() -> None:
    with pytest.raises(InputError, match="both --person and --receipt"):
        run("retention", "proofs", "--person", "tmt:p1")


def test_rows_in_quarantine_are_found_by_their_words() -> None:
    row = QuarantinedRow(
        kind="profiles",
        format="own",
        source="",
        file="people.jsonl",
        row="line 3",
        field="licences",
        reason="no such class",
        remedy="Correct it.",
        raw='{"text": "K\\u00e4sity\\u00f6l\\u00e4inen Inarista"}',
        at=utc_now(),
    )
    with Store.open(load_settings().url) as store:
        store.quarantine.add([row])
    assert "people.jsonl, line 3" in run("quarantine", "find", "käsityöläinen")
    assert run("quarantine", "find", "nobody").startswith("0 rows found.")
