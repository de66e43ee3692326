"""The notebooks run from top to bottom, and show what their text promises."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
PNG = b"\x89PNG\r\n\x1a\n"


def read(path: Path) -> nbformat.NotebookNode:
    # nbformat's own functions have no annotations.
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def run(name: str, folder: Path) -> list[dict[str, Any]]:
    """A notebook's outputs, from a kernel that finds no real data and leaves nothing behind."""
    notebook = read(NOTEBOOKS / name)
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MATCHER_HOME", "MATCHER_DATA"):
            patch.setenv(variable, str(folder / variable.lower()))
        NotebookClient(
            notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOKS)}}
        ).execute()
    assert not (folder / "matcher_home").exists()
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return run("tour.ipynb", tmp_path_factory.mktemp("tour"))


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return run("encoder.ipynb", tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="module")
def matching(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return run("matching.ipynb", tmp_path_factory.mktemp("matching"))


@pytest.fixture(scope="module")
def fairness(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return run("fairness.ipynb", tmp_path_factory.mktemp("fairness"))


def printed(outputs: list[dict[str, Any]]) -> str:
    """What a reader sees, tables as Markdown."""
    return "\n".join(
        output.get("text") or output["data"].get("text/markdown", "") for output in outputs
    )


@pytest.mark.slow
def test_the_tour_shows_the_whole_region_and_lists_for_everybody(
    tour: list[dict[str, Any]],
) -> None:
    text = printed(tour)
    read = dict(re.findall(r"^\| (\w+) \| (\d+) \| \2 \| 0 \|$", text, re.MULTILINE))
    assert list(read) == ["profiles", "ads", "needs", "trainings", "services"]
    assert f"lists for {read['profiles']} people" in text


@pytest.mark.slow
def test_the_tour_ends_in_lists_with_reasons(tour: list[dict[str, Any]]) -> None:
    first = re.findall(
        r"^\| 1 \| (.+) \| strong \| 0\.\d\d \| (.+) → (.+) \|$", printed(tour), re.M
    )
    assert "Työmaan logistiikkamies ilman raskaita nostoja" in [title for title, _, _ in first]


@pytest.mark.slow
def test_silence_is_unknown_and_an_empty_list_is_unmet(tour: list[dict[str, Any]]) -> None:
    rows = re.findall(r"^\| (nobody asked|asked: .+) \| (\w+) \|$", printed(tour), re.MULTILINE)
    assert rows == [
        ("nobody asked", "unknown"),
        ("asked: has none", "unmet"),
        ("asked: has B", "met"),
    ]


@pytest.mark.slow
def test_both_directions_give_one_score(tour: list[dict[str, Any]]) -> None:
    pattern = r"([\d.]+) from the person's side, ([\d.]+) from the need's side"
    forward, backward = re.findall(pattern, printed(tour))[0]
    assert forward == backward
    assert float(forward) > 0


@pytest.mark.slow
def test_a_need_comes_and_goes_within_the_day(tour: list[dict[str, Any]]) -> None:
    text = printed(tour)
    assert "| läsa byggritningar | rakennuspiirustusten lukeminen |" in text
    assert "tour-need in the list: False" in text


@pytest.mark.slow
def test_the_snapshot_before_serves_the_list_before(tour: list[dict[str, Any]]) -> None:
    text = printed(tour)
    now, back = re.findall(r"^(?:now|back): +(\S+)$", text, re.MULTILINE)
    assert now > back
    assert "the same list as before: True" in text


@pytest.mark.slow
def test_plots_are_images_and_nothing_is_printed_as_an_error(tour: list[dict[str, Any]]) -> None:
    images = [
        output["data"]["image/png"] for output in tour if "image/png" in output.get("data", {})
    ]
    assert [base64.b64decode(image)[:8] for image in images] == [PNG] * 4
    assert [output["text"] for output in tour if output.get("name") == "stderr"] == []


@pytest.mark.slow
def test_without_the_real_data_the_tour_says_so(tour: list[dict[str, Any]]) -> None:
    assert "The evaluation data is not here" in printed(tour)


@pytest.mark.slow
def test_the_map_of_occupations_is_a_picture(encoder: list[dict[str, Any]]) -> None:
    images = [
        output["data"]["image/png"] for output in encoder if "image/png" in output.get("data", {})
    ]
    assert [base64.b64decode(image)[:8] for image in images] == [PNG]
    assert [output["text"] for output in encoder if output.get("name") == "stderr"] == []
    assert "The evaluation data is not here" in printed(encoder)


@pytest.mark.slow
def test_names_of_occupations_find_their_own_in_every_other_language(
    encoder: list[dict[str, Any]],
) -> None:
    rows = re.findall(r"^\| (\w+ → \w+) \| (\d\.\d\d) \|", printed(encoder), re.MULTILINE)
    assert {pair for pair, _ in rows} == {
        *("Finnish → Swedish", "Finnish → English", "Swedish → Finnish"),
        *("Swedish → English", "English → Finnish", "English → Swedish"),
    }
    assert min(float(right) for _, right in rows) >= 0.8


@pytest.mark.slow
def test_everyday_phrases_have_neighbours_and_traps_are_told(
    encoder: list[dict[str, Any]],
) -> None:
    text = printed(encoder)
    assert "| klippa hår | frisör (sv) " in text
    caught, traps = re.findall(r"^(\d+) of (\d+) traps caught it$", text, re.MULTILINE)[0]
    assert text.count(" | ✗ |") == int(caught) > 0
    assert text.count(" | ✓ |") == int(traps) - int(caught)


@pytest.mark.slow
def test_the_first_jobs_of_three_clients_are_told_with_what_carries_them(
    matching: list[dict[str, Any]],
) -> None:
    text = printed(matching)
    assert text.count("The evaluation data is not here") == 3
    first = re.findall(r"^\| 1 \| (.+?) \| strong \| 0\.\d\d \| \S.* → ", text, re.MULTILINE)
    assert "Hitsaaja konepajalle Ruskoon" in first
    assert "Bändiohjaaja nuorisotalolle" in first
    assert [output["text"] for output in matching if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_committed_notebooks_hold_no_outputs_and_import_nothing_private(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells if cell.outputs] == []
    assert re.findall(r"import .*\b_\w+", "\n".join(cell.source for cell in cells)) == []


@pytest.mark.slow
def test_the_fairness_notebook_passes_what_is_fair_and_refuses_what_is_not(
    fairness: list[dict[str, Any]],
) -> None:
    shown = printed(fairness)
    assert "published" in shown
    assert "all within their bounds: True" in shown
    assert "refused by the gate groups: sex female" in shown
    assert "the real lists are as they were: True" in shown
    images = [each["data"]["image/png"] for each in fairness if "image/png" in each.get("data", {})]
    assert [base64.b64decode(image)[:8] for image in images] == [PNG]
