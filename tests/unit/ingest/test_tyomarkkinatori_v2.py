"""Version 2: one JobPostingV2 a line; archived ones close the ad."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import OfferKind, Vacancy
from matcher.domain.parts import (
    Cefr,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
    WorkExtent,
)
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.rows import Closed, ImportKind, Notes
from matcher.ingest.tyomarkkinatori_v2 import parse
from matcher.store.records import State
from matcher.store.store import Store
from tests.unit.ingest.conftest import Import, Write
from tests.unit.ingest.test_tyomarkkinatori_v1 import JSON


def posting(id: str = "b-1") -> dict[str, Any]:
    return {
        "languages": ["fi", "en"],
        "metadata": {"externalId": id, "created": "2026-08-01T10:00:00", "archived": None},
        "owner": {"businessId": "0123456-7", "company": {"fi": "Hoiva Oy", "en": "Care Ltd"}},
        "position": {
            "title": {"fi": "Lähihoitaja", "en": "Practical nurse"},
            "jobDescription": {"fi": "<p>Hoidat ja ohjaat.</p>"},
            "marketingDescription": {"fi": "Olemme paras."},
            "mainOccupation": "http://data.europa.eu/esco/occupation/o1",
            "occupations": [
                "http://data.europa.eu/esco/occupation/o1",
                "http://data.tyomarkkinatori.fi/esco/n1",
            ],
            "skills": ["http://data.europa.eu/esco/skill/s1"],
            "workLanguages": ["fi"],
            "workTime": "FT",
            "drivingLicenses": ["B"],
            "permitCards": ["055"],
        },
        "location": {"countries": ["FI"], "regions": ["17"], "municipalities": ["564", "74"]},
        "application": {
            "published": "2026-08-01T10:00:00",
            "expires": "2026-09-15T23:59:00",
            "openPositions": 3,
            "url": {"fi": "https://example.org/fi"},
            "helpText": {"fi": "Soita Maijalle"},
        },
        "contacts": [{"firstName": "Maija", "email": "a@b.fi", "telephone": "0401234567"}],
    }


def parsed(row: dict[str, Any], notes: Notes | None = None) -> Vacancy:
    thing = parse(row, None, Counter() if notes is None else notes)
    assert isinstance(thing, Vacancy)
    return thing


def test_every_field_of_the_table_is_read() -> None:
    notes: Notes = Counter()
    assert parsed(posting(), notes) == Vacancy(
        id="tyomarkkinatori:b-1",
        source="tyomarkkinatori",
        language=Lang.FI,
        title=LocalText("Lähihoitaja", en="Practical nurse"),
        text=LocalText("Hoidat ja ohjaat."),
        organisation="Hoiva Oy",
        occupations=(
            Occupation("", "http://data.europa.eu/esco/occupation/o1"),
            Occupation("", "http://data.tyomarkkinatori.fi/esco/n1"),
        ),
        requirements=(Requirement("", concept="http://data.europa.eu/esco/skill/s1"),),
        languages=(LanguageSkill("fi"),),
        licences=("B",),
        cards=("055",),
        place=Place(("564", "074"), ("17",), ("FI",)),
        hours=Hours(extents=(WorkExtent.FULL_TIME,)),
        published=date(2026, 8, 1),
        expires=date(2026, 9, 15),
        places=3,
        url="https://example.org/fi",
    )
    assert notes == {"time without a zone, read as Europe/Helsinki": 2}


def test_a_company_may_be_a_plain_string() -> None:
    assert parsed(posting() | {"owner": {"company": "Hoiva Oy"}}).organisation == "Hoiva Oy"


def test_a_household_is_not_named() -> None:
    owner = {"company": "Maija Mallikas", "householdEmployer": True}
    assert parsed(posting() | {"owner": owner}).organisation == ""


def test_working_languages_may_carry_levels() -> None:
    row = posting()
    row["position"]["workLanguages"] = [{"code": "fi", "level": "B2"}, {"code": "sv"}]
    assert parsed(row).languages == (LanguageSkill("fi", Cefr.B2), LanguageSkill("sv"))


def test_an_unknown_code_of_working_time_is_noted() -> None:
    row, notes = posting(), Counter[str]()
    row["position"]["workTime"] = "QQ"
    assert parsed(row, notes).hours == Hours()
    assert notes["unknown extent of work 'QQ'"] == 1


@pytest.mark.parametrize("told", [{"archived": "2026-09-01T00:00:00"}, {"status": "ARCHIVED"}])
def test_an_archived_ad_is_closed(told: dict[str, str]) -> None:
    row = {"metadata": {"externalId": "b-1", **told}}
    assert parse(row, None, Counter()) == Closed("tyomarkkinatori:b-1", "tyomarkkinatori")


@pytest.mark.parametrize("field", ["metadata.externalId", "position.title"])
def test_a_posting_without_id_or_title_is_refused(field: str) -> None:
    block, name = field.split(".")
    row = posting()
    del row[block][name]
    with pytest.raises(InputError) as caught:
        parse(row, None, Counter())
    assert caught.value.field == field


def test_an_archived_line_closes_the_stored_vacancy(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(ImportKind.ADS, write("a.ndjson", [posting("1"), posting("2")]))
    gone = {"metadata": {"externalId": "1", "archived": "2026-09-01T00:00:00"}, "position": {}}
    report = bring_in(ImportKind.ADS, write("b.ndjson", [gone]))
    assert (report.read, report.closed) == (1, 1)
    vacancies = store.offers(OfferKind.VACANCY)
    assert vacancies.ids() == ["tyomarkkinatori:2"]
    assert vacancies.info("tyomarkkinatori:1").state is State.CLOSED


def test_an_ad_archived_later_in_the_same_file_is_not_opened(
    store: Store, write: Write, bring_in: Import
) -> None:
    gone = {"metadata": {"externalId": "1", "archived": "2026-09-01T00:00:00"}, "position": {}}
    report = bring_in(ImportKind.ADS, write("a.ndjson", [posting("1"), posting("2"), gone]))
    assert (report.new, report.closed, report.quarantined) == (1, 0, 0)
    assert store.offers(OfferKind.VACANCY).ids() == ["tyomarkkinatori:2"]


@given(
    st.sampled_from(
        [(b, f) for b in ("owner", "position", "location", "application") for f in posting()[b]]
    ),
    JSON,
)
def test_no_value_of_a_field_breaks_the_parser(place: tuple[str, str], value: object) -> None:
    row = posting()
    row[place[0]][place[1]] = value
    with suppress(InputError):
        assert parsed(row).id == "tyomarkkinatori:b-1"
