"""Offers: read by coaches, written by indexers."""

from __future__ import annotations

import pytest

from matcher.domain.offer import OfferKind
from tests.api.service import ApiUnderTest

CREDIT = "Lähde: Työmarkkinatorin asiakastietojärjestelmä"


def test_an_advertisement_is_shown_with_the_credit_that_its_source_asks_for(
    reading_api: ApiUnderTest,
) -> None:
    [item] = reading_api.json("coach", "GET", "/v1/offers/vacancy?lang=sv")["items"]
    assert item == {
        "id": "v-welder",
        "kind": "vacancy",
        "title": "Svetsare",
        "organisation": "Satama Oy",
        "municipalities": ["Uleåborg", "Kempele"],
        "expires": None,
        "url": "https://example.fi/v-welder",
        "credit": CREDIT,
    }
    answer = reading_api.json("coach", "GET", "/v1/offers/vacancy/v-welder")
    assert (answer["kind"], answer["credit"]) == ("vacancy", CREDIT)
    assert answer["offer"]["title"] == {"fi": "Hitsaaja", "sv": "Svetsare", "en": ""}


def test_an_offer_of_no_such_source_has_no_credit(reading_api: ApiUnderTest) -> None:
    assert reading_api.json("coach", "GET", "/v1/offers/need/n-survey")["credit"] is None


def test_a_closed_offer_is_not_retrievable(reading_api: ApiUnderTest) -> None:
    assert reading_api.call("admin", "GET", "/v1/offers/vacancy/v-closed").status_code == 404


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("vacancy", {"places": 3}),
        ("need", {"tasks": ["hitsaus"], "hidden": False}),
        ("training", {"outcomes": ["TIG-hitsaus"]}),
        ("service", {"helps_with": ["hitsaus"]}),
    ],
)
def test_an_indexer_writes_an_offer_under_the_id_of_its_source(
    kind: str, own: dict[str, object], api: ApiUnderTest
) -> None:
    path, body = f"/v1/offers/{kind}/src:1", {"title": "Hitsaus", **own}
    first = api.call("indexer", "PUT", path, body)
    second = api.call("indexer", "PUT", path, body)
    assert (first.status_code, second.status_code) == (201, 200)
    with api.store() as store:
        assert store.offers(OfferKind(kind)).info("src:1").source == "api"
    offer = api.json("admin", "GET", path)["offer"]
    assert (offer["id"], offer["title"]["fi"]) == ("src:1", "Hitsaus")
    assert {name: offer[name] for name in own} == own


def test_a_written_offer_is_matched_at_once_and_a_deleted_one_no_more(api: ApiUnderTest) -> None:
    body = {"title": "Levyseppähitsaaja", "requirements": ["MIG/MAG-hitsaus"]}
    api.json("indexer", "PUT", "/v1/offers/vacancy/src:2", body)
    assert "src:2" in _vacancies(api)
    api.call("indexer", "DELETE", "/v1/offers/vacancy/src:2")
    assert "src:2" not in _vacancies(api)


def test_an_offer_has_the_fields_of_its_kind_only(reading_api: ApiUnderTest) -> None:
    body = {"title": "Hitsaus", "outcomes": ["TIG-hitsaus"]}
    response = reading_api.call("indexer", "PUT", "/v1/offers/service/src:3", body)
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == ["outcomes"]


def test_an_indexer_replaces_what_was_imported_from_another_source(api: ApiUnderTest) -> None:
    body = {"title": "Levyseppähitsaaja"}
    assert api.call("indexer", "PUT", "/v1/offers/vacancy/v-welder", body).status_code == 200
    answer = api.json("coach", "GET", "/v1/offers/vacancy/v-welder")
    assert (answer["credit"], answer["offer"]["title"]["fi"]) == (CREDIT, "Levyseppähitsaaja")


def _vacancies(api: ApiUnderTest) -> list[str]:
    lists = api.json("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})["lists"]
    return [match["offer"]["id"] for match in lists["vacancy"]]
