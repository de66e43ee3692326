"""``matcher import``, ``template`` and ``quarantine`` as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli.imports import AFTER_ESCO, PARTLY, app
from matcher.config import load_settings
from matcher.errors import InputError
from matcher.store.store import Store

ROWS = '{"id": "p1", "text": "Osaan siivota."}\n{"id": "p2"}\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("MATCHER_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str, status: int = 0) -> str:
    """Return what a command prints."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.output


def test_an_import_prints_its_counts_and_where_to_look(home: Path) -> None:
    path = home / "a.jsonl"
    path.write_text(ROWS)
    assert run("import", "profiles", str(path), status=PARTLY) == (
        f"{path}: own\n"
        "profiles: 2 read, 1 new, 0 changed, 0 unchanged, 0 closed, 1 quarantined.\n"
        "  1 × home municipality unknown: only admins see the profile; --municipality gives one\n"
        "1 row could not be used; `matcher quarantine list --kind profiles` says why.\n"
    )


def test_the_quarantine_is_listed_and_tried_again(home: Path) -> None:
    path = home / "a.jsonl"
    path.write_text(ROWS)
    run("import", "profiles", str(path), status=PARTLY)
    assert run("quarantine", "list") == (
        f"1  profiles: {path}, line 2: the profile says nothing: give text, competences, "
        "occupations_done or occupations_wanted. Correct the value.\n"
        "1 row in quarantine.\n"
    )
    assert run("quarantine", "list", "--kind", "ads") == "0 rows in quarantine.\n"
    assert run("quarantine", "retry") == "Tried 1 row: 0 stored, 1 left in quarantine.\n"


def test_corrected_rows_replace_the_quarantined_ones_of_their_file(home: Path) -> None:
    path = home / "a.jsonl"
    path.write_text(ROWS)
    run("import", "profiles", str(path), status=PARTLY)
    path.write_text(ROWS.replace('"p2"', '"p2", "text": "Osaan leipoa."'))
    run("import", "profiles", str(path))
    assert run("quarantine", "list") == "0 rows in quarantine.\n"


def test_rows_in_quarantine_are_dropped_by_id_or_all(home: Path) -> None:
    path = home / "a.jsonl"
    path.write_text(ROWS + '{"id": "p3"}\n{"id": "p4"}\n')
    run("import", "profiles", str(path), status=PARTLY)
    assert run("quarantine", "drop", "1") == "Dropped 1 row.\n"
    with Store.open(load_settings().url) as store:
        assert [row.id for row in store.quarantine.all()] == [2, 3]
    assert run("quarantine", "drop", "--all") == "Dropped 2 rows.\n"
    assert run("quarantine", "list") == "0 rows in quarantine.\n"


def test_an_unknown_id_drops_nothing(home: Path) -> None:
    path = home / "a.jsonl"
    path.write_text(ROWS)
    run("import", "profiles", str(path), status=PARTLY)
    with pytest.raises(InputError, match="Not in quarantine: 7"):
        run("quarantine", "drop", "1", "7")
    with Store.open(load_settings().url) as store:
        assert [row.id for row in store.quarantine.all()] == [1]


@pytest.mark.parametrize("arguments", [[], ["1", "--all"]])
def test_dropping_needs_either_ids_or_all(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="Say which rows to drop"):
        run("quarantine", "drop", *arguments)


@pytest.mark.parametrize("told", ["Turku", "Åbo", "853"])
def test_the_home_is_given_by_code_or_name(home: Path, told: str) -> None:
    (home / "a.jsonl").write_text('{"id": "p1", "text": "a"}\n')
    run("import", "profiles", str(home / "a.jsonl"), "--municipality", told)
    with Store.open(load_settings().url) as store:
        assert store.profiles.get("p1").municipality == "853"


def test_an_unknown_home_is_refused_and_so_is_one_of_offers(home: Path) -> None:
    (home / "a.jsonl").write_text('{"id": "p1", "text": "a"}\n')
    with pytest.raises(InputError, match="'Atlantis' is no municipality"):
        run("import", "profiles", str(home / "a.jsonl"), "--municipality", "Atlantis")
    with pytest.raises(InputError, match="ads have none"):
        run("import", "ads", str(home / "a.jsonl"), "--municipality", "Turku")


def test_a_full_import_closes_and_says_so(home: Path) -> None:
    both, one = home / "a.jsonl", home / "b.jsonl"
    both.write_text('{"id": "p1", "text": "a"}\n{"id": "p2", "text": "b"}\n')
    one.write_text('{"id": "p1", "text": "a"}\n')
    run("import", "profiles", str(both))
    assert "1 unchanged, 1 closed" in run("import", "profiles", str(one), "--full")
    with Store.open(load_settings().url) as store:
        assert store.profiles.ids() == ["p1"]


def test_accepting_loss_needs_a_full_import(home: Path) -> None:
    (home / "a.jsonl").write_text(ROWS)
    with pytest.raises(InputError, match="--accept-loss says nothing without --full"):
        run("import", "profiles", str(home / "a.jsonl"), "--accept-loss")


def test_esco_is_imported_from_a_folder(home: Path) -> None:
    folder = home / "esco"
    folder.mkdir()
    for name in ("skills_fi.csv", "occupations_fi.csv"):
        (folder / name).write_text(f"conceptUri,preferredLabel\nesco:{name},keittää\n")
    first = run("import", "esco", str(folder))
    assert first.endswith(f"imported: 2 concepts (fi), 0 relations.\n{AFTER_ESCO}\n")
    again = run("import", "esco", str(folder))
    assert "unchanged, it was loaded already" in again
    assert AFTER_ESCO not in again


def test_a_template_goes_to_the_terminal_or_to_a_file(home: Path) -> None:
    printed = run("template", "needs")
    assert "\nid;language;title_fi;" in printed.replace("\r", "")
    for name in ("needs.csv", "needs.xlsx", "needs.json"):
        assert run("template", "needs", str(home / name)) == f"Wrote {home / name}.\n"
    assert (home / "needs.xlsx").read_bytes().startswith(b"PK")
    assert (home / "needs.json").read_text().startswith("[\n")


def test_a_template_overwrites_nothing(home: Path) -> None:
    run("template", "ads", str(home / "ads.csv"))
    with pytest.raises(InputError, match="nothing is overwritten"):
        run("template", "ads", str(home / "ads.csv"))


def test_esco_has_no_template() -> None:
    with pytest.raises(InputError, match="ESCO has no template"):
        run("template", "esco")


def test_a_workbook_is_not_printed() -> None:
    with pytest.raises(InputError, match="A workbook needs a file"):
        run("template", "ads", "--format", "xlsx")
