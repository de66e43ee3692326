"""Both shapes of version 1: as specified and as sampled."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import Vacancy
from matcher.domain.parts import (
    Availability,
    Cefr,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.rows import Notes
from matcher.ingest.tyomarkkinatori_v1 import parse, rows

OCCUPATION = "http://data.europa.eu/esco/occupation/o1"
GROUP = "http://data.europa.eu/esco/isco/C5120"
SKILL = "http://data.europa.eu/esco/skill/s1"
FINNISH = "http://data.europa.eu/esco/skill/language"


def text(**words: str) -> list[dict[str, str]]:
    return [{"kieliKoodi": lang, "arvo": arvo} for lang, arvo in words.items()]


def full_ad() -> dict[str, Any]:
    return {
        "ilmoituksenID": "a-1",
        "tyollistaja": "01",
        "ilmoittajanNimi": text(fi="Ravintola Oy", sv="Restaurang Ab"),
        "julkaisupvm": "2026-08-31T22:30:00Z",
        "ilmoituksenKielet": ["sv", "fi"],
        "perustiedot": {
            "tyonOtsikko": text(fi="Kokki", sv="Kock"),
            "tyonTiivistelma": text(fi="Lounasravintolaan."),
            "tyonKuvaus": text(fi="<p>Valmistat lounaan.</p><p>Soita 040 123 4567</p>"),
            "paikkojenMaara": 2,
            "tyoAika": "02",
            "tyoTunnitMaksimi": 80,
            "tyoTunnitAjanjakso": "0202",
            "tyoAlkaaPvm": "2026-10-01",
            "maaraaikaisuudenPaattymisPvm": "2026-12-31",
            "tyoskentely": {"tyoskentelyAika": ["01", "06"], "vuorotyo": ["0801"]},
        },
        "osaamisvaatimukset": {
            "ammatit": [
                {"luokittelunNimi": "ESCO", "luokiteltuArvo": OCCUPATION},
                {"luokittelunNimi": "ESCO", "luokiteltuArvo": GROUP},
            ],
            "osaamiset": [{"luokittelunNimi": "ESCO", "luokiteltuArvo": SKILL}],
            "kielitaidot": [
                {
                    "kielitaito": "fi",
                    "kielitaidonTaso": "B1",
                    "kielitaidonLisatieto": text(fi="Puhuttu suomi riittää."),
                }
            ],
            "ajokortti": {"vaaditutAjokorttiluokat": ["B", "C1C"]},
            "kortitJaLuvat": {"lupaKoodit": ["022", "5"]},
            "koulutusaste": "32",
        },
        "sijainti": {"sijaintiJoustava": False, "maa": [], "maakunta": ["17"], "kunta": ["564"]},
        "hakeminen": {
            "hakuaikaPaattyy": "2026-09-30T20:59:59Z",
            "hakemuksenUrl": "https://example.org/haku",
            "ilmoittajanYhteystiedot": {"sposti": "a@b.fi", "puhelinNro": "0401234567"},
        },
    }


def parsed(ad: dict[str, Any], notes: Notes | None = None) -> Vacancy:
    thing = parse(ad, None, Counter() if notes is None else notes)
    assert isinstance(thing, Vacancy)
    return thing


def test_every_field_of_the_specification_is_read() -> None:
    notes: Notes = Counter()
    assert parsed(full_ad(), notes) == Vacancy(
        id="tyomarkkinatori:a-1",
        source="tyomarkkinatori",
        language=Lang.SV,
        title=LocalText("Kokki", "Kock"),
        text=LocalText(
            "Lounasravintolaan.\nValmistat lounaan.\nSoita 040 123 4567\nPuhuttu suomi riittää."
        ),
        organisation="Restaurang Ab",
        occupations=(Occupation("", OCCUPATION), Occupation("", GROUP)),
        requirements=(
            Requirement("", concept=SKILL),
            Requirement("yrkesinriktad grundexamen"),
        ),
        languages=(LanguageSkill("fi", Cefr.B1),),
        licences=("B", "C1"),
        cards=("022", "005"),
        place=Place(municipalities=("564",), regions=("17",), remote=False),
        hours=Hours(
            times=(WorkingTime.DAY, WorkingTime.WEEKDAY, WorkingTime.SHIFT),
            extents=(WorkExtent.PART_TIME,),
            per_week=18.5,
        ),
        availability=Availability(date(2026, 10, 1), date(2026, 12, 31)),
        published=date(2026, 9, 1),
        expires=date(2026, 9, 30),
        places=2,
        url="https://example.org/haku",
    )
    assert notes == Counter()


@pytest.mark.parametrize("name", ["ilmoitukset", "Ilmoitukset"])
def test_a_page_may_spell_its_list_either_way(name: str) -> None:
    assert rows({name: [{"ilmoituksenID": "1"}], "sivutus": {}}) == [{"ilmoituksenID": "1"}]


def test_a_list_of_pages_and_a_single_ad_are_read_too() -> None:
    one, two = {"ilmoituksenID": "1"}, {"ilmoituksenID": "2"}
    assert rows([{"ilmoitukset": [one]}, {"Ilmoitukset": [two]}]) == [one, two]
    assert rows(one) == [one]


def test_contacts_and_marketing_are_left_out_in_either_shape() -> None:
    plain = parsed(full_ad())
    for contacts, marketing in (
        ([{"etunimi": "Maija", "sposti": "a@b.fi"}], []),
        ({"puhelinNro": "0401234567"}, "Olemme paras"),
        (None, text(fi="Olemme paras")),
    ):
        ad = full_ad() | {"markkinointikuvaus": marketing}
        ad["hakeminen"]["ilmoittajanYhteystiedot"] = contacts
        assert parsed(ad) == plain


def test_a_language_may_be_a_concept() -> None:
    ad = full_ad()
    ad["osaamisvaatimukset"]["kielitaidot"] = [{"kielitaito": FINNISH, "kielitaidonTaso": "L1"}]
    assert parsed(ad).languages == (LanguageSkill(FINNISH, Cefr.NATIVE),)


def test_one_working_language_is_asked_for_and_several_are_not() -> None:
    ad = full_ad() | {"tyoKielet": ["sv"]}
    ad["osaamisvaatimukset"]["kielitaidot"] = []
    assert parsed(ad).languages == (LanguageSkill("sv"),)
    assert parsed(ad | {"tyoKielet": ["sv", "fi"]}).languages == ()


def test_a_household_is_not_named() -> None:
    ad = full_ad() | {"tyollistaja": "02", "kotitaloudenNimi": "Maija Mallikas"}
    del ad["ilmoittajanNimi"]
    assert parsed(ad).organisation == ""


def test_unknown_codes_are_kept_and_noted() -> None:
    ad = full_ad()
    ad["sijainti"] |= {"kunta": ["999", "74"], "maa": ["XX"]}
    ad["osaamisvaatimukset"]["kortitJaLuvat"]["lupaKoodit"] = ["996"]
    ad["osaamisvaatimukset"]["kielitaidot"] = [{"kielitaito": "xx", "kielitaidonTaso": "Z9"}]
    notes: Notes = Counter()
    vacancy = parsed(ad, notes)
    assert vacancy.place.municipalities == ("999", "074")
    assert vacancy.cards == ("996",)
    assert vacancy.languages == (LanguageSkill("xx", None),)
    assert notes == {
        "unknown municipality '999'": 1,
        "unknown country 'XX'": 1,
        "unknown permit card '996'": 1,
        "unknown language 'xx'": 1,
        "unknown language level 'Z9'": 1,
    }


def test_a_time_without_a_zone_is_finnish_and_noted() -> None:
    notes: Notes = Counter()
    assert parsed(full_ad() | {"julkaisupvm": "2026-08-31T22:30:00"}, notes).published == date(
        2026, 8, 31
    )
    assert notes == {"time without a zone, read as Europe/Helsinki": 1}


def test_only_what_is_there_is_read() -> None:
    ad = {"ilmoituksenID": "1", "perustiedot": {"tyonOtsikko": text(en="Cook")}}
    assert parsed(ad) == Vacancy(
        id="tyomarkkinatori:1",
        source="tyomarkkinatori",
        language=Lang.EN,
        title=LocalText(en="Cook"),
    )


@pytest.mark.parametrize(
    ("ad", "field"),
    [
        ({"perustiedot": {"tyonOtsikko": text(fi="Kokki")}}, "ilmoituksenID"),
        ({"ilmoituksenID": "1"}, "tyonOtsikko"),
    ],
)
def test_an_ad_without_id_or_title_is_refused(ad: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(ad, None, Counter())
    assert caught.value.field == field


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
BLOCKS = ("perustiedot", "osaamisvaatimukset", "sijainti", "hakeminen")


@given(st.sampled_from([(b, f) for b in BLOCKS for f in full_ad()[b]]), JSON)
def test_no_value_of_a_field_breaks_the_parser(place: tuple[str, str], value: object) -> None:
    ad = full_ad()
    ad[place[0]][place[1]] = value
    with suppress(InputError):
        assert parsed(ad).id == "tyomarkkinatori:a-1"
