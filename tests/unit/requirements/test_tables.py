"""The tables of cues name codes that exist, and each cue finds itself."""

from __future__ import annotations

import pytest

from matcher.domain.codes import languages, permit_cards
from matcher.domain.parts import Cefr, WorkExtent, WorkingTime
from matcher.domain.text import Lang
from matcher.requirements.cues import Scanner, lower, table
from matcher.requirements.qualifications import (
    Field,
    checks,
    included,
    qualification_name,
    qualifications,
)

NAMED = ("qualifications", "checks")
TABLES = (
    *("ages", "burdens", "car", "cards", "checks", "extents", "languages", "levels", "own_words"),
    *("qualifications", "remote", "softeners", "strengths", "times", "wishes"),
)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_cues_in_finnish(name: str) -> None:
    assert [row for row in table(name) if not row["fi"]] == []
    assert all(None not in row for row in table(name))


def test_codes_of_cards_languages_levels_and_times_exist() -> None:
    assert {row["code"] for row in table("cards")} <= permit_cards().keys()
    assert {row["code"] for row in table("languages")} <= languages().keys()
    assert {row["level"] for row in table("levels")} <= set(Cefr)
    times = {code for row in table("times") for code in row["codes"].split(",")}
    assert times <= set(WorkingTime)
    assert {row["codes"] for row in table("extents")} == set(WorkExtent)


@pytest.mark.parametrize("name", NAMED)
def test_what_gates_show_has_a_name_in_every_language(name: str) -> None:
    columns = [f"name_{lang}" for lang in Lang]
    assert [row["code"] for row in table(name) if not all(row[each] for each in columns)] == []


def test_a_qualification_includes_what_is_known_and_never_itself_by_a_detour() -> None:
    known = qualifications().keys()
    for code, entry in qualifications().items():
        assert set(entry.includes) <= known
        assert all(code not in included(lower_one) for lower_one in entry.includes)


def test_who_is_a_midwife_is_a_nurse_and_has_a_higher_degree() -> None:
    assert included("midwife") == {"midwife", "nurse", "higher_degree"}


@pytest.mark.parametrize(
    ("field", "law"),
    [
        (Field.HEALTH, "559/1994"),
        (Field.TITLE_HEALTH, "559/1994"),
        (Field.SOCIAL, "817/2015"),
        (Field.EARLY, "540/2018"),
        (Field.TEACHING, "986/1998"),
        (Field.ELECTRICAL, "1135/2016"),
        (Field.TRADE, ""),
        (Field.DEGREE, ""),
    ],
)
def test_the_law_that_asks_for_a_qualification_is_named(field: Field, law: str) -> None:
    assert {each.law for each in qualifications().values() if each.field is field} == {law}


def test_an_unknown_code_is_its_own_name() -> None:
    assert qualification_name("nurse", Lang.SV) == "sjukskötare"
    assert qualification_name("juggler", Lang.SV) == "juggler"
    assert checks()["criminal_record"].name.fi == "rikosrekisteriote"


def test_the_longest_cue_wins_and_cues_do_not_overlap() -> None:
    scanner = Scanner([("short", "oma"), ("long", "oma auto*"), ("other", "auto")])
    found = [(hit.key, hit.start, hit.end) for hit in scanner.find("oma autoni ja auto")]
    assert found == [("long", 0, 10), ("other", 14, 18)]


@pytest.mark.parametrize(
    ("cell", "text", "found"),
    [
        ("b kortti", "b-kortti", True),
        ("b kortti", "bkortti", False),
        ("ea_?1", "ea1 ea 1", True),
        ("tuli_kortti", "tulikortti", True),
        ("kortti", "korttia", False),
        ("kortti*", "korttia", True),
        ("(oma|vuokra) auto", "vuokra-auto", True),
        ("(uusi )?auto", "auto", True),
        ("a(b|c)d", "acd", True),
        ("auto", "kauto", False),
    ],
)
def test_the_short_forms_of_a_cell(cell: str, text: str, found: bool) -> None:
    assert any(Scanner([("cue", cell)]).find(text)) is found


def test_lower_case_keeps_the_length() -> None:
    assert lower("ÄITI İstanbul") == "äiti İstanbul"
