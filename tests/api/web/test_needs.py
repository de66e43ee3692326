"""An employer's needs in the browser: posting, looking who fits, rewriting."""

from __future__ import annotations

import re
from datetime import date

import pytest

from matcher.domain.access import Role
from matcher.domain.consent import ConsentState, ask, pseudonym
from matcher.domain.offer import CompanyNeed, OfferKind
from matcher.domain.parts import (
    Availability,
    Cefr,
    Hours,
    Importance,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
    Support,
    WorkExtent,
    WorkingTime,
)
from matcher.domain.text import LocalText
from tests.api.conftest import NOW, OULU, grant_of
from tests.api.service import ApiUnderTest
from tests.api.web.visitor import Visitor

WELDER: dict[str, str | list[str]] = {
    "language": "fi",
    "title": "Hitsaaja telakalle",
    "organisation": "Telakka Oy",
    "tasks": "MIG/MAG-hitsaus\r\n\r\nlevyjen silloitus",
    "occupations": "hitsaaja",
    "essential": "piirustusten lukeminen",
    "optional": "trukin ajaminen",
    "language_fi": "B1",
    "language_en": "any",
    "other_languages": "venäjä: A2, Viro: äidinkieli",
    "licences": ["B"],
    "cards": "022",
    "municipalities": "Oulu, kempele",
    "remote": "no",
    "extents": ["full_time"],
    "times": ["day", "shift"],
    "per_week": "37,5",
    "start": "2026-12-01",
    "expires": "2026-12-31",
    "places": "2",
    "support": ["pay_subsidy"],
    "hidden": "yes",
}

WELDER_START = date(2026, 12, 1)
LAST_DAY = date(2026, 12, 31)


@pytest.fixture
def employer(api: ApiUnderTest) -> Visitor:
    """An employer who has signed in."""
    visitor = Visitor(api)
    visitor.sign_in("employer")
    return visitor


def test_a_need_is_posted_as_it_was_filled_in(api: ApiUnderTest, employer: Visitor) -> None:
    posted = employer.post("/needs/new", {**employer.token("/needs/new"), **WELDER})
    assert posted.status_code == 303
    need = stored(api, posted.headers["Location"])
    assert need == CompanyNeed(
        id=need.id,
        source="api",
        title=LocalText(fi="Hitsaaja telakalle"),
        organisation="Telakka Oy",
        tasks=("MIG/MAG-hitsaus", "levyjen silloitus"),
        occupations=(Occupation("hitsaaja"),),
        requirements=(
            Requirement("piirustusten lukeminen"),
            Requirement("trukin ajaminen", Importance.OPTIONAL),
        ),
        languages=(
            LanguageSkill("fi", Cefr.B1),
            LanguageSkill("en"),
            LanguageSkill("ru", Cefr.A2),
            LanguageSkill("et", Cefr.NATIVE),
        ),
        licences=("B",),
        cards=("022",),
        place=Place(("564", "244"), remote=False),
        hours=Hours((WorkingTime.DAY, WorkingTime.SHIFT), (WorkExtent.FULL_TIME,), 37.5),
        availability=Availability(WELDER_START),
        expires=LAST_DAY,
        places=2,
        support=(Support.PAY_SUBSIDY,),
        owner=owner_of(api),
    )
    shown = employer.get(posted.headers["Location"])
    assert "Tarve julkaistiin." in shown.text
    assert "Hitsaaja telakalle" in shown.text
    again = employer.form(f"{posted.headers['Location']}/edit")
    assert again["other_languages"] == "venäjä: A2, viro: äidinkieli"


def test_a_need_that_is_sent_twice_is_posted_once(api: ApiUnderTest, employer: Visitor) -> None:
    form = {**employer.form("/needs/new"), "title": "Hitsaaja", "organisation": "Telakka Oy"}
    first, second = (employer.post("/needs/new", form).headers["Location"] for _ in range(2))
    assert first == second
    other = employer.post("/needs/new", {**form, "title": "Maalari"}).headers["Location"]
    anew = employer.post("/needs/new", {**form, **employer.form("/needs/new"), "title": "Hitsaaja"})
    assert len({first, other, anew.headers["Location"]}) == 3
    assert stored(api, first).title == LocalText(fi="Hitsaaja")


def test_the_form_of_a_new_need_that_is_sent_again_later_undoes_nothing(
    api: ApiUnderTest, employer: Visitor
) -> None:
    form = {**employer.form("/needs/new"), "title": "Hitsaaja", "organisation": "Telakka Oy"}
    where = employer.post("/needs/new", form).headers["Location"]
    edited = {**employer.form(f"{where}/edit"), "title": "Levyseppähitsaaja"}
    assert employer.post(f"{where}/edit", edited).headers["Location"] == where
    assert employer.post("/needs/new", form).headers["Location"] == where
    assert stored(api, where).title == LocalText(fi="Levyseppähitsaaja")
    employer.post(f"{where}/close", {**employer.token(where), "outcome": "not_filled"})
    employer.post("/needs/new", form)
    assert employer.get(where).status_code == 404


def test_the_form_of_a_new_need_begins_with_the_company_of_the_key(api: ApiUnderTest) -> None:
    with api.store() as store:
        grant = grant_of(Role.EMPLOYER, OULU, organisation="Telakka Oy")
        store.keys.create(grant, "shipyard", NOW, "secret of shipyard")
    shipyard = Visitor(api)
    shipyard.sign_in("shipyard")
    assert shipyard.form("/needs/new")["organisation"] == "Telakka Oy"


def test_an_empty_form_is_shown_again_with_what_is_missing(employer: Visitor) -> None:
    answered = employer.post("/needs/new", {**employer.token("/needs/new"), "tasks": "hitsaus"})
    assert answered.status_code == 422
    assert 'id="title-error"' in answered.text
    assert ">\nhitsaus</textarea>" in answered.text


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("municipalities", "Oulu, Atlantis", "municipalities"),
        ("other_languages", "klingon:B1", "other_languages"),
        ("cards", "lentävän maton ajolupa", "cards"),
        ("per_week", "paljon", "per_week"),
        ("places", "0", "places"),
        ("url", "ei osoite", "url"),
        ("start", "huomenna", "start"),
        ("essential", "x" * 501, "essential"),
        ("optional", "x" * 501, "optional"),
        ("text", "x" * 20_001, "text"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(
    employer: Visitor, field: str, value: str, at: str
) -> None:
    form = {**WELDER, **employer.token("/needs/new"), field: value}
    answered = employer.post("/needs/new", form)
    assert answered.status_code == 422
    assert re.findall(r'id="([a-z_]+)-error"', answered.text) == [at]


def test_words_that_may_discriminate_are_posted_with_a_reason_only(
    api: ApiUnderTest, employer: Visitor
) -> None:
    form = {**WELDER, **employer.token("/needs/new"), "text": "Haemme nuorta hitsaajaa."}
    refused = employer.post("/needs/new", form)
    assert refused.status_code == 422
    assert "Haemme nuorta" in refused.text
    assert "1325/2014" in refused.text
    kept = employer.post("/needs/new", {**form, "keep_wording": "Nuorisotakuun paikka."})
    assert kept.status_code == 303
    with api.store() as store:
        assert [one.reason for one in store.overrides.all()] == ["Nuorisotakuun paikka."]


def test_who_fits_is_told_while_one_writes_and_stores_nothing(
    api: ApiUnderTest, employer: Visitor
) -> None:
    token = employer.token("/needs/new")
    with api.store() as store:
        before = store.offers(OfferKind.NEED).ids()
    part = employer.post("/needs/check", {**token, "tasks": "MIG/MAG-hitsaus", "language": "fi"})
    assert "<html" not in part.text
    assert "joille tätä voidaan tarjota" in part.text
    assert "alle 5" in part.text
    page = employer.post("/needs/new", {**token, **WELDER, "do": "check"})
    assert page.status_code == 200
    assert "joille tätä voidaan tarjota" in page.text
    assert 'value="Hitsaaja telakalle"' in page.text
    with api.store() as store:
        assert store.offers(OfferKind.NEED).ids() == before


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"language": "fi"}, "Kirjoita, mitä työ on."),
        ({"title": "Hitsaaja", "per_week": "paljon"}, "Lomakkeessa on vielä jotakin"),
        ({"title": "Haemme nuorta hitsaajaa"}, "Nämä sanat voivat olla syrjiviä"),
    ],
)
def test_a_look_tells_what_keeps_it_from_counting(
    employer: Visitor, form: dict[str, str], told: str
) -> None:
    part = employer.post("/needs/check", {**employer.token("/needs/new"), **form})
    assert told in part.text


def test_a_look_without_a_script_shows_where_something_cannot_be_used(
    employer: Visitor,
) -> None:
    form = {"title": "Hitsaaja", "per_week": "paljon", "do": "check"}
    page = employer.post("/needs/new", {**employer.token("/needs/new"), **form})
    assert page.status_code == 200
    assert 'id="per_week-error"' in page.text


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"expires": "2020-01-01"}, "expires"),
        ({"start": "2027-05-01", "end": "2027-01-01"}, "end"),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field(
    employer: Visitor, days: dict[str, str], field: str
) -> None:
    page = employer.post("/needs/new", {**employer.token("/needs/new"), **WELDER, **days})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text


def test_rewriting_keeps_what_the_form_does_not_show(api: ApiUnderTest, employer: Visitor) -> None:
    with api.store() as store:
        needs = store.offers(OfferKind.NEED)
        need = needs.get("n-own")
        assert isinstance(need, CompanyNeed)
        needs.replace(
            CompanyNeed(
                id="n-own",
                owner=need.owner,
                title=LocalText(fi="Hitsaaja", sv="Svetsare"),
                requirements=(Requirement("trukin ajaminen", concept="http://data/truck"),),
                languages=(LanguageSkill("fi", Cefr.NATIVE),),
                place=Place(("564",), regions=("17",)),
            ),
            NOW,
        )
    form = {**shown_form(employer, "/needs/n-own/edit"), "title": "Hitsaaja heti"}
    assert employer.post("/needs/n-own/edit", form).status_code == 303
    after = stored(api, "/needs/n-own")
    assert after.title == LocalText(fi="Hitsaaja heti", sv="Svetsare")
    assert after.requirements == (Requirement("trukin ajaminen", concept="http://data/truck"),)
    assert after.languages == (LanguageSkill("fi", Cefr.NATIVE),)
    assert after.place == Place(("564",), regions=("17",))


def test_who_saves_after_somebody_else_sees_both_versions_and_chooses(
    api: ApiUnderTest, employer: Visitor
) -> None:
    path = "/needs/n-own/edit"
    first, second = shown_form(employer, path), shown_form(employer, path)
    theirs = {**first, "title": "Hitsaaja heti", "times": ["evening"]}
    assert employer.post(path, theirs).status_code == 303
    mine = {**second, "title": "Levyseppä", "tasks": "levyjen silloitus"}
    refused = employer.post(path, mine)
    assert refused.status_code == 409
    assert stored(api, "/needs/n-own").title.fi == "Hitsaaja heti"
    assert '<dd class="lines">Hitsaaja heti</dd>' in refused.text
    assert '<dd class="lines">Iltatyö</dd>' in refused.text
    assert 'value="Levyseppä"' in refused.text
    seen = re.search(r'name="seen" value="(\d+)"', refused.text)
    assert seen
    assert employer.post(path, {**mine, "seen": seen[1]}).status_code == 303
    assert stored(api, "/needs/n-own").title.fi == "Levyseppä"


def test_a_change_that_is_refused_leaves_consents_as_they_are(
    api: ApiUnderTest, employer: Visitor
) -> None:
    dates = (NOW.date(), LAST_DAY)
    asked = ask(("p-oulu", "n-own"), dates, id="c-1", pseudonym=pseudonym("1"), now=NOW, by="k")
    with api.store() as store:
        store.consents.ask(asked)
    form = {**shown_form(employer, "/needs/n-own/edit"), "essential": "vene", "seen": "0"}
    assert employer.post("/needs/n-own/edit", form).status_code == 409
    with api.store() as store:
        [found] = store.consents.of_need("n-own")
    assert found.state(NOW.date()) is ConsentState.ASKED


def test_consents_lapse_when_a_need_becomes_another_one(
    api: ApiUnderTest, employer: Visitor
) -> None:
    dates = (NOW.date(), LAST_DAY)
    asked = ask(("p-oulu", "n-own"), dates, id="c-1", pseudonym=pseudonym("1"), now=NOW, by="k")
    with api.store() as store:
        store.consents.ask(asked)
    form = {**shown_form(employer, "/needs/n-own/edit"), "essential": "vene"}
    assert employer.post("/needs/n-own/edit", form).status_code == 303
    with api.store() as store:
        [found] = store.consents.of_need("n-own")
    assert found.state(NOW.date()) is ConsentState.LAPSED


def test_the_list_shows_the_own_needs_only(employer: Visitor) -> None:
    page = employer.get("/needs")
    assert "Hitsaaja telakalle" in page.text
    assert "Hitsaaja satamaan" not in page.text
    assert "Hitsaaja konepajalle" not in page.text


def test_counts_of_a_need_hide_small_groups(employer: Visitor) -> None:
    whole = employer.get("/needs/n-own/fit")
    assert "<html" in whole.text
    part = employer.get("/needs/n-own/fit", {"HX-Request": "true"})
    assert "<html" not in part.text
    assert re.search(r"<dd>[1-4]</dd>", whole.text + part.text) is None


def test_a_script_in_a_title_is_shown_as_text(employer: Visitor) -> None:
    form = {**employer.token("/needs/new"), "title": "<script>alert(1)</script>", "language": "fi"}
    posted = employer.post("/needs/new", form)
    page = employer.get(posted.headers["Location"])
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_before_the_first_night_a_need_is_posted_all_the_same(empty_api: ApiUnderTest) -> None:
    visitor = Visitor(empty_api)
    visitor.sign_in("employer")
    token = visitor.token("/needs/new")
    part = visitor.post("/needs/check", {**token, **WELDER})
    assert "ei voi juuri nyt laskea" in part.text
    assert visitor.post("/needs/new", {**token, **WELDER}).status_code == 303


def stored(api: ApiUnderTest, path: str) -> CompanyNeed:
    """Return the need whose page this is."""
    with api.store() as store:
        need = store.offers(OfferKind.NEED).get(path.rpartition("/")[2])
    assert isinstance(need, CompanyNeed)
    return need


def owner_of(api: ApiUnderTest) -> str:
    """Return the id of the employer's key."""
    with api.store() as store:
        return next(key.id for key in store.keys.list() if key.label == "employer")


def shown_form(visitor: Visitor, path: str) -> dict[str, str | list[str]]:
    """Return what a browser would send of a form that is shown, unchanged."""
    return visitor.form(path)
