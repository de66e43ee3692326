import json
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli.generate import app
from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.ingest.records import OFFER_RECORDS, ProfileRecord, Record
from matcher.region.families import families
from matcher.region.generate import OULU_REGION, Sizes, area_of, region_stream, write_region

RECORDS: dict[str, type[Record]] = {
    "profiles": ProfileRecord,
    "ads": OFFER_RECORDS[OfferKind.VACANCY],
    "needs": OFFER_RECORDS[OfferKind.NEED],
    "trainings": OFFER_RECORDS[OfferKind.TRAINING],
    "services": OFFER_RECORDS[OfferKind.SERVICE],
}


def grown(profiles: int, offers: int, seed: int = 1) -> dict[str, list[dict[str, Any]]]:
    stream = region_stream(Sizes(profiles, offers), np.random.default_rng(seed))
    return {kind: list(rows) for kind, rows in stream}


@pytest.fixture(scope="module")
def region() -> dict[str, list[dict[str, Any]]]:
    return grown(2000, 2000)


def test_a_fifth_of_the_offers_are_needs_and_the_rest_ads() -> None:
    assert Sizes(10, 1000).counts() == {
        "profiles": 10,
        "ads": 800,
        "needs": 200,
        "trainings": 65,
        "services": 30,
    }


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(InputError, match="-1 offers cannot be made"):
        Sizes(0, -1)


def test_there_are_as_many_rows_as_asked_for(region: dict[str, list[dict[str, Any]]]) -> None:
    counts = {kind: len(rows) for kind, rows in region.items()}
    assert counts == Sizes(2000, 2000).counts()


def test_every_row_is_a_valid_record(region: dict[str, list[dict[str, Any]]]) -> None:
    for kind, rows in region.items():
        for row in rows[:400]:
            assert RECORDS[kind].model_validate(row).model_dump()["id"] == row["id"]


@pytest.mark.parametrize("kind", ["profiles", "ads", "needs"])
def test_nearly_all_texts_differ(region: dict[str, list[dict[str, Any]]], kind: str) -> None:
    texts = [row["text"] for row in region[kind]]
    assert len(set(texts)) >= 0.95 * len(texts)


def test_ids_are_unique(region: dict[str, list[dict[str, Any]]]) -> None:
    ids = [row["id"] for rows in region.values() for row in rows]
    assert len(set(ids)) == len(ids)


def test_the_same_seed_gives_the_same_region_and_another_seed_another() -> None:
    assert grown(50, 50) == grown(50, 50)
    assert grown(50, 50)["profiles"] != grown(50, 50, seed=2)["profiles"]


def test_a_larger_region_begins_with_the_smaller_one() -> None:
    small, large = grown(30, 30), grown(90, 300)
    for kind, rows in small.items():
        assert large[kind][: len(rows)] == rows


def test_competences_fit_the_occupation(region: dict[str, list[dict[str, Any]]]) -> None:
    for row in region["profiles"]:
        if row["language"] == "fi" and row["occupations_done"] == ["sairaanhoitaja"]:
            names = [competence["name"] for competence in row["competences"]]
            assert names[0] == "laillistetun sairaanhoitajan pätevyys"


def test_lorry_drivers_hold_the_licence_and_their_vacancies_ask_for_it(
    region: dict[str, list[dict[str, Any]]],
) -> None:
    lorry = "yhdistelmäajoneuvonkuljettaja"
    held = [
        r["licences"]
        for r in region["profiles"]
        if lorry in r["occupations_done"]
        if "licences" in r
    ]
    asked = [row["licences"] for row in region["ads"] if row["occupations"] == [lorry]]
    assert held
    assert all("CE" in licences for licences in held)
    assert {tuple(licences) for licences in asked} == {("CE",)}


def test_child_care_leaves_weekdays_only(region: dict[str, list[dict[str, Any]]]) -> None:
    bound = [
        row["hours"]["times"]
        for row in region["profiles"]
        if "ei ilta- eikä viikonlopputyötä lastenhoidon vuoksi" in row.get("restrictions", ())
        and "hours" in row
    ]
    assert {tuple(times) for times in bound} == {("day", "weekday")}


def test_some_constraints_were_never_asked(region: dict[str, list[dict[str, Any]]]) -> None:
    rows = region["profiles"]
    for field, share in (("licences", 0.92), ("cards", 0.85), ("commute", 0.9), ("hours", 0.87)):
        assert sum(field in row for row in rows) / len(rows) == pytest.approx(share, abs=0.03)


def test_about_half_of_the_needs_are_hidden(region: dict[str, list[dict[str, Any]]]) -> None:
    hidden = [row["hidden"] for row in region["needs"]]
    assert hidden.count(True) / len(hidden) == pytest.approx(0.5, abs=0.08)


def test_every_family_is_at_work(region: dict[str, list[dict[str, Any]]]) -> None:
    titles = {title for row in region["ads"] for title in row["occupations"]}
    for family in families().values():
        assert any(titles & set(speech.occupations) for speech in family.speech.values())


def test_people_live_in_the_municipalities_that_are_given() -> None:
    stream = dict(region_stream(Sizes(60, 0), np.random.default_rng(3), area_of(["Pori", "079"])))
    assert {row["municipality"] for row in stream["profiles"]} == {"609", "079"}


def test_people_live_in_the_oulu_region_otherwise(region: dict[str, list[dict[str, Any]]]) -> None:
    homes = {row["municipality"] for row in region["profiles"]}
    assert homes == set(OULU_REGION.options)


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(InputError, match="'Atlantis' is not a known municipality"):
        area_of(["Oulu", "Atlantis"])


def test_an_empty_area_is_refused() -> None:
    with pytest.raises(InputError, match="No municipality is given"):
        area_of([])


def test_memory_does_not_grow_with_the_number_of_profiles() -> None:
    def peak(profiles: int) -> int:
        stream = dict(region_stream(Sizes(profiles, 0), np.random.default_rng(0)))
        tracemalloc.start()
        for _ in stream["profiles"]:
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(1000) < peak(100) + 200_000


def test_files_hold_one_record_a_line_and_nothing_half_written(tmp_path: Path) -> None:
    written = write_region(tmp_path / "new" / "out", Sizes(7, 10), np.random.default_rng(0))
    for path, count in written.items():
        lines = path.read_text("utf-8").splitlines()
        last = json.loads(lines[-1])
        letter = "p" if path.stem == "attributes" else path.stem[0]
        assert last.get("id", last.get("profile")) == f"{letter}{count:06d}"
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == {
        *("profiles.jsonl", "ads.jsonl", "needs.jsonl", "trainings.jsonl", "services.jsonl"),
        "attributes.jsonl",
    }


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("x")
    with pytest.raises(InputError, match="taken cannot be written"):
        write_region(taken, Sizes(1, 0), np.random.default_rng(0))


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path) -> None:
    arguments = ["--profiles", "5", "--offers", "10", "--seed", "4", "--municipality", "Ii"]
    result = CliRunner().invoke(app, [*arguments, str(tmp_path)])
    profiles = [
        json.loads(line) for line in (tmp_path / "profiles.jsonl").read_text("utf-8").splitlines()
    ]
    assert result.exit_code == 0, result.output
    assert {row["municipality"] for row in profiles} == {"139"}
    assert [line.split()[0] for line in result.output.splitlines()[:3]] == ["5", "8", "2"]
