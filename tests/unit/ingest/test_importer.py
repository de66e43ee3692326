"""What an import stores, counts, closes, quarantines and refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matcher.domain.consent import ConsentState, ask
from matcher.domain.offer import OfferKind, Vacancy
from matcher.domain.parts import Competence
from matcher.domain.profile import Profile
from matcher.domain.text import LocalText
from matcher.errors import InputError
from matcher.ingest import importer
from matcher.ingest.importer import Missing
from matcher.ingest.retry import RetryReport, retry_quarantine
from matcher.ingest.rows import ImportKind
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.records import State
from matcher.store.store import Store
from tests.unit.ingest.conftest import NOW, Import, Write
from tests.unit.ingest.test_sources import p60

PROFILES = ImportKind.PROFILES


def person(id: str, *skills: str) -> dict[str, object]:
    return {"id": id, "competences": list(skills or ("siivous",))}


def ad(id: str, title: str = "Kokki") -> dict[str, object]:
    return {"id": id, "title": title, "company": "Oy", "text": "", "lang": "fi"}


def test_rows_become_profiles_under_their_ids(store: Store, write: Write, bring_in: Import) -> None:
    report = bring_in(PROFILES, write("a.jsonl", [person("p1", "siivous"), person("p2", "myynti")]))
    assert (report.read, report.new, report.quarantined) == (2, 2, 0)
    assert store.profiles.get("p2") == Profile(id="p2", competences=(Competence("myynti"),))


def test_importing_again_changes_nothing(store: Store, write: Write, bring_in: Import) -> None:
    path = write("a.jsonl", [person("p1"), person("p2")])
    bring_in(PROFILES, path)
    revision = store.revision()
    report = bring_in(PROFILES, path, now=NOW + timedelta(days=1))
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert store.revision() == revision


def test_a_row_that_says_something_else_is_a_change(write: Write, bring_in: Import) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1"), person("p2")]))
    report = bring_in(PROFILES, write("b.jsonl", [person("p1"), person("p2", "myynti")]))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)


def test_consent_lapses_when_an_import_makes_another_need_of_it(
    store: Store, write: Write, bring_in: Import
) -> None:
    needs, need = ImportKind.NEEDS, {"id": "n1", "title": "Hitsaaja", "tasks": ["hitsaus"]}
    bring_in(needs, write("n.jsonl", [need]))
    store.profiles.upsert([Profile(id="p1")], NOW)
    [stored] = store.offers(OfferKind.NEED).ids()
    dates = (NOW.date() + timedelta(days=7), NOW.date() + timedelta(days=60))
    store.consents.ask(ask(("p1", stored), dates, id="c1", pseudonym="K", now=NOW, by="coach"))
    bring_in(needs, write("same.jsonl", [{**need, "places": 2}]))
    [before] = store.consents.of_need(stored)
    bring_in(needs, write("other.jsonl", [{**need, "tasks": ["maalaus"]}]))
    [after] = store.consents.of_need(stored)
    states = [one.state(NOW.date()) for one in (before, after)]
    assert states == [ConsentState.ASKED, ConsentState.LAPSED]
    assert after.events[-1].by == "import"


def test_a_source_starts_the_ids(store: Store, write: Write, bring_in: Import) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1")]), source="oulu")
    assert store.profiles.ids() == ["oulu:p1"]
    assert store.profiles.get("oulu:p1").source == "oulu"


@pytest.mark.parametrize("source", ["a:b", "api"])
def test_a_source_is_a_plain_name_and_not_the_services_own(
    write: Write, bring_in: Import, source: str
) -> None:
    with pytest.raises(InputError, match=f"'{source}' is no name of a source"):
        bring_in(PROFILES, write("a.jsonl", [person("p1")]), source=source)


def test_rows_without_an_id_get_the_same_one_every_time(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [{"competences": ["siivous"]}]))
    ids = store.profiles.ids()
    report = bring_in(PROFILES, write("b.json", {"competences": [{"name": "siivous"}]}))
    assert (report.new, report.unchanged) == (0, 1)
    assert store.profiles.ids() == ids


def test_equal_rows_without_an_id_count_once(write: Write, bring_in: Import) -> None:
    row = {"competences": ["siivous"]}
    report = bring_in(PROFILES, write("a.jsonl", [row, row]))
    assert (report.read, report.new, report.repeated, report.quarantined) == (2, 1, 1, 0)


def test_the_second_row_of_one_id_is_quarantined_with_both_rows(
    store: Store, write: Write, bring_in: Import
) -> None:
    path = write("a.jsonl", [person("p1", "siivous"), person("p2"), person("p1", "myynti")])
    report = bring_in(PROFILES, path)
    assert (report.new, report.quarantined) == (2, 1)
    [row] = store.quarantine.all()
    assert (row.row, row.field) == ("line 3", "id")
    assert row.reason == "the id 'p1' stands in line 1 already and again in line 3"
    assert store.profiles.get("p1").competences == (Competence("siivous"),)


def test_a_row_that_cannot_be_used_is_kept_with_place_reason_and_remedy(
    store: Store, write: Write, bring_in: Import
) -> None:
    rows = [person("p1"), {"id": "p2", "competences": ["a"], "municipality": "Atlantis"}]
    path = write("a.jsonl", rows)
    report = bring_in(PROFILES, path)
    assert (report.read, report.new, report.quarantined) == (2, 1, 1)
    [row] = store.quarantine.all("profiles")
    assert (row.file, row.row, row.field) == (str(path), "line 2", "municipality")
    assert row.reason.startswith("'Atlantis' is not a known municipality")
    assert row.remedy == "Correct the value."
    assert row.at == NOW


def test_a_profile_with_nothing_in_it_says_so(store: Store, write: Write, bring_in: Import) -> None:
    report = bring_in(PROFILES, write("a.jsonl", [person("p1"), {"id": "p2"}]))
    assert report.quarantined == 1
    assert store.quarantine.all()[0].reason.startswith("the profile says nothing")


def test_a_contact_reaches_neither_store_nor_quarantine(
    store: Store, write: Write, bring_in: Import
) -> None:
    rows = [
        person("p1", "soitto 040 123 4567"),
        {"id": "p2", "text": "a@b.fi", "nonsense": "040 123 4567", "email": "a@b.fi"},
    ]
    bring_in(PROFILES, write("a.jsonl", rows))
    assert store.profiles.get("p1").competences == (Competence("soitto […]"),)
    assert store.quarantine.all()[0].raw == '{"id":"p2","text":"[…]","nonsense":"[…]"}'


def test_a_contact_reaches_no_reason_and_no_note(
    store: Store, write: Write, bring_in: Import
) -> None:
    bad = person("p1") | {"municipality": "a@b.fi"}
    bring_in(PROFILES, write("a.jsonl", [person("p0"), bad]))
    assert store.quarantine.all()[0].reason.startswith("'[…]' is not a known municipality")
    report = bring_in(ImportKind.ADS, write("b.jsonl", [ad("x:1") | {"municipality": "a@b.fi"}]))
    assert report.notes == {"place not recognised: '[…]'": 1}


def test_importing_a_file_again_replaces_its_quarantine(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1"), {"id": "p2"}]))
    bring_in(PROFILES, write("a.jsonl", [person("p1"), person("p2")]))
    assert store.quarantine.all() == []


def test_an_id_of_another_source_is_quarantined_and_the_rest_stored(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1")]), source="oulu")
    rows = [person("p0"), person("oulu:p1"), person("p2")]
    report = bring_in(PROFILES, write("b.jsonl", rows))
    assert (report.new, report.quarantined) == (2, 1)
    assert store.profiles.ids("own") == ["p0", "p2"]
    assert store.quarantine.all()[0].row == "line 2"


def test_rows_are_stored_in_batches_of_the_same_result(
    store: Store, write: Write, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "BATCH", 2)
    bring_in(PROFILES, write("a.jsonl", [person(f"p{n}") for n in range(5)]))
    assert store.profiles.ids() == ["p0", "p1", "p2", "p3", "p4"]


def test_a_full_import_closes_what_is_gone(store: Store, write: Write, bring_in: Import) -> None:
    bring_in(ImportKind.ADS, write("a.jsonl", [ad("x:1"), ad("x:2"), ad("x:3"), ad("y:1")]))
    report = bring_in(
        ImportKind.ADS, write("b.jsonl", [ad("x:1"), ad("x:3")]), missing=Missing.CLOSE
    )
    assert (report.unchanged, report.closed) == (2, 1)
    vacancies = store.offers(OfferKind.VACANCY)
    assert vacancies.ids() == ["x:1", "x:3", "y:1"]
    assert vacancies.info("x:2").state is State.CLOSED


def test_a_full_import_that_loses_more_than_half_is_refused(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(ImportKind.ADS, write("a.jsonl", [ad(f"x:{n}") for n in range(5)]))
    part = write("b.jsonl", [ad("x:0"), ad("x:1"), ad("x:9")])
    with pytest.raises(InputError, match=r"lack 3 of the 5 records of source 'x'.*--accept-loss"):
        bring_in(ImportKind.ADS, part, missing=Missing.CLOSE)
    assert len(store.offers(OfferKind.VACANCY).ids("x")) == 6
    report = bring_in(ImportKind.ADS, part, missing=Missing.CLOSE_ANY)
    assert report.closed == 3
    assert store.offers(OfferKind.VACANCY).ids("x") == ["x:0", "x:1", "x:9"]


def test_a_full_import_without_a_usable_row_closes_nothing(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1")]))
    with pytest.raises(InputError, match="no usable row, so nothing was closed"):
        bring_in(PROFILES, write("b.jsonl", [{"id": "p9"}]), missing=Missing.CLOSE_ANY)
    assert store.profiles.ids() == ["p1"]


def test_a_full_import_of_a_torn_file_is_refused(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1"), person("p2"), person("p3")]))
    torn = write("b.jsonl", '{"id": "p1", "text": "a"}\n{"id": "p2", "text": "a"}\n{"id": "p3')
    with pytest.raises(InputError, match=r"could not be read at all: 1\. Nothing was closed"):
        bring_in(PROFILES, torn, missing=Missing.CLOSE)
    assert store.profiles.ids() == ["p1", "p2", "p3"]


def test_nothing_is_closed_of_any_source_when_one_loses_too_much(
    store: Store, write: Write, bring_in: Import
) -> None:
    rows = [ad("x:1"), ad("x:2"), ad("x:3"), ad("y:1"), ad("y:2"), ad("y:3")]
    bring_in(ImportKind.ADS, write("a.jsonl", rows))
    part = write("b.jsonl", [ad("x:1"), ad("x:2"), ad("y:1")])
    with pytest.raises(InputError, match="lack 2 of the 3 records of source 'y'"):
        bring_in(ImportKind.ADS, part, missing=Missing.CLOSE)
    assert store.offers(OfferKind.VACANCY).ids("x") == ["x:1", "x:2", "x:3"]


def test_a_row_in_quarantine_is_not_missing(store: Store, write: Write, bring_in: Import) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1"), person("p2"), person("p3")]))
    rows = [person("p1"), {"id": "p2", "competences": ["a"], "licences": ["Z9"]}]
    report = bring_in(PROFILES, write("b.jsonl", rows), missing=Missing.CLOSE)
    assert (report.closed, report.quarantined) == (1, 1)
    assert store.profiles.ids() == ["p1", "p2"]


def test_an_ad_that_comes_back_is_opened_again(
    store: Store, write: Write, bring_in: Import
) -> None:
    both, one = write("a.jsonl", [ad("x:1"), ad("x:2")]), write("b.jsonl", [ad("x:1")])
    bring_in(ImportKind.ADS, both)
    bring_in(ImportKind.ADS, one, missing=Missing.CLOSE)
    bring_in(ImportKind.ADS, both)
    assert store.offers(OfferKind.VACANCY).ids() == ["x:1", "x:2"]


def test_nothing_is_stored_when_one_of_the_files_is_no_use(
    store: Store, write: Write, bring_in: Import
) -> None:
    with pytest.raises(InputError):
        bring_in(PROFILES, write("a.jsonl", [person("p1")]), write("b.jsonl", ""))
    assert store.profiles.ids() == []


def test_an_unknown_format_names_the_known_ones(write: Write, bring_in: Import) -> None:
    with pytest.raises(InputError, match=r"not recognised.*tyomarkkinatori-p60 \(.*own \("):
        bring_in(PROFILES, write("a.json", {"colour": "red", "size": 3}))


def test_a_format_can_be_named(store: Store, write: Write, bring_in: Import) -> None:
    path = write("a.jsonl", [{"id": "p1", "competences": ["a"], "x": 1, "y": 2, "z": 3}])
    report = bring_in(PROFILES, path, format="own")
    assert report.quarantined == 1
    assert store.quarantine.all()[0].field == "x"


def test_a_format_that_does_not_exist_is_refused(write: Write, bring_in: Import) -> None:
    with pytest.raises(InputError, match="'excel' is no format of profiles"):
        bring_in(PROFILES, write("a.jsonl", [person("p1")]), format="excel")


def test_a_format_that_does_not_suit_the_file_is_refused(write: Write, bring_in: Import) -> None:
    with pytest.raises(InputError, match="does not come as a jsonl file"):
        bring_in(PROFILES, write("a.jsonl", [person("p1")]), format="table")


def test_progress_is_told_with_the_total_of_lines(write: Write, bring_in: Import) -> None:
    told: list[tuple[int, int | None]] = []
    path = write("a.jsonl", [person(f"p{n}") for n in range(250)])
    bring_in(PROFILES, path, progress=lambda rows, total: told.append((rows, total)))
    assert told == [(100, 250), (200, 250), (250, 250)]


def test_a_row_that_has_become_usable_leaves_quarantine(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1")]), source="oulu")
    bring_in(PROFILES, write("b.jsonl", [person("p2"), person("oulu:p1", "myynti")]))
    store.profiles.delete("oulu:p1", NOW)
    assert retry_quarantine(store, now=NOW) == RetryReport(tried=1, stored=1, left=0)
    assert store.profiles.get("oulu:p1").competences == (Competence("myynti"),)
    assert store.quarantine.all() == []


def test_a_row_that_is_still_no_use_stays_in_quarantine(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1"), {"id": "p2"}]))
    later = NOW + timedelta(days=1)
    assert retry_quarantine(store, now=later) == RetryReport(tried=1, stored=0, left=1)
    assert store.quarantine.all()[0].at == later


def test_a_second_row_of_one_id_does_not_replace_the_first_when_tried_again(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", [person("p1", "siivous"), person("p1", "myynti")]))
    assert retry_quarantine(store, now=NOW, kind=PROFILES).left == 1
    assert store.profiles.get("p1").competences == (Competence("siivous"),)


def test_a_row_tried_again_does_not_replace_a_newer_record(
    store: Store, write: Write, bring_in: Import
) -> None:
    bad = person("p1", "vanha") | {"municipality": "Atlantis"}
    bring_in(PROFILES, write("a.jsonl", [person("p0"), bad]))
    [row] = store.quarantine.all()
    store.quarantine.remove([row.id or 0])
    mended = row.raw.replace("Atlantis", "Oulu")
    store.quarantine.add([replace(row, id=None, raw=mended)])
    bring_in(PROFILES, write("b.jsonl", [person("p1", "uusi")]), now=NOW + timedelta(days=1))
    assert retry_quarantine(store, now=NOW + timedelta(days=2)).left == 1
    assert store.profiles.get("p1").competences == (Competence("uusi"),)


def test_a_row_that_was_no_json_stays_in_quarantine(
    store: Store, write: Write, bring_in: Import
) -> None:
    bring_in(PROFILES, write("a.jsonl", '{"id": "p1", "text": "a"}\n{"id": "p2", \n'))
    assert retry_quarantine(store, now=NOW) == RetryReport(tried=1, stored=0, left=1)


def test_concepts_without_words_are_named_by_the_taxonomy_or_noted(
    store: Store, write: Write, bring_in: Import
) -> None:
    cook = Concept("esco:cook", ConceptKind.OCCUPATION, labels=LocalText("kokki", "kock"))
    store.concepts.replace_all([cook], [], "1")
    skills = {
        "ammatit": [{"luokiteltuArvo": "esco:cook"}, {"luokiteltuArvo": "esco:unknown"}],
    }
    page = {
        "ilmoituksenID": "1",
        "ilmoituksenKielet": ["sv"],
        "perustiedot": {"tyonOtsikko": [{"kieliKoodi": "sv", "arvo": "Kock sökes"}]},
        "osaamisvaatimukset": skills,
    }
    report = bring_in(ImportKind.ADS, write("a.json", page))
    vacancy = store.offers(OfferKind.VACANCY).get("tyomarkkinatori:1")
    assert isinstance(vacancy, Vacancy)
    assert [(o.title, o.concept) for o in vacancy.occupations] == [
        ("kock", "esco:cook"),
        ("", "esco:unknown"),
    ]
    [(note, count)] = report.notes.items()
    assert (note[:22], count) == ("concept without a name", 1)


def test_a_relative_path_and_an_absolute_one_are_the_same_file(
    store: Store, write: Write, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.jsonl", [person("p1"), {"id": "p2"}])
    bring_in(PROFILES, path)
    monkeypatch.chdir(path.parent)
    bring_in(PROFILES, Path("a.jsonl"))
    assert [row.file for row in store.quarantine.all()] == [str(path)]


def test_two_people_are_never_merged_by_a_made_up_id(
    store: Store, bring_in: Import, write: Write
) -> None:
    first, second = p60(), p60()
    second["generalInfo"]["caption"] = {"fi": "Toinen ihminen"}
    report = bring_in(ImportKind.PROFILES, write("a.jsonl", [first, second, first]))
    assert (report.new, report.repeated, report.quarantined) == (1, 1, 1)
    [row] = store.quarantine.all()
    assert (row.row, row.field) == ("line 2", "id")


def test_people_created_at_the_same_moment_are_kept_apart_and_stay_so(
    store: Store, bring_in: Import, write: Write
) -> None:
    other = p60() | {"educations": [{"degreeCode": "651104"}]}
    path = write("a.jsonl", [p60(), other])
    assert bring_in(ImportKind.PROFILES, path).new == 2
    again = bring_in(ImportKind.PROFILES, path)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_a_home_that_the_source_does_not_tell_is_the_one_given(
    store: Store, bring_in: Import, write: Write
) -> None:
    rows = [{"id": "p1", "text": "a"}, {"id": "p2", "text": "b", "municipality": "Oulu"}]
    report = bring_in(ImportKind.PROFILES, write("a.jsonl", rows), municipality="853")
    assert [store.profiles.get(id).municipality for id in ("p1", "p2")] == ["853", "564"]
    assert report.notes == {}


def test_a_home_that_nobody_tells_stays_unknown_and_is_noted(
    store: Store, bring_in: Import, write: Write
) -> None:
    report = bring_in(ImportKind.PROFILES, write("a.jsonl", [p60()]))
    [profile] = store.profiles.page()
    assert profile.municipality is None
    assert report.notes[importer._NO_HOME] == 1
