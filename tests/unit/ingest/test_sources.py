"""Kuntarekry, Testbed, plain job ads, P60 profiles and the training offers of 2019."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import OfferKind, Training, Vacancy
from matcher.domain.parts import (
    Availability,
    Cefr,
    Commute,
    Competence,
    Evidence,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest import job_ads, kuntarekry, opintopolku_2019, testbed, tyomarkkinatori_p60
from matcher.ingest.opintopolku_2019 import outcomes
from matcher.ingest.rows import ImportKind, Notes
from matcher.store.store import Store
from tests.unit.ingest.conftest import Import, Write
from tests.unit.ingest.test_tyomarkkinatori_v1 import JSON


def test_kuntarekry_is_read() -> None:
    row = {
        "jobAdvertisement": {
            "id": "77",
            "language": "sv_SE",
            "title": "Lärare",
            "organization": "Vasa stad",
            "organizationDesc": "Vi är bäst",
            "jobDesc": "Du undervisar.\r\n",
            "jobDuration": "1.2.2027 eller enligt överenskommelse",
            "employment": "Kokoaikatyö, Osa-aikatyö, 3-vuorotyö",
            "taskArea": "Lärare, Handledare",
            "location": "Vaasa",
            "region": "Pohjanmaa",
            "publicationStarts": "2026-08-31T22:00:00.000Z",
            "publicationEnds": "2026-09-30T12:00:00.000Z",
            "numberOfVacancy": "2",
            "anonymous": "0",
        },
        "link": {"url": "https://example.org/77"},
    }
    assert kuntarekry.parse(row, None, Counter()) == Vacancy(
        id="kuntarekry:77",
        source="kuntarekry",
        language=Lang.SV,
        title=LocalText(sv="Lärare"),
        text=LocalText(sv="Du undervisar."),
        organisation="Vasa stad",
        occupations=(Occupation("Lärare"), Occupation("Handledare")),
        place=Place(municipalities=("905",)),
        hours=Hours(
            times=(WorkingTime.SHIFT,), extents=(WorkExtent.FULL_TIME, WorkExtent.PART_TIME)
        ),
        availability=Availability(start=date(2027, 2, 1)),
        published=date(2026, 9, 1),
        expires=date(2026, 9, 30),
        places=2,
        url="https://example.org/77",
    )


def test_an_anonymous_advertisement_names_no_organisation_and_falls_back_on_the_region() -> None:
    ad = {"id": "1", "title": "Kokki", "organization": "X", "anonymous": "1", "region": "Lappi"}
    vacancy = kuntarekry.parse({"jobAdvertisement": ad}, None, Counter())
    assert isinstance(vacancy, Vacancy)
    assert (vacancy.organisation, vacancy.place) == ("", Place(regions=("19",)))


def test_testbed_results_are_read_and_their_empty_date_is_none() -> None:
    row = {
        "employer": "Hoiva Oy",
        "location": {"municipality": "PORI", "postcode": "28800"},
        "basicInfo": {"title": "Hoitaja", "description": "Hoidat.", "workTimeType": "01"},
        "publishedAt": "2026-04-06T21:00:00+00:00",
        "applicationEndDate": "0001-01-01T00:00:00",
        "applicationUrl": None,
    }
    assert testbed.rows({"results": [row], "totalCount": 1}) == [row]
    vacancy = testbed.parse(row, None, Counter())
    assert isinstance(vacancy, Vacancy)
    assert vacancy == Vacancy(
        id=vacancy.id,
        source="testbed",
        title=LocalText("Hoitaja"),
        text=LocalText("Hoidat."),
        organisation="Hoiva Oy",
        place=Place(municipalities=("609",)),
        hours=Hours(extents=(WorkExtent.FULL_TIME,)),
        published=date(2026, 4, 7),
    )


def plain_ad(**more: object) -> dict[str, Any]:
    return {"id": "duu:1", "title": "Cook", "company": "Oy", "text": "", "lang": "en", **more}


def test_a_plain_ad_is_read_and_its_id_names_the_source() -> None:
    row = plain_ad(
        municipality="Espoo, Tampere or Oulu",
        employment="Full-time, Hybrid",
        skills=["soups", ""],
        date_posted="2026-08-01",
        date_ends="",
        salary={"low_value": "13.00"},
    )
    assert job_ads.parse(row, None, Counter()) == Vacancy(
        id="duu:1",
        source="duu",
        language=Lang.EN,
        title=LocalText(en="Cook"),
        organisation="Oy",
        requirements=(Requirement("soups"),),
        place=Place(municipalities=("049", "837", "564")),
        hours=Hours(extents=(WorkExtent.FULL_TIME,)),
        published=date(2026, 8, 1),
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("00510 - Helsinki", Place(("091",))),
        ("Hakaniemi (00530)", Place(("091",))),
        ("Seinäjoki, Etelä-Pohjanmaa", Place(("743",), ("14",))),
        ("Mänttä-Vilppula", Place(("508",))),
        ("Åbo", Place(("853",))),
        ("Helsinki / Etätyö", Place(("091",), remote=True)),
        ("Remote", Place(remote=True)),
        ("Finland", Place()),
        ("Estonia", Place(countries=("EE",))),
        ("", Place()),
    ],
)
def test_a_place_in_free_words_is_recognised(text: str, place: Place) -> None:
    notes: Notes = Counter()
    vacancy = job_ads.parse(plain_ad(municipality=text), None, notes)
    assert isinstance(vacancy, Vacancy)
    assert (vacancy.place, notes) == (place, {})


def test_a_place_that_is_not_recognised_is_noted() -> None:
    notes: Notes = Counter()
    job_ads.parse(plain_ad(municipality="Atlantis"), None, notes)
    assert notes == {"place not recognised: 'Atlantis'": 1}


def skill(name: str, uri: str = "") -> dict[str, object]:
    return {"prefLabel": {"fi": name}, "altLabel": {"fi": ["muu"]}, "uri": uri}


def p60() -> dict[str, Any]:
    return {
        "generalInfo": {
            "caption": {"fi": "Leipuri etsii töitä"},
            "meta": {"created": "2026-01-01T00:00:00.000001Z"},
            "personAvailability": "02",
            "startDate": "2026-10-01",
            "preferredMunicipalities": ["564", "837"],
            "preferredRegions": [],
            "willingToTravel": True,
            "willingToWorkRemotely": False,
        },
        "employments": [
            {
                "title": {"fi": "Leipuri"},
                "employer": {"fi": "Pulla Oy"},
                "description": {
                    "description": {"fi": "Leivoin yöllä."},
                    "skills": [skill("leipoa", "esco:bake")],
                    "occupations": [skill("leipuri", "esco:baker")],
                },
            }
        ],
        "educations": [
            {
                "customDegreeName": {"fi": "Leipuri-kondiittori"},
                "degreeInstitution": {"fi": "Opisto"},
                "description": {"skills": [skill("leipoa", "esco:bake"), skill("koristella")]},
                "interval": {"statusCode": "2"},
            },
            {"customDegreeName": {"fi": "Kesken jäänyt"}, "interval": {"statusCode": "3"}},
        ],
        "projects": [{"description": {"skills": [skill("talkootyö", "esco:v")]}}],
        "jobPreferenceDescription": {
            "description": {"fi": "Haluan kondiittoriksi."},
            "occupations": [skill("kondiittori", "esco:confectioner")],
            "skills": [skill("suunnitella kakkuja", "esco:cakes")],
        },
        "languageSkills": [{"code": "fi", "level": "L1"}, {"code": "en", "level": "B1"}],
        "certifications": {"cardCodes": ["022"]},
        "drivingLicenses": {"licenseClasses": ["B", "C1C"], "ownCarAvailable": True},
    }


def test_a_p60_profile_is_read() -> None:
    notes: Notes = Counter()
    profile = tyomarkkinatori_p60.parse(p60(), None, notes)
    assert profile == Profile(
        id=profile.id,
        source="tyomarkkinatori",
        text="Leipuri etsii töitä\nLeivoin yöllä.\nHaluan kondiittoriksi.",
        competences=(
            Competence("leipoa", evidence=Evidence.WORK, concept="esco:bake"),
            Competence("koristella", evidence=Evidence.EDUCATION),
            Competence("talkootyö", evidence=Evidence.HOBBY, concept="esco:v"),
            Competence("suunnitella kakkuja", concept="esco:cakes"),
        ),
        occupations_done=(Occupation("Leipuri"), Occupation("leipuri", "esco:baker")),
        occupations_wanted=(Occupation("kondiittori", "esco:confectioner"),),
        education="Leipuri-kondiittori, Opisto",
        languages=(LanguageSkill("fi", Cefr.NATIVE), LanguageSkill("en", Cefr.B1)),
        licences=("B", "C1"),
        cards=("022",),
        commute=Commute(own_car=True, relocation=True, remote=False),
        availability=Availability(start=date(2026, 10, 1)),
    )
    assert profile.municipality is None
    assert notes == {
        "preferred municipalities and regions are not kept; several regions mean would move": 1
    }


def p60_id(row: dict[str, Any]) -> str:
    return tyomarkkinatori_p60.parse(row, None, Counter()).id


def test_a_p60_profile_keeps_its_id_when_words_languages_or_an_end_of_work_change() -> None:
    changed = p60() | {"languageSkills": [], "projects": []}
    changed["generalInfo"] |= {"caption": {"fi": "Kondiittori"}}
    changed["employments"][0] |= {"interval": {"endDate": "2026-05-01"}}
    assert p60_id(changed) == p60_id(p60())


@pytest.mark.parametrize(
    "past",
    [
        {"employments": [{"title": {"fi": "Kokki"}}]},
        {"employments": [{"title": {"fi": "Leipuri"}, "interval": {"startDate": "2020-01-01"}}]},
        {"educations": [{"degreeCode": "651104"}]},
        {"employments": [], "educations": []},
    ],
)
def test_another_past_is_another_p60_profile_even_if_created_at_the_same_moment(
    past: dict[str, Any],
) -> None:
    assert p60_id(p60() | past) != p60_id(p60())


def test_the_order_of_entries_does_not_change_the_id_of_a_p60_profile() -> None:
    turned = p60() | {"educations": p60()["educations"][::-1]}
    assert p60_id(turned) == p60_id(p60())


def test_what_a_p60_profile_does_not_tell_is_unknown() -> None:
    row = {"generalInfo": {"description": {"sv": "Jag söker arbete."}}, "certifications": {}}
    profile = tyomarkkinatori_p60.parse(row, None, Counter())
    assert profile == Profile(
        id=profile.id,
        source="tyomarkkinatori",
        language=Lang.SV,
        text="Jag söker arbete.",
    )


def test_an_empty_p60_profile_is_refused() -> None:
    with pytest.raises(InputError, match="the profile says nothing"):
        tyomarkkinatori_p60.parse({"generalInfo": {}}, None, Counter())


@given(st.sampled_from(sorted(p60())), JSON)
def test_no_value_of_a_block_breaks_the_p60_parser(block: str, value: object) -> None:
    with suppress(InputError):
        assert isinstance(
            tyomarkkinatori_p60.parse(p60() | {block: value}, None, Counter()), Profile
        )


def offer(**more: object) -> dict[str, Any]:
    return {
        "id": "1.2.3",
        "name": "Autotekniikan osaamisala",
        "koulutuskoodi": "koulutus_351301",
        "qualification": "Autoalan perustutkinto",
        "degree_title": "Ajoneuvoasentaja",
        "credits": "180",
        "provider": "Sataedu, Kokemäki",
        "province": "Satakunta",
        "text": "Hän osaa huoltaa ajoneuvon. Työpaikat: korjaamot.",
        "lang": "fi",
        **more,
    }


def test_a_training_offer_of_2019_is_read() -> None:
    assert opintopolku_2019.parse(offer(), None, Counter()) == Training(
        id="opintopolku:1.2.3",
        source="opintopolku",
        title=LocalText("Autoalan perustutkinto, Autotekniikan osaamisala"),
        text=LocalText("Hän osaa huoltaa ajoneuvon. Työpaikat: korjaamot."),
        organisation="Sataedu, Kokemäki",
        occupations=(Occupation("Ajoneuvoasentaja"),),
        place=Place(municipalities=("271",), regions=("04",)),
        outcomes=("huoltaa ajoneuvon",),
        duration_months=36.0,
    )


def test_an_offer_told_twice_counts_once(store: Store, write: Write, bring_in: Import) -> None:
    again = offer(text="Toinen kuvaus.", qualification="None")
    report = bring_in(ImportKind.TRAININGS, write("a.jsonl", [offer(), again]))
    assert (report.read, report.new, report.repeated) == (2, 1, 1)
    training = store.offers(OfferKind.TRAINING).get("opintopolku:1.2.3")
    assert training.title.fi == "Autoalan perustutkinto, Autotekniikan osaamisala"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tutkinnon suorittanut osaa\nlaittaa ruokaa\npalvella asiakkaita.\nPaikat: ravintolat",
            ["laittaa ruokaa", "palvella asiakkaita"],
        ),
        (
            "Hän osaa mitata tarkasti.Hän osaa myös hitsata putkia. Hän viihtyy työssään.",
            ["mitata tarkasti", "hitsata putkia"],
        ),
        ("Osaat, kun opit. Ala on kansainvälinen.", []),
        ("De som avlagt examen kan manövrera fartyg. Du kan studera.", ["manövrera fartyg"]),
        ("osaa hoitaa asiakkaita- osaa myydä tuotteita", ["hoitaa asiakkaita", "myydä tuotteita"]),
    ],
)
def test_outcomes_are_what_one_can_do_afterwards(text: str, expected: list[str]) -> None:
    assert list(outcomes(text)) == expected
