"""Mapping with a client: saved a part at a time, all kept, and never over what others saved."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matcher.domain.parts import Cefr, Evidence, LanguageSkill, Level
from matcher.domain.profile import Profile
from matcher.domain.text import Lang, LocalText
from matcher.store.concepts import Concept, ConceptKind
from tests.api.conftest import NOW
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

MAPPING = "/clients/p-oulu/mapping"
SCRIPT = "<script>alert(1)</script>"
BAKING = Concept(
    "http://data.europa.eu/esco/skill/baking",
    ConceptKind.SKILL,
    labels=LocalText("leipoa leipää", "baka bröd", "bake bread"),
    alt={Lang.FI: ("pullan leipominen",)},
)


@pytest.fixture
def coach(api: ApiUnderTest) -> Visitor:
    """A coach of Oulu at a browser."""
    visitor = Visitor(api)
    visitor.sign_in("coach")
    return visitor


def sent(coach: Visitor, section: str, **fields: str | list[str]) -> dict[str, str | list[str]]:
    """The form of a section as it is shown, with what was changed in it."""
    page = coach.get(MAPPING).text
    seen = re.search(rf'id="seen-{section}" name="seen" value="([0-9a-f]+)"', page)
    assert seen
    return {**coach.token(MAPPING), "seen": seen[1], **fields}


def stored(api: ApiUnderTest) -> Profile:
    with api.store() as store:
        return store.profiles.get("p-oulu")


def test_competences_are_saved_with_level_and_where_they_come_from(
    api: ApiUnderTest, coach: Visitor
) -> None:
    row = {
        "competences.0.name": "TIG-hitsaus",
        "competences.0.level": "strong",
        "competences.0.evidence": "work",
        "competences.1.name": "",
        "competences.2.name": SCRIPT,
    }
    saved = coach.post(f"{MAPPING}/competences", sent(coach, "competences", **row))
    assert saved.headers["Location"] == f"{MAPPING}#competences"
    first, second = stored(api).competences
    assert (first.name, first.level, first.evidence) == (
        "TIG-hitsaus",
        Level.STRONG,
        Evidence.WORK,
    )
    assert second.name == SCRIPT
    page = coach.get(MAPPING).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert SCRIPT not in page


def test_what_is_chosen_of_the_suggestions_is_added_with_its_concept(
    api: ApiUnderTest, coach: Visitor
) -> None:
    with api.store() as store:
        store.concepts.replace_all([BAKING], [], "1.2")
    for typed in ("leipo", "pullan", "bröd", "BAKE"):
        assert "leipoa leipää" in coach.get(f"/clients/p-oulu/suggestions?q={typed}").text
    assert "ESCOsta ei löytynyt" in coach.get("/clients/p-oulu/suggestions?q=zzz").text
    assert "leipoa leipää" in coach.get(f"{MAPPING}?q=leipo").text
    form = sent(coach, "competences", add=[f"{BAKING.uri}|leipoa leipää"])
    coach.post(f"{MAPPING}/competences", {**form, "competences.0.name": "hitsaus"})
    assert [(one.name, one.concept) for one in stored(api).competences] == [
        ("hitsaus", None),
        ("leipoa leipää", BAKING.uri),
    ]


def test_what_is_found_by_meaning_stands_apart_with_and_without_script(
    api: ApiUnderTest, coach: Visitor
) -> None:
    with api.store() as store:
        store.concepts.replace_all([BAKING], [], "1.3")
    # No label has both words, but the concept has both.
    typed = "baka leipää"
    for path in ("/clients/p-oulu/suggestions", MAPPING):
        page = coach.get(f"{path}?q={typed}").text
        assert "merkitys lähellä:</legend>" in page
        assert "Tarkoittaako asiakas jotakin näistä?" not in page
        assert page.count(f'value="{BAKING.uri}|leipoa leipää"') == 1


def test_what_is_unknown_none_and_told_are_three_things(api: ApiUnderTest, coach: Visitor) -> None:
    form = sent(coach, "skills", languages="suomi: B2\narabia: äidinkieli", licences="-", cards="")
    coach.post(f"{MAPPING}/skills", form)
    profile = stored(api)
    assert profile.languages == (
        LanguageSkill("fi", Cefr.B2),
        LanguageSkill("ar", Cefr.NATIVE),
    )
    assert (profile.licences, profile.cards) == ((), None)
    page = coach.get(MAPPING).text
    assert "suomi: B2\narabia: äidinkieli</textarea>" in page


def test_constraints_are_saved_as_they_are_written_in_finland(
    api: ApiUnderTest, coach: Visitor
) -> None:
    limits = {"municipality": "564", "max_km": "32,5", "own_car": "no", "start": "1.2.2027"}
    form = sent(coach, "limits", **limits, times=["day", "evening"], restrictions="ei nostoja")
    assert coach.post(f"{MAPPING}/limits", form).status_code == 303
    profile = stored(api)
    assert (profile.commute.max_km, profile.commute.own_car) == (32.5, False)
    assert str(profile.availability.start) == "2027-02-01"
    assert profile.hours.times == ("day", "evening")
    assert [one.text for one in profile.restrictions] == ["ei nostoja"]


@pytest.mark.parametrize(
    ("place", "typed", "said"),
    [
        (("limits", "max_km"), "lähellä", "Kirjoita luku."),
        (("limits", "start"), "heti", "Kirjoita päivä"),
        (("part", "birth_date"), "1.1.2300", "Tämä päivä on vasta edessä"),
        (("skills", "languages"), "suomi: hyvä", "Kirjoita yksi kieli riville"),
        (("competences", "competences.0.name"), "hitsaus " * 1250, "Teksti on liian pitkä"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_everything_is_kept(
    api: ApiUnderTest, coach: Visitor, place: tuple[str, str], typed: str, said: str
) -> None:
    (section, field), before = place, stored(api)
    others = {"municipality": "564", "restrictions": "ei nostoja", "cards": "kortti 1"}
    form = sent(coach, section, **{**others, field: typed})
    shown = coach.post(f"{MAPPING}/{section}", form)
    assert shown.status_code == 422
    assert said in shown.text
    assert typed.strip() in shown.text
    assert f'id="{field}-error"' in shown.text
    if section == "limits":
        assert "ei nostoja" in shown.text
    assert stored(api) == before


def test_two_coaches_at_one_part_the_second_sees_both_and_chooses(
    api: ApiUnderTest, coach: Visitor
) -> None:
    mine = sent(coach, "work", occupations_wanted="kokki")
    theirs = {**mine, "occupations_wanted": "leipuri"}
    assert coach.post(f"{MAPPING}/work", theirs).status_code == 303
    refused = coach.post(f"{MAPPING}/work", mine)
    assert refused.status_code == 409
    assert "Joku muu on sillä välin muuttanut tätä osaa" in refused.text
    assert "<dd>leipuri</dd>" in refused.text
    assert "kokki</textarea>" in refused.text
    assert [job.title for job in stored(api).occupations_wanted] == ["leipuri"]
    seen = re.search(r'id="seen-work" name="seen" value="([0-9a-f]+)"', refused.text)
    assert seen
    assert coach.post(f"{MAPPING}/work", {**mine, "seen": seen[1]}).status_code == 303
    assert [job.title for job in stored(api).occupations_wanted] == ["kokki"]


def test_a_home_that_one_may_not_choose_is_told_at_its_field(
    api: ApiUnderTest, coach: Visitor
) -> None:
    before = stored(api)
    for home in ("", "091"):
        shown = coach.post(
            f"{MAPPING}/limits", sent(coach, "limits", municipality=home, max_km="7")
        )
        assert shown.status_code == 422
        assert 'id="municipality-error"' in shown.text
        assert 'value="7"' in shown.text
    assert stored(api) == before


@pytest.mark.parametrize("number", ["²", "9" * 5000, "20000"])
def test_a_row_of_a_number_that_no_page_has_does_nothing(coach: Visitor, number: str) -> None:
    row = {f"competences.{number}.name": "hitsaus", "competences.0.level": "bogus"}
    shown = coach.post(f"{MAPPING}/competences", sent(coach, "competences", **row))
    assert shown.status_code < 500
    assert len(shown.text) < 400_000


def test_lines_pasted_from_other_programs_stay_lines(api: ApiUnderTest, coach: Visitor) -> None:
    form = sent(coach, "words", text="Tykkään leipoa.\x0bJa hitsata.\x0cJoo.", language="fi")
    assert coach.post(f"{MAPPING}/words", form).status_code == 303
    assert stored(api).text == "Tykkään leipoa.\nJa hitsata.\nJoo."


def test_what_another_coach_saved_is_told_in_words_and_not_in_codes(coach: Visitor) -> None:
    mine = sent(coach, "limits", municipality="564", restrictions="ei nostoja\nei pölyä")
    theirs = {**mine, "own_car": "yes", "times": ["day", "weekend"], "max_km": "40"}
    assert coach.post(f"{MAPPING}/limits", theirs).status_code == 303
    stored = re.search(
        r'<dl class="facts">(.*?)</dl>', coach.post(f"{MAPPING}/limits", mine).text, re.S
    )
    assert stored
    told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", stored[1])
    assert told == [
        ("Kotikunta", "Oulu"),
        ("Työmatka enintään, kilometriä", "40"),
        ("Auto käytettävissä työmatkoihin", "Kyllä"),
        ("Sopivat työajat", "päivällä, viikonloppuna"),
        ("Mitä työssä pitää ottaa huomioon", "ei nostoja, ei pölyä"),
    ]
    skills = {"competences.0.name": "hitsaus", "competences.0.level": "good"}
    first = sent(coach, "competences", **skills)
    assert coach.post(f"{MAPPING}/competences", first).status_code == 303
    again = coach.post(f"{MAPPING}/competences", first).text
    assert "<dt>Osaaminen</dt><dd>hitsaus (hyvä)</dd>" in again


def test_two_coaches_at_different_parts_do_not_meet(api: ApiUnderTest, coach: Visitor) -> None:
    work = sent(coach, "work", occupations_wanted="kokki")
    words = sent(coach, "words", text="Tykkään leipoa.", language="fi")
    assert coach.post(f"{MAPPING}/work", work).status_code == 303
    assert coach.post(f"{MAPPING}/words", words).status_code == 303
    profile = stored(api)
    assert (profile.text, profile.occupations_wanted[0].title) == ("Tykkään leipoa.", "kokki")


def test_a_script_saves_as_one_goes_and_never_over_anothers(
    api: ApiUnderTest, coach: Visitor
) -> None:
    script = {"HX-Request": "true"}
    form = sent(coach, "work", occupations_wanted="kokki")
    saved = coach.post(f"{MAPPING}/work", form, script)
    assert "Tallennettu klo 14.00" in saved.text
    assert "<html" not in saved.text
    assert 'hx-swap-oob="true"' in saved.text
    stale = coach.post(f"{MAPPING}/work", {**form, "occupations_wanted": "leipuri"}, script)
    assert "Joku muu on sillä välin muuttanut" in stale.text
    assert "hx-swap-oob" not in stale.text
    wrong = sent(coach, "limits", municipality="564", max_km="lähellä")
    assert "Ei vielä tallennettu:" in coach.post(f"{MAPPING}/limits", wrong, script).text
    assert stored(api).occupations_wanted[0].title == "kokki"


def test_a_new_client_begins_with_a_few_words(api: ApiUnderTest, coach: Visitor) -> None:
    token = coach.token("/clients/new")
    missing = coach.post("/clients/new", {**token, "municipality": "564", "text": ""})
    assert missing.status_code == 422
    assert "Kirjoita jotain asiakkaan osaamisesta" in missing.text
    made = coach.post(
        "/clients/new", {**token, "municipality": "564", "text": "Olen leiponut.", "language": "fi"}
    )
    where = made.headers["Location"]
    assert "Olen leiponut." in coach.get(where).text
    with api.store() as store:
        assert store.profiles.get(where.split("/")[2]).municipality == "564"


def test_a_client_who_is_sent_twice_or_later_again_is_made_once(
    api: ApiUnderTest, coach: Visitor
) -> None:
    form = {**coach.form("/clients/new"), "municipality": "564", "text": "Olen leiponut."}
    first, second = (coach.post("/clients/new", form).headers["Location"] for _ in range(2))
    assert first == second
    other = coach.post("/clients/new", {**form, "text": "Olen hitsannut."}).headers["Location"]
    assert other != first
    id, later = first.split("/")[2], NOW + timedelta(hours=1)
    with api.store() as store:
        grown = replace(store.profiles.get(id), text="Olen leiponut ja myynyt.")
        store.profiles.upsert([grown], later)
    coach.post("/clients/new", form)
    with api.store() as store:
        assert store.profiles.get(id) == grown
        store.erase_profile(id, later)
    coach.post("/clients/new", form)
    assert coach.get(first).status_code == 404


def upload(api: ApiUnderTest, coach: Visitor, name: str, content: bytes) -> Any:
    return api.client.post(
        "/clients/new",
        data={**coach.token("/clients/new"), "municipality": "564", "text": "", "language": "fi"},
        files={"file": (name, content)},
        headers={"Accept": "text/html", "Accept-Language": "fi"},
        follow_redirects=False,
    )


P60 = {
    "generalInfo": {"caption": {"fi": "Leipuri"}, "meta": {"created": "2026-01-01"}},
    "employments": [
        {
            "title": {"fi": "leipuri"},
            "description": {"skills": [{"uri": BAKING.uri, "prefLabel": {"fi": "leipoa leipää"}}]},
        }
    ],
    "educations": [],
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("profile.json", json.dumps(P60).encode()),
        ("mapping.csv", "id;competences\n1;leipoa leipää (work)\n".encode()),
    ],
)
def test_a_profile_comes_from_a_file_of_one_person(
    api: ApiUnderTest, coach: Visitor, name: str, content: bytes
) -> None:
    made = upload(api, coach, name, content)
    assert made.status_code == 303
    with api.store() as store:
        profile = store.profiles.get(made.headers["Location"].split("/")[2])
    assert [(one.name, one.evidence) for one in profile.competences] == [
        ("leipoa leipää", Evidence.WORK)
    ]
    assert profile.municipality == "564"


@pytest.mark.parametrize(
    "content",
    [b"", b"not a profile", b"\x00\xff", b"id;competences\n1;a\n2;b\n", b'{"id": 5, "text": 7}'],
)
def test_a_file_that_cannot_be_used_is_told_and_nothing_is_stored(
    api: ApiUnderTest, coach: Visitor, content: bytes
) -> None:
    shown = upload(api, coach, "profile.csv", content)
    assert shown.status_code == 422
    assert "Tätä tiedostoa ei voi käyttää." in shown.text


def test_a_mapping_goes_out_in_the_form_of_p51(api: ApiUnderTest, coach: Visitor) -> None:
    form = sent(coach, "competences", add=[f"{BAKING.uri}|leipoa leipää"])
    coach.post(f"{MAPPING}/competences", {**form, "competences.0.name": "hitsaus"})
    answer = coach.get("/clients/p-oulu/tyomarkkinatori.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tyomarkkinatori.json"'
    document = answer.json()
    assert document["experienceDescription"]["skills"] == [{"uri": BAKING.uri}]
    assert document["generalInfo"]["preferredMunicipalities"] == ["564"]
