from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.domain.offer import Vacancy
from matcher.domain.parts import (
    Cefr,
    Commute,
    Competence,
    Evidence,
    Hours,
    LanguageSkill,
    Level,
    Occupation,
    Place,
    Restriction,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.evaluate.matching_set import MatchingSet, read_matching

WELDER: dict[str, Any] = {
    "id": "p1",
    "language": "fi",
    "text": "Olen hitsannut kauan.",
    "competences": [
        {"name": "hitsaus", "level": "vahva", "evidence": "työ"},
        {"name": "sorvaus", "level": None, "evidence": "harrastus"},
    ],
    "occupations_done": ["hitsaaja"],
    "occupations_wanted": ["levyseppä"],
    "education": "ammattikoulu",
    "languages": ["fi:native", "en:B1"],
    "licences": ["B"],
    "cards": ["tulityökortti"],
    "municipality": "564",
    "commute": {"max_km": 30},
    "working_time": ["päivä", "vuoro", "osa-aika"],
    "restrictions": ["ei raskaita nostoja"],
}
COOK = {
    **WELDER,
    "id": "p2",
    "text": "Keitän keittoja.",
    "competences": [{"name": "keittojen keittäminen", "level": "hyvä", "evidence": "työ"}],
    "occupations_done": ["keittäjä"],
    "occupations_wanted": ["kokki"],
}
WELDING: dict[str, Any] = {
    "id": "a1",
    "title": "Hitsaaja",
    "text": "Osaat sorvata ja hitsata: hitsaus, sorvaus.",
    "company": "Telakka Oy",
    "municipality": "Oulu",
    "lang": "fi",
}
COOKING = {"id": "a2", "title": "Kokki", "text": "Osaat keittojen keittäminen, keittäjä."}
TEACHING = {"id": "a3", "title": "Lärare", "text": "Skolan är gammal.", "lang": "sv"}
COPY = {**WELDING, "id": "a4"}


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def judged(profile: str, ad: str, blocked_by: list[str], near: bool | None) -> dict[str, Any]:
    return {"profile": profile, "ad": ad, "blocked_by": blocked_by, "location_km_ok": near}


FILES = {
    "profiles.jsonl": lines(WELDER, COOK),
    "corpus.jsonl": lines(WELDING, COOKING, TEACHING, COPY),
    "qrels.tsv": "p1\t0\ta1\t2\np1\t0\ta4\t3\np1\t0\ta2\t0\np2\t0\ta2\t3\n",
    "duplicates.tsv": "a4\ta1\n",
    "judgments.jsonl": lines(
        judged("p1", "a4", ["B"], True),
        judged("p2", "a2", [], None),
        judged("p2", "a1", [], False),
    ),
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_profiles_are_read_with_their_facts(tmp_path: Path) -> None:
    task = read_matching(write(tmp_path, FILES))
    assert task.profiles[0] == Profile(
        id="p1",
        language=Lang.FI,
        text="Olen hitsannut kauan.",
        competences=(
            Competence("hitsaus", Level.STRONG, Evidence.WORK),
            Competence("sorvaus", None, Evidence.HOBBY),
        ),
        occupations_done=(Occupation("hitsaaja"),),
        occupations_wanted=(Occupation("levyseppä"),),
        education="ammattikoulu",
        languages=(LanguageSkill("fi", Cefr.NATIVE), LanguageSkill("en", Cefr.B1)),
        licences=("B",),
        cards=task.profiles[0].cards,
        municipality="564",
        commute=Commute(max_km=30),
        hours=Hours((WorkingTime.DAY, WorkingTime.SHIFT), (WorkExtent.PART_TIME,)),
        restrictions=(Restriction("ei raskaita nostoja"),),
    )
    assert [profile.id for profile in task.profiles] == ["p1", "p2"]


def test_cards_are_read_as_codes(tmp_path: Path) -> None:
    row = {**WELDER, "cards": ["074", "hygieniapassi", "jäsenkortti"]}
    task = read_matching(write(tmp_path, {**FILES, "profiles.jsonl": lines(row)}))
    assert task.profiles[0].cards is not None
    assert task.profiles[0].cards[0] == "074"
    assert all(code.isdigit() for code in task.profiles[0].cards)


def test_ads_are_read_without_those_that_say_the_same_as_another(tmp_path: Path) -> None:
    task = read_matching(write(tmp_path, FILES))
    assert [ad.id for ad in task.ads] == ["a1", "a2", "a3"]
    assert task.ads[0] == Vacancy(
        id="a1",
        title=LocalText(fi="Hitsaaja"),
        text=LocalText(fi="Osaat sorvata ja hitsata: hitsaus, sorvaus."),
        organisation="Telakka Oy",
        place=Place(municipalities=("564",)),
    )
    assert (task.ads[2].language, task.ads[2].title) == (Lang.SV, LocalText(sv="Lärare"))


def test_an_ad_has_the_best_grade_of_its_copies(tmp_path: Path) -> None:
    task = read_matching(write(tmp_path, FILES))
    assert task.qrels == {"p1": {"a1": 3, "a2": 0}, "p2": {"a2": 3}}


def test_without_a_list_of_duplicates_every_ad_stands_for_itself(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "duplicates.tsv"}
    task = read_matching(write(tmp_path, files))
    assert [ad.id for ad in task.ads] == ["a1", "a2", "a3", "a4"]
    assert task.qrels["p1"] == {"a1": 2, "a4": 3, "a2": 0}


def test_what_a_constraint_rules_out_or_lies_too_far_is_blocked(tmp_path: Path) -> None:
    task = read_matching(write(tmp_path, FILES))
    assert task.blocked == {("p1", "a1"), ("p2", "a1")}


def test_blocked_ads_are_worth_nothing_and_profiles_without_a_good_one_are_left_out(
    tmp_path: Path,
) -> None:
    task = read_matching(write(tmp_path, FILES))
    assert task.eligible == {"p2": {"a2": 3}}
    assert replace(task, blocked=frozenset()).eligible == task.qrels


def test_without_judgements_nothing_is_blocked(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "judgments.jsonl"}
    assert read_matching(write(tmp_path, files)).blocked == frozenset()


def test_the_name_is_the_folders_and_the_fingerprint_changes_with_any_file(tmp_path: Path) -> None:
    before = read_matching(write(tmp_path, FILES))
    assert before.name == tmp_path.name
    assert read_matching(tmp_path).data == before.data
    prints = {before.data}
    for name, text in FILES.items():
        prints.add(read_matching(write(tmp_path, {**FILES, name: text + "\n"})).data)
    assert len(prints) == 1 + len(FILES)


def without(row: dict[str, Any], field: str) -> str:
    return lines({name: value for name, value in row.items() if name != field})


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("qrels.tsv", "p1\ta1\t3\n", "qrels.tsv, row 1: 3 columns instead of 4"),
        ("qrels.tsv", "p1\t0\ta1\tgood\n", "The grade 'good' of p1 and a1 is no number"),
        ("duplicates.tsv", "a4\n", "duplicates.tsv, row 1: 1 columns instead of 2"),
        ("corpus.jsonl", "{\n", "corpus.jsonl, row 1: No JSON"),
        ("corpus.jsonl", without(WELDING, "title"), "corpus.jsonl, row 1, title: Missing"),
        ("profiles.jsonl", lines(WELDER) + without(COOK, "text"), "row 2, text: Missing"),
        ("profiles.jsonl", lines({**WELDER, "language": "xx"}), "profiles.jsonl, row 1, language"),
        ("judgments.jsonl", lines({"profile": "p1"}), "judgments.jsonl, row 1, ad: Missing"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, file: str, text: str, message: str) -> None:
    write(tmp_path, {**FILES, file: text})
    with pytest.raises(InputError) as caught:
        read_matching(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize("file", ["profiles.jsonl", "corpus.jsonl", "qrels.tsv"])
def test_a_folder_without_a_file_is_no_benchmark(tmp_path: Path, file: str) -> None:
    write(tmp_path, FILES)
    (tmp_path / file).unlink()
    with pytest.raises(InputError, match=f"{file} is missing. Give a benchmark folder"):
        read_matching(tmp_path)


def test_an_empty_list_of_pairs_has_no_eligible_profile() -> None:
    assert MatchingSet("x", (), (), {}, frozenset(), "").eligible == {}
