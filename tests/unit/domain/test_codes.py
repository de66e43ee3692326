from __future__ import annotations

from math import acos, cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.codes import (
    EARTH_RADIUS_KM,
    code_name,
    countries,
    distance_km,
    language_code,
    languages,
    municipalities,
    municipality_code,
    permit_card_code,
    permit_cards,
    regions,
)
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError

codes = st.sampled_from(sorted(municipalities()))


def test_the_sets_are_complete() -> None:
    assert len(municipalities()) == 308
    assert len(regions()) == 19
    assert sorted(permit_cards()) == [f"{number:03d}" for number in range(1, 96)]


def test_every_municipality_lies_in_finland_and_in_a_region() -> None:
    for municipality in municipalities().values():
        assert municipality.region in regions()
        assert 59.7 < municipality.lat < 70.1
        assert 19.3 < municipality.lon < 31.6


def test_names_are_there_in_the_languages_of_the_country() -> None:
    assert municipalities()["564"].name == LocalText("Oulu", "Uleåborg")
    assert municipalities()["564"].region == "17"
    assert regions()["17"].name.fi == "Pohjois-Pohjanmaa"
    assert countries()["SE"].name == LocalText("Ruotsi", "Sverige", "Sweden")
    assert languages()["fse"].name.sv == "finskt teckenspråk"
    assert permit_cards()["022"].name.en == "Hygiene passport"


@given(codes)
def test_a_municipality_is_found_by_code_and_by_each_of_its_names(code: str) -> None:
    assert municipality_code(code) == code
    assert municipality_code(f" {int(code)} ") == code
    for name in municipalities()[code].name.values():
        assert municipality_code(name.upper()) == code


@pytest.mark.parametrize("text", ["Maarianhamina", "Mariehamn", "Maarianhamina - Mariehamn"])
def test_the_capital_of_aland_is_found_by_either_name(text: str) -> None:
    assert municipality_code(text) == "478"


@pytest.mark.parametrize("text", ["", "999", "5640", "Ou", "²", "Oulun kaupunki"])
def test_what_is_no_municipality_is_none(text: str) -> None:
    assert municipality_code(text) is None


@given(st.sampled_from(sorted(permit_cards())))
def test_a_card_is_found_by_code_name_and_alias(code: str) -> None:
    card = permit_cards()[code]
    assert permit_card_code(code) == code
    assert permit_card_code(str(int(code))) == code
    assert [permit_card_code(name) for name in (*card.name.values(), *card.aliases)] == [
        code
    ] * len((*card.name.values(), *card.aliases))


@pytest.mark.parametrize(
    ("text", "code"),
    [("trukkikortti", "074"), ("EA1", "013"), ("heta arbeten", "075"), ("096", None), ("", None)],
)
def test_cards_are_found_as_people_call_them(text: str, code: str | None) -> None:
    assert permit_card_code(text) == code


@given(st.sampled_from(sorted(languages())))
def test_a_language_is_found_by_code_and_by_each_of_its_names(code: str) -> None:
    assert language_code(code.upper()) == code
    for name in (*languages()[code].name.values(), *languages()[code].aliases):
        assert language_code(name) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" Suomi ", "fi"),
        ("svenska", "sv"),
        ("Greek", "el"),
        ("viro", "et"),
        ("eesti", "et"),
        ("persia", "fa"),
        ("pohjoissaame", "se"),
        ("klingon", None),
        ("", None),
    ],
)
def test_languages_are_found_as_people_call_them(text: str, code: str | None) -> None:
    assert language_code(text) == code


def test_no_language_goes_by_two_codes() -> None:
    names = [
        (name.casefold(), code)
        for code, language in languages().items()
        for name in {code, *language.name.values(), *language.aliases}
    ]
    assert [(name, code) for name, code in names if language_code(name) != code] == []


def test_names_of_languages_are_plain_words() -> None:
    marks = set("*;,()")
    assert [
        code for code, one in languages().items() if marks & set("".join(one.name.values()))
    ] == []


def test_a_code_without_a_name_names_itself() -> None:
    assert code_name(languages(), "fi", Lang.SV) == "finska"
    assert code_name(permit_cards(), "003", Lang.EN) == "Alikonemestarinkirja"
    assert code_name(languages(), "xx", Lang.FI) == "xx"


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [("564", "091", 539.2), ("564", "425", 22.7), ("091", "049", 16.2), ("478", "148", 1035.1)],
)
def test_distances_are_great_circles(a: str, b: str, km: float) -> None:
    assert distance_km(a, b) == pytest.approx(km, abs=0.05)


@given(codes, codes)
def test_distances_agree_with_the_law_of_cosines(a: str, b: str) -> None:
    one, two = municipalities()[a], municipalities()[b]
    lat_a, lat_b = radians(one.lat), radians(two.lat)
    cosine = sin(lat_a) * sin(lat_b) + cos(lat_a) * cos(lat_b) * cos(radians(two.lon - one.lon))
    assert distance_km(a, b) == pytest.approx(
        EARTH_RADIUS_KM * acos(min(1.0, cosine)), rel=1e-6, abs=1e-3
    )


@given(codes, codes, codes)
def test_distances_are_a_metric(a: str, b: str, c: str) -> None:
    assert distance_km(a, a) == 0
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-9


def test_an_unknown_municipality_has_no_distance() -> None:
    with pytest.raises(InputError, match="'999' is no municipality code"):
        distance_km("564", "999")
