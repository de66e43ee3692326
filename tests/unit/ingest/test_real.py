"""The real samples give the values that a person reads in them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from matcher.domain.offer import OfferKind, Training
from matcher.domain.parts import (
    Availability,
    Cefr,
    Commute,
    Evidence,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    WorkExtent,
    WorkingTime,
)
from matcher.ingest.esco import import_esco
from matcher.ingest.importer import Missing
from matcher.ingest.rows import ImportKind
from matcher.store.store import Store
from tests.unit.ingest.conftest import Import, Write

pytestmark = pytest.mark.real

ISO = "%Y-%m-%d"


def test_esco_is_whole_and_names_the_concepts_of_the_version_1_sample(
    store: Store, bring_in: Import, real_data: Path
) -> None:
    report = import_esco(store, [real_data / "esco"])
    assert (report.concepts, report.dropped) == (17_522, 67)
    bring_in(ImportKind.ADS, real_data / "tyomarkkinatori" / "testTMTResponse.json")
    [vacancy] = store.offers(OfferKind.VACANCY).page()
    esco = "http://data.europa.eu/esco"
    assert vacancy.occupations == (
        Occupation("sairaanhoitaja", f"{esco}/occupation/8d3e8aaa-791b-4c75-a465-f3f827028f50"),
        Occupation("lähihoitaja", f"{esco}/occupation/d38c2107-98f2-47b7-8bb4-f69750d51082"),
    )
    assert [requirement.text for requirement in vacancy.requirements] == ["kuunnella aktiivisesti"]
    assert vacancy.languages == (LanguageSkill("fi", Cefr.C1),)
    assert vacancy.place == Place(municipalities=("297", "179"), remote=False)
    assert vacancy.hours == Hours(
        times=(
            WorkingTime.DAY,
            WorkingTime.EVENING,
            WorkingTime.NIGHT,
            WorkingTime.WEEKDAY,
            WorkingTime.WEEKEND,
            WorkingTime.SHIFT,
        ),
        extents=(WorkExtent.PART_TIME,),
        per_week=40.0,
    )
    assert (f"{vacancy.published:{ISO}}", f"{vacancy.expires:{ISO}}") == (
        "2022-08-01",
        "2022-12-31",
    )
    assert vacancy.places == 10


def test_the_mock_profile_is_read(store: Store, bring_in: Import, real_data: Path) -> None:
    path = real_data / "tyomarkkinatori" / "tmt_mock_profile.json"
    bring_in(ImportKind.PROFILES, path, municipality="853")
    [profile] = store.profiles.page()
    evidence = [competence.evidence for competence in profile.competences]
    assert (evidence.count(Evidence.WORK), evidence.count(Evidence.EDUCATION)) == (9, 17)
    assert profile.competences[0].name == "valokuvaus"
    assert profile.occupations_done[-1].title == "valokuvaaja"
    assert profile.languages == (
        LanguageSkill("fi", Cefr.NATIVE),
        LanguageSkill("en", Cefr.B2),
        LanguageSkill("af", Cefr.A1),
        LanguageSkill("sv", Cefr.B1),
    )
    assert (profile.licences, profile.municipality) == (("C1", "B"), "853")
    assert profile.cards is not None
    assert profile.cards[:3] == ("022", "079", "013")
    assert profile.commute == Commute(own_car=True, relocation=True, remote=True)
    assert profile.availability == Availability()


def test_the_other_samples_are_read_without_quarantine(
    store: Store, bring_in: Import, real_data: Path
) -> None:
    report = bring_in(
        ImportKind.ADS,
        real_data / "kuntarekry" / "kuntarekry_sample.json",
        real_data / "tyomarkkinatori" / "testbed_job_postings_response.json",
    )
    assert (report.read, report.new, report.repeated, report.quarantined) == (10, 9, 1, 0)
    vacancy = store.offers(OfferKind.VACANCY).get("kuntarekry:22619")
    assert vacancy.title.fi == "Varhaiskasvatuksen opettaja"
    assert (vacancy.place.municipalities, vacancy.places) == (("016",), 2)
    assert f"{vacancy.availability.start:{ISO}}" == "2019-09-01"


def test_all_job_ads_are_stored_under_their_sources(
    store: Store, bring_in: Import, real_data: Path
) -> None:
    files = sorted((real_data / "job_ads").glob("*.jsonl"))
    report = bring_in(ImportKind.ADS, *files)
    assert (report.read, report.new, report.quarantined) == (1272, 1272, 0)
    vacancies = store.offers(OfferKind.VACANCY)
    by_source = {
        name: len(vacancies.ids(name)) for name in ("duunitori", "finjobagg", "it-tyopaikat")
    }
    assert by_source == {"duunitori": 971, "finjobagg": 113, "it-tyopaikat": 188}
    ad = vacancies.get("duunitori:14057690")
    assert (ad.organisation, ad.place.municipalities) == ("Amiko Oy", ("049",))
    again = bring_in(ImportKind.ADS, *files, missing=Missing.CLOSE)
    assert (again.unchanged, again.closed) == (1272, 0)


def test_the_training_offers_of_2019_are_told_once_each(
    store: Store, write: Write, bring_in: Import, real_data: Path
) -> None:
    with gzip.open(real_data / "trainings_fi" / "offers.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    first = {row["id"] for row in rows[:500]}
    some = [row for row in rows if row["id"] in first]
    report = bring_in(ImportKind.TRAININGS, write("a.jsonl", some))
    assert (report.read, report.new, report.repeated) == (len(some), 500, len(some) - 500)
    training = store.offers(OfferKind.TRAINING).get("opintopolku:1.2.246.562.17.26462982278")
    assert isinstance(training, Training)
    assert training.title.fi == "Autoalan perustutkinto, Autotekniikan osaamisala"
    assert training.outcomes[:2] == (
        "toimia ajoneuvoasentajan tehtävässä",
        "huoltaa ja korjata asiakkaan ajoneuvon sekä palvella asiakasta",
    )
    assert (training.place.regions, training.duration_months) == (("06",), 36.0)
