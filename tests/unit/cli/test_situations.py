from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli.areas import app as areas_app
from matcher.cli.situations import app
from matcher.config import load_settings
from matcher.domain.profile import Profile
from matcher.errors import InputError, NotFoundError
from matcher.store.store import Store
from tests.unit.match.region import NOW

LINE = {
    "profile": "p1",
    "registrations": [{"period": {"start": "2026-03-02"}}],
    "services": [],
    "supported_work": [],
    "benefit_days": {"days": 3, "counted": "2026-03-16"},
    "basis": [{"basis": "business_started", "holds": True}],
}


@pytest.fixture(autouse=True)
def _home(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_HOME", str(store_file.parent))
    with Store.open(load_settings().url) as store:
        store.profiles.upsert(
            [Profile(id="p1", municipality="091"), Profile(id="p2", municipality=None)], NOW
        )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def file(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "situations.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def test_a_situation_that_was_set_is_shown_as_it_was_written(tmp_path: Path) -> None:
    said = run("situation", "set", file(tmp_path, LINE))
    assert said.stdout == "Set the situations of 1 clients.\n"
    shown = json.loads(run("situation", "show", "p1").stdout)
    assert shown["registrations"] == [{"period": {"start": "2026-03-02"}, "interruptions": []}]
    assert shown["benefit_days"] == {"days": 3, "counted": "2026-03-16"}
    assert "benefit" not in shown


def test_a_pathway_names_what_is_due_and_what_is_missing(tmp_path: Path) -> None:
    run("situation", "set", file(tmp_path, LINE))
    said = run("pathway", "p1", "--on", "2026-03-17", "--lang", "en")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines() == [
        "Employment areas of Finland, 2026 (finland-2026), 17 Mar 2026",
        "In the target group: yes (home municipality in the area and unemployed jobseeker) "
        "– target@2026-01-01, Act 380/2023",
        "Unit that serves: Helsinki",
        "Phase: self-directed search or training agreement or work trial at a company "
        "– a fact is missing",
        "  ? When does or did the earnings-related allowance end?",
        "first interview: overdue 16 Mar 2026 – the employment authority",
        "job-search discussion: upcoming 2 Jun 2026 – the employment authority",
        "competence mapping: upcoming 2 Jun 2026 – the personal coach",
        "offer of a training agreement or work trial: a fact is missing 9 Feb 2028 "
        "– the personal coach",
        "  ? When does or did the earnings-related allowance end?",
        "health mapping: upcoming 9 Jan 2030 – a health specialist",
        "offer of supported work: upcoming 9 Jan 2030 – the multi-professional network",
    ]


def test_a_pathway_as_json_has_the_rules_and_their_versions(tmp_path: Path) -> None:
    run("situation", "set", file(tmp_path, LINE))
    document = json.loads(run("pathway", "p1", "--on", "2026-03-17", "--json").stdout)
    assert document["area"] == "finland-2026"
    assert document["target"]["truth"] == "yes"
    assert document["target"]["rule"]["valid_from"] == "2026-01-01"
    assert document["phase"]["reached"] == "self_directed"
    [grant] = document["instruments"]
    assert (grant["instrument"], grant["truth"]) == ("startup_grant", "no")
    assert grant["because"] == ["yritystoiminta alkanut"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"registrations": [{"period": {"start": "2026-03-02", "end": "2026-03-01"}}]}, "before"),
        ({"benefit": "dole"}, r"line 1, benefit: .*'earnings_related'"),
        ({"first_language": "klingon"}, "'klingon' is not a known language"),
        ({"basis": [{"basis": "service_need", "holds": None}]}, r"basis.0.holds"),
        ({"basis": 2 * [{"basis": "service_need", "holds": True}]}, "named twice"),
        ({"profile": 7}, "names nobody"),
        ({"wage": 12}, "wage"),
        ({"benefit_days": {"days": 0, "counted": "9999-12-30"}}, "the year 9999"),
    ],
)
def test_a_wrong_line_is_refused_and_nothing_is_set(
    change: dict[str, object], said: str, tmp_path: Path
) -> None:
    result = run("situation", "set", file(tmp_path, {**LINE, **change}))
    assert isinstance(result.exception, InputError)
    with pytest.raises(InputError, match=said):
        raise result.exception
    assert json.loads(run("situation", "show", "p1").stdout) == {"profile": "p1", "basis": []}


@pytest.mark.parametrize(
    ("lines", "error"),
    [([LINE, LINE], InputError), ([{**LINE, "profile": "p9"}], NotFoundError), (["x"], InputError)],
)
def test_a_line_too_many_or_for_nobody_is_refused(
    lines: list[object], error: type[Exception], tmp_path: Path
) -> None:
    assert isinstance(run("situation", "set", file(tmp_path, *lines)).exception, error)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("p2",), InputError, "home municipality is unknown"),
        (("p1", "--on", "2024-06-01"), InputError, "home municipality 091 on 2024-06-01"),
        (("p1", "--area", "oulu"), NotFoundError, "no area 'oulu'"),
        (("p1", "--area", "oulu-2021"), InputError, "no rules for"),
        (("p9",), NotFoundError, "no profile 'p9'"),
    ],
)
def test_a_pathway_without_rules_or_person_is_refused(
    arguments: tuple[str, ...], error: type[Exception], said: str
) -> None:
    result = run("pathway", *arguments)
    assert result.exception
    with pytest.raises(error, match=said):
        raise result.exception


def test_the_areas_are_listed_with_their_days() -> None:
    lines = CliRunner().invoke(areas_app, ["list", "--lang", "en"]).stdout.splitlines()
    assert lines[0] == "finland-2026    2026-01-01 –             Employment areas of Finland, 2026"
    assert [line.split()[0] for line in lines[1:]] == [
        "oulu-2021",
        "pirkanmaa-2021",
        "pori-2021",
        "turku-2017",
    ]


def test_a_right_area_file_is_told_to_be_so() -> None:
    path = Path(__file__).parents[3] / "matcher" / "pathways" / "areas" / "pori-2021.toml"
    said = CliRunner().invoke(areas_app, ["check", str(path)]).stdout
    assert said == (
        "pori-2021: 3 municipalities and 25 rules without contradiction, gap or overlap.\n"
    )


def test_a_right_law_file_is_told_to_be_so() -> None:
    path = Path(__file__).parents[3] / "matcher" / "pathways" / "laws" / "act-380-2023.toml"
    said = CliRunner().invoke(areas_app, ["check", str(path), "--law"]).stdout
    assert said == "act-380-2023: 12 rules without contradiction, gap or overlap.\n"


def test_an_area_is_shown_in_a_language() -> None:
    said = CliRunner().invoke(areas_app, ["show", "pori-2021", "--lang", "sv"]).stdout
    assert said.startswith("# Kommunförsöket i Björneborgsregionen\n")
