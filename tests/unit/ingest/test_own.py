"""The own format: what is written can be read again, as JSON and as cells."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.offer import CompanyNeed, Offer, OfferKind, kind_of
from matcher.domain.parts import (
    Cefr,
    Competence,
    Evidence,
    Importance,
    LanguageSkill,
    Level,
    Occupation,
    Place,
    Requirement,
    Support,
    WorkingTime,
)
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.columns import cells_from, columns_of
from matcher.ingest.contacts import scrub
from matcher.ingest.own import OFFER_KINDS, parse, parse_table
from matcher.ingest.records import document_of
from matcher.ingest.rows import ImportKind, Thing
from tests.unit.ingest.strategies import NEEDS, PROFILES, SERVICES, TRAININGS, VACANCIES

OFFERS = st.one_of(VACANCIES, NEEDS, TRAININGS, SERVICES)
KINDS = {kind: imported for imported, kind in OFFER_KINDS.items()}


def imported(offer: Offer) -> ImportKind:
    return KINDS[kind_of(offer)]


def read_cells(kind: ImportKind, **cells: str) -> Thing:
    return parse_table(kind)(cells, None, Counter())


@given(PROFILES)
def test_a_profile_survives_json(profile: Profile) -> None:
    assert parse(ImportKind.PROFILES)(document_of(profile), None, Counter()) == profile


@given(OFFERS)
def test_an_offer_survives_json(offer: Offer) -> None:
    assert parse(imported(offer))(document_of(offer), None, Counter()) == offer


@given(PROFILES)
def test_a_profile_survives_cells(profile: Profile) -> None:
    cells = cells_from(ImportKind.PROFILES, document_of(profile))
    assert read_cells(ImportKind.PROFILES, **cells) == profile


@given(OFFERS)
def test_an_offer_survives_cells(offer: Offer) -> None:
    cells = cells_from(imported(offer), document_of(offer))
    assert read_cells(imported(offer), **cells) == offer


@given(PROFILES)
def test_text_without_contacts_survives_scrubbing(profile: Profile) -> None:
    assert scrub(profile) == profile


def test_a_coach_may_write_in_finnish() -> None:
    profile = read_cells(
        ImportKind.PROFILES,
        id="a-1",
        competences="siivous (vahva, työ); hitsaus (MIG); kassa (perus)",
        languages="suomi:äidinkieli; englanti:A2; sv",
        licences="b",
        cards="hygieniapassi; 79",
        municipality="oulu",
        max_km="37,5",
        own_car="ei",
        times="päivä; ilta",
        start="1.9.2026",
    )
    assert isinstance(profile, Profile)
    assert profile.competences == (
        Competence("siivous", Level.STRONG, Evidence.WORK),
        Competence("hitsaus (MIG)"),
        Competence("kassa", Level.BASIC),
    )
    assert profile.languages == (
        LanguageSkill("fi", Cefr.NATIVE),
        LanguageSkill("en", Cefr.A2),
        LanguageSkill("sv"),
    )
    assert (profile.licences, profile.cards) == (("B",), ("022", "079"))
    assert (profile.municipality, profile.commute.max_km) == ("564", 37.5)
    assert profile.commute.own_car is False
    assert profile.hours.times == (WorkingTime.DAY, WorkingTime.EVENING)
    assert str(profile.availability.start) == "2026-09-01"


def test_a_survey_may_be_in_swedish() -> None:
    need = read_cells(
        ImportKind.NEEDS,
        id="n-1",
        title_sv="Städare",
        tasks="städa kontor; beställa medel",
        requirements="noggrannhet; maskiner (meriterande)",
        occupations="städare <esco:cleaner>",
        support="arbetsprövning; lönesubvention",
        hidden="nej",
    )
    assert isinstance(need, CompanyNeed)
    assert need.language == "sv"
    assert need.tasks == ("städa kontor", "beställa medel")
    assert need.requirements == (
        Requirement("noggrannhet"),
        Requirement("maskiner", Importance.OPTIONAL),
    )
    assert need.occupations == (Occupation("städare", "esco:cleaner"),)
    assert need.support == (Support.WORK_TRIAL, Support.PAY_SUBSIDY)
    assert need.hidden is False


def test_places_may_be_named() -> None:
    need = read_cells(
        ImportKind.NEEDS,
        id="n",
        title_fi="Siistijä",
        municipalities="Oulu; 244; Uleåborg",
        regions="Pohjois-Pohjanmaa; 6",
        countries="Ruotsi; EE",
    )
    assert isinstance(need, CompanyNeed)
    assert need.place == Place(("564", "244", "564"), ("17", "06"), ("SE", "EE"))


def test_an_empty_cell_is_unknown_and_a_dash_is_none() -> None:
    profile = read_cells(ImportKind.PROFILES, id="a", text="x", licences="-", cards="")
    assert isinstance(profile, Profile)
    assert (profile.licences, profile.cards) == ((), None)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("times", "aamu", "'aamu' is none of: päivä, ilta, yö"),
        ("own_car", "ehkä", "'ehkä' is none of: kyllä, ei"),
        ("max_km", "kaukana", "'kaukana' is no number"),
        ("start", "pian", "'pian' is no date; write 31.12.2026 or 2026-12-31"),
        ("start", "31.2.2026", "'31.2.2026' is no date"),
        ("competences", "siivous (hyvä, loistava)", "(hyvä, loistava) has 'loistava'"),
        ("competences", "siivous (hyvä, vahva)", "(hyvä, vahva) has 'vahva'"),
        ("languages", "fi:hyvin", "'hyvin' is none of: a1, a2"),
    ],
)
def test_a_cell_that_cannot_be_understood_names_its_column(
    column: str, cell: str, reason: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_cells(ImportKind.PROFILES, **{"id": "a", "text": "x", column: cell})
    assert caught.value.field == column
    assert caught.value.message.startswith(reason)


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"competences": ["a"], "colour": "red"}, "colour", "'colour' is no field"),
        ({"competences": ["a"], "cards": ["996"]}, "cards.0", "'996' is not a known permit card"),
        ({"competences": [{"name": "a", "level": "top"}]}, "competences.0.level", "Input should"),
        ({"competences": []}, "", "the profile says nothing"),
        ({"text": "a", "id": 7}, "id", "Input should be a valid string; found '7'"),
    ],
)
def test_a_field_that_cannot_be_used_is_named(
    fields: dict[str, object], field: str, reason: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse(ImportKind.PROFILES)(fields, None, Counter())
    assert caught.value.field == field
    assert caught.value.message.startswith(reason)


def test_keys_that_start_with_a_hash_are_comments() -> None:
    row = {"#id": "your id", "id": "p1", "text": "a"}
    assert parse(ImportKind.PROFILES)(row, None, Counter()) == Profile(id="p1", text="a")


@pytest.mark.parametrize("kind", [kind for kind in ImportKind if kind is not ImportKind.ESCO])
def test_every_column_is_explained_in_three_languages(kind: ImportKind) -> None:
    assert [c.name for c in columns_of(kind) if not all((c.help.fi, c.help.sv, c.help.en))] == []


def test_every_offer_kind_can_be_imported() -> None:
    assert set(OFFER_KINDS.values()) == set(OfferKind)
