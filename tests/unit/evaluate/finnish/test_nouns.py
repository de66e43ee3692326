"""Forms worked by hand; the types are those of Nykysuomen sanalista."""

from __future__ import annotations

import pytest

from matcher.evaluate.finnish.nouns import Case, decline, inflect

CASES = (Case.GENITIVE, Case.PARTITIVE, Case.TRANSLATIVE, Case.ILLATIVE, Case.ESSIVE, Case.PLURAL)


@pytest.mark.parametrize(
    "forms",
    [
        "hoitaja: hoitajan hoitajaa hoitajaksi hoitajaan hoitajana hoitajat",
        "kokki: kokin kokkia kokiksi kokkiin kokkina kokit",
        "päällikkö: päällikön päällikköä päälliköksi päällikköön päällikkönä päälliköt",
        "insinööri: insinöörin insinööriä insinööriksi insinööriin insinöörinä insinöörit",
        "seppä: sepän seppää sepäksi seppään seppänä sepät",
        "palomies: palomiehen palomiestä palomieheksi palomieheen palomiehenä palomiehet",
        "nainen: naisen naista naiseksi naiseen naisena naiset",
        "vastaus: vastauksen vastausta vastaukseksi vastaukseen vastauksena vastaukset",
        "turvallisuus: turvallisuuden turvallisuutta turvallisuudeksi turvallisuuteen"
        " turvallisuutena turvallisuudet",
        "opas: oppaan opasta oppaaksi oppaaseen oppaana oppaat",
        "tiede: tieteen tiedettä tieteeksi tieteeseen tieteenä tieteet",
        "hoito: hoidon hoitoa hoidoksi hoitoon hoitona hoidot",
        "toiminta: toiminnan toimintaa toiminnaksi toimintaan toimintana toiminnat",
        "valtio: valtion valtiota valtioksi valtioon valtiona valtiot",
        "teologia: teologian teologiaa teologiaksi teologiaan teologiana teologiat",
        "sosiaalityö: sosiaalityön sosiaalityötä sosiaalityöksi sosiaalityöhön sosiaalityönä"
        " sosiaalityöt",
        "manager: managerin manageria manageriksi manageriin managerina managerit",
    ],
)
def test_cases_by_hand(forms: str) -> None:
    word, expected = forms.split(": ")
    noun = decline(word)
    assert noun is not None
    assert " ".join(noun.form(case) for case in CASES) == expected


@pytest.mark.parametrize("word", ["kieli", "luku", "tarve", "DJ", "vaatimukset"])
def test_words_of_other_types_are_left_alone(word: str) -> None:
    assert decline(word) is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("tekninen johtaja", "teknisen johtajan"),
        ("vastaava mestari", "vastaavan mestarin"),
        ("peruskoulun opettaja", "peruskoulun opettajan"),
        ("sosiaali- ja terveysalan johtaja", "sosiaali- ja terveysalan johtajan"),
        ("iso kokki", None),
    ],
)
def test_adjectives_agree_and_genitives_stay(phrase: str, expected: str | None) -> None:
    assert inflect(phrase, Case.GENITIVE) == expected
