"""Needs: an employer's own ones, found as soon as they are posted."""

from __future__ import annotations

from matcher.domain.offer import OfferKind
from tests.api.service import ApiUnderTest

BAKER = {
    "title": "Leipuri aamuvuoroon",
    "organisation": "Torin Leipomo",
    "occupations": ["leipuri"],
    "tasks": ["leivän leipominen"],
    "requirements": ["taikinan tekeminen"],
    "place": {"municipalities": ["Oulu"]},
}
PERSON = {
    "profile": {"competences": ["leivän leipominen", "taikinan tekeminen"]},
    "kinds": ["need"],
}


def test_a_need_is_found_right_after_posting_and_gone_right_after_deletion(
    api: ApiUnderTest,
) -> None:
    assert _found(api) == []
    id = api.json("employer", "POST", "/v1/needs", BAKER)["id"]
    assert _found(api) == [id]
    assert api.call("employer", "DELETE", f"/v1/needs/{id}").status_code == 204
    assert _found(api) == []
    assert api.call("employer", "GET", f"/v1/needs/{id}").status_code == 404


def test_whoever_posts_a_need_learns_at_once_who_fits_it(api: ApiUnderTest) -> None:
    made = api.json("employer", "POST", "/v1/needs?lang=en", BAKER)
    read = api.json("employer", "GET", f"/v1/needs/{made['id']}/insight?lang=en")
    assert made["insight"] == read
    assert made["title"]["fi"] == "Leipuri aamuvuoroon"


def test_a_changed_need_is_found_by_its_new_words_at_once(api: ApiUnderTest) -> None:
    id = api.json("employer", "POST", "/v1/needs", BAKER)["id"]
    welder = {"title": "Hitsaaja", "requirements": ["MIG/MAG-hitsaus"]}
    api.json("employer", "PUT", f"/v1/needs/{id}", welder)
    assert _found(api) == []
    lists = api.json("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})["lists"]
    assert id in [match["offer"]["id"] for match in lists["need"]]


def test_an_employer_lists_the_own_needs_only(api: ApiUnderTest) -> None:
    id = api.json("employer", "POST", "/v1/needs", BAKER)["id"]
    assert _listed(api, "employer") == sorted([id, "n-own"])
    assert _listed(api, "other employer") == ["n-other"]
    assert _listed(api, "indexer") == sorted([id, "n-other", "n-own", "n-survey"])


def test_a_need_that_an_admin_corrects_stays_its_owners(api: ApiUnderTest) -> None:
    api.json("admin", "PUT", "/v1/needs/n-own", BAKER)
    assert api.json("employer", "GET", "/v1/needs/n-own")["organisation"] == "Torin Leipomo"
    assert api.call("other employer", "GET", "/v1/needs/n-own").status_code == 404


def test_a_need_that_the_municipality_enters_has_no_owner(api: ApiUnderTest) -> None:
    id = api.json("indexer", "POST", "/v1/needs", BAKER)["id"]
    assert api.call("employer", "GET", f"/v1/needs/{id}").status_code == 404
    assert api.json("admin", "GET", f"/v1/needs/{id}")["title"]["fi"] == "Leipuri aamuvuoroon"


def test_a_need_made_here_is_of_no_file(api: ApiUnderTest) -> None:
    id = api.json("employer", "POST", "/v1/needs", BAKER)["id"]
    api.json("employer", "PUT", f"/v1/needs/{id}", {**BAKER, "title": "Leipuri"})
    with api.store() as store:
        assert store.offers(OfferKind.NEED).info(id).source == "api"


def test_no_answer_names_the_owner_of_a_need(api: ApiUnderTest) -> None:
    with api.store() as store:
        owner = next(key.id for key in store.keys.list() if key.label == "employer")
    assert owner not in api.call("admin", "GET", "/v1/needs/n-own").text
    assert owner not in api.call("admin", "GET", "/v1/needs").text


def _found(api: ApiUnderTest) -> list[str]:
    lists = api.json("coach", "POST", "/v1/matches", PERSON)["lists"]
    bakers = [m["offer"] for m in lists["need"] if m["offer"]["organisation"] == "Torin Leipomo"]
    return [offer["id"] for offer in bakers]


def _listed(api: ApiUnderTest, who: str) -> list[str]:
    return [item["id"] for item in api.json(who, "GET", "/v1/needs")["items"]]
