"""Consent from asking to introduction, and what the employer sees on the way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu-2"
ASK = {"need_id": "n-own", "deadline": "2026-11-09", "until": "2026-12-31"}
SAFE = {"follow_up_from": "2026-10-01", "follow_up_to": None, "protected": False}


def asked(api: ApiUnderTest) -> Any:
    return api.json("coach", "POST", f"{PERSON}/consents", ASK)


def move(api: ApiUnderTest, id: str, name: str) -> Any:
    return api.json("coach", "POST", f"{PERSON}/consents/{id}", {"move": name})


def cards(api: ApiUnderTest) -> Any:
    return api.json("employer", "GET", "/v1/needs/n-own/cards")


def test_a_person_comes_into_view_step_by_step_and_goes_at_once(api: ApiUnderTest) -> None:
    id = asked(api)["id"]
    assert cards(api) == []
    assert move(api, id, "yes")["visible"] is False
    assert cards(api) == []
    assert api.json("coach", "PUT", f"{PERSON}/standing", SAFE) == SAFE
    [card] = cards(api)
    assert (card["profile_id"], card["municipality"]) == (None, None)
    assert "MIG/MAG-hitsaus" in {one["competence"] for one in card["answers"]}
    assert move(api, id, "introduce")["visible"] is True
    [known] = cards(api)
    assert (known["profile_id"], known["municipality"]) == ("p-oulu-2", "Oulu")
    assert known["pseudonym"] == card["pseudonym"]
    move(api, id, "withdraw")
    assert cards(api) == []


def test_a_coach_sees_how_a_request_stands_and_what_is_lacking(api: ApiUnderTest) -> None:
    made = asked(api)
    [listed] = api.json("coach", "GET", f"{PERSON}/consents")
    assert listed == made
    assert (made["state"], made["visible"]) == ("asked", False)
    assert made["conditions"] == {
        "active": "met",
        "follow_up": "unknown",
        "consent": "unmet",
        "no_protection_order": "unknown",
    }
    [event] = made["events"]
    assert (event["move"], event["at"]) == ("ask", "2026-11-02T12:00:00Z")
    with api.store() as store:
        assert event["by"] == next(key.id for key in store.keys.list() if key.label == "coach")


def test_a_card_tells_nothing_that_names_the_person(api: ApiUnderTest) -> None:
    move(api, asked(api)["id"], "yes")
    api.json("coach", "PUT", f"{PERSON}/standing", SAFE)
    told = api.call("employer", "GET", "/v1/needs/n-own/cards").text
    assert "p-oulu" not in told
    assert "viisitoista vuotta" not in told


def test_an_erased_person_is_seen_no_more(api: ApiUnderTest) -> None:
    move(api, asked(api)["id"], "yes")
    api.json("coach", "PUT", f"{PERSON}/standing", SAFE)
    assert len(cards(api)) == 1
    api.call("coach", "DELETE", PERSON)
    assert cards(api) == []


def test_what_does_not_follow_is_refused_with_what_is_possible(api: ApiUnderTest) -> None:
    id = asked(api)["id"]
    response = api.call("coach", "POST", f"{PERSON}/consents/{id}", {"move": "introduce"})
    assert response.status_code == 422
    assert "is asked: introduce is not possible. Possible: yes, no." in response.json()["detail"]
    assert api.call("coach", "POST", f"{PERSON}/consents", ASK).status_code == 422


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{PERSON}/consents", {**ASK, "need_id": "n-nothing"}, 404),
        (f"{PERSON}/consents", {**ASK, "deadline": "2026-11-01"}, 422),
        (f"{PERSON}/consents", {**ASK, "until": "2026-11-08"}, 422),
        ("/v1/profiles/p-oulu-3/consents/{id}", {"move": "yes"}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused(
    path: str, body: dict[str, str], status: int, api: ApiUnderTest
) -> None:
    id = asked(api)["id"] if "{id}" in path else ""
    assert api.call("coach", "POST", path.format(id=id), body).status_code == status


@pytest.mark.parametrize(
    "standing",
    [
        {"follow_up_to": "2026-12-01"},
        {"follow_up_from": "2026-12-01", "follow_up_to": "2026-11-01"},
        {"protected": "no"},
    ],
)
def test_a_standing_that_makes_no_sense_is_refused(
    standing: dict[str, str], reading_api: ApiUnderTest
) -> None:
    assert reading_api.call("coach", "PUT", f"{PERSON}/standing", standing).status_code == 422


def test_of_whom_nobody_wrote_anything_down_all_is_unknown(reading_api: ApiUnderTest) -> None:
    assert reading_api.json("coach", "GET", "/v1/profiles/p-oulu-6/standing") == {
        "follow_up_from": None,
        "follow_up_to": None,
        "protected": None,
    }


def test_consent_lapses_when_the_employer_makes_another_need_of_it(api: ApiUnderTest) -> None:
    id = asked(api)["id"]
    move(api, id, "yes")
    api.json("coach", "PUT", f"{PERSON}/standing", SAFE)
    need = api.json("employer", "GET", "/v1/needs/n-own")
    api.json("employer", "PUT", "/v1/needs/n-own", {**need, "places": 7, "expires": "2027-01-31"})
    assert len(cards(api)) == 1
    api.json("employer", "PUT", "/v1/needs/n-own", {**need, "tasks": ["yövartiointi satamassa"]})
    assert cards(api) == []
    [request] = api.json("coach", "GET", f"{PERSON}/consents")
    assert (request["state"], request["events"][-1]["move"]) == ("lapsed", "lapse")
    with api.store() as store:
        employer = next(key.id for key in store.keys.list() if key.label == "employer")
    assert request["events"][-1]["by"] == employer
    assert asked(api)["state"] == "asked"
