"""Loose values of other people's formats: what can be understood is, the rest does no harm."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given

from matcher.domain.text import Lang, LocalText
from matcher.ingest.rows import Notes
from matcher.ingest.values import (
    NAIVE_TIME,
    day,
    items,
    joined,
    language_of,
    localised,
    main_language,
    mapping,
    number,
    plain,
    string,
)
from tests.unit.ingest.test_tyomarkkinatori_v1 import JSON


@pytest.mark.parametrize(
    ("value", "expected", "noted"),
    [
        ("2026-08-31T22:30:00Z", date(2026, 9, 1), []),
        ("2026-01-31T22:30:00+00:00", date(2026, 2, 1), []),
        ("2026-01-31T21:30:00.000Z", date(2026, 1, 31), []),
        ("2026-08-31T22:30:00", date(2026, 8, 31), [NAIVE_TIME]),
        ("2026-08-31", date(2026, 8, 31), []),
        ("1.9.2026", date(2026, 9, 1), []),
        ("0001-01-01T00:00:00", None, []),
        ("", None, []),
        (None, None, []),
        ("31.2.2026", None, ["date not understood: '2026-02-31'"]),
        ("heti", None, ["date not understood: 'heti'"]),
    ],
)
def test_a_moment_is_a_day_in_finland(
    value: object, expected: date | None, noted: list[str]
) -> None:
    notes: Notes = Counter()
    assert (day(value, notes), list(notes)) == (expected, noted)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("teksti", LocalText("teksti")),
        ({"fi": "a", "sv": "b", "de": "c"}, LocalText("a", "b")),
        (
            [{"kieliKoodi": "sv", "arvo": "b"}, {"kieliKoodi": "fi", "arvo": "a"}],
            LocalText("a", "b"),
        ),
        ([{"kieliKoodi": "de", "arvo": "c"}], LocalText()),
        ({"kieliKoodi": "en", "arvo": "c"}, LocalText(en="c")),
        (["a"], LocalText("a")),
        (None, LocalText()),
    ],
)
def test_a_text_is_read_in_each_of_its_shapes(value: object, expected: LocalText) -> None:
    assert localised(value) == expected


def test_a_plain_text_is_in_the_given_language() -> None:
    assert localised("text", Lang.SV) == LocalText(sv="text")


def test_texts_are_joined_language_by_language() -> None:
    assert joined([LocalText("a", "x"), LocalText(), LocalText("b")]) == LocalText("a\nb", "x")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<p>Yksi</p><ul><li>kaksi</li><li>kolme</li></ul>", "Yksi\n kaksi\n kolme"),
        ("A &amp; B&nbsp;C", "A & B C"),
        ("x < 3 ja y > 2", "x < 3 ja y > 2"),
        ("a\r\nb\n\n\n\nc", "a\nb\n\nc"),
        (5, "5"),
        (True, ""),
        ({"a": 1}, ""),
    ],
)
def test_html_and_line_ends_become_plain_text(value: object, expected: str) -> None:
    assert [line.strip() for line in plain(value).split("\n")] == [
        line.strip() for line in expected.split("\n")
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("37,5", 37.5), (40, 40.0), ("0", None), (-1, None), ("inf", None), ("x", None), (None, None)],
)
def test_only_positive_numbers_are_numbers(value: object, expected: float | None) -> None:
    assert number(value) == expected


def test_the_main_language_is_one_that_the_text_has() -> None:
    assert main_language(["sv", "fi"], LocalText("a", "b")) is Lang.SV
    assert main_language(["en"], LocalText("a")) is Lang.FI
    assert main_language(["de"], LocalText(en="a")) is Lang.EN
    assert main_language(None, LocalText()) is Lang.FI


def test_a_language_that_the_service_lacks_is_read_as_finnish_and_noted() -> None:
    notes: Notes = Counter()
    assert (language_of("sv_SE", notes), language_of("de", notes)) == (Lang.SV, Lang.FI)
    assert notes == {"language 'de' read as fi": 1}


@given(JSON)
def test_any_value_has_a_shape(value: object) -> None:
    assert isinstance(string(value), str)
    assert isinstance(items(value), list)
    assert isinstance(mapping(value), dict)
    assert isinstance(localised(value), LocalText)
