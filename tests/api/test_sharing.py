"""Sharing with partners, from agreeing to withdrawing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import SCHOOL
from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu"
SHARE = {
    "organisation": SCHOOL.upper(),
    "parts": ["profile"],
    "purpose": "studies",
    "agreed": "2026-11-02",
    "until": "2026-11-30",
}


def test_a_partner_sees_what_was_shared_until_it_is_revoked(api: ApiUnderTest) -> None:
    assert api.call("partner", "GET", PERSON).status_code == 404
    share = api.json("coach", "POST", f"{PERSON}/shares", SHARE)
    assert (share["holds"], share["revoked_at"]) == (True, None)
    assert api.json("partner", "GET", PERSON)["id"] == "p-oulu"
    assert api.json("partner", "GET", "/v1/shared") == [
        {
            "profile_id": "p-oulu",
            "parts": ["profile"],
            "purpose": "studies",
            "until": "2026-11-30",
        }
    ]
    ended = api.json("lead", "DELETE", f"{PERSON}/shares/{share['id']}")
    assert ended["holds"] is False
    assert ended["revoked_by"].startswith("key-")
    assert api.call("partner", "GET", PERSON).status_code == 404
    assert api.json("partner", "GET", "/v1/shared") == []
    assert api.json("coach", "GET", f"{PERSON}/shares") == [ended]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed": "2026-11-03"}, "agreed"),
        ({"until": "2026-11-01"}, "until"),
        ({"organisation": " "}, "organisation"),
        ({"parts": []}, "parts"),
        ({"parts": ["case"]}, "parts.0"),
        ({"purpose": "marketing"}, "purpose"),
    ],
)
def test_a_share_that_nobody_could_have_agreed_to_is_refused(
    change: dict[str, Any], field: str, reading_api: ApiUnderTest
) -> None:
    answer = reading_api.call("coach", "POST", f"{PERSON}/shares", {**SHARE, **change})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_shared_need_is_read_by_the_organisation_and_written_by_its_owner(
    api: ApiUnderTest,
) -> None:
    told = {"organisation": SCHOOL, "until": "2026-11-30"}
    need = "/v1/needs/n-own"
    assert api.json("partner", "GET", "/v1/needs")["items"] == []
    share = api.json("employer", "POST", f"{need}/shares", told)
    assert api.json("partner", "GET", need)["id"] == "n-own"
    assert api.call("partner", "GET", f"{need}/instruments").status_code == 200
    assert [one["id"] for one in api.json("partner", "GET", "/v1/needs")["items"]] == ["n-own"]
    for method in ("PUT", "DELETE"):
        body = {"title": "Hitsaaja"} if method == "PUT" else None
        assert api.call("partner", method, need, body).status_code == 403
    assert api.json("employer", "GET", f"{need}/shares") == [share]
    ended = api.json("employer", "DELETE", f"{need}/shares/{share['id']}")
    assert (ended["holds"], ended["revoked_at"]) == (False, "2026-11-02T12:00:00Z")
    assert api.call("partner", "GET", need).status_code == 404


def test_a_colleague_of_the_owners_company_reads_a_shared_need_and_sees_nobody_of_it(
    api: ApiUnderTest,
) -> None:
    past = {"organisation": SCHOOL, "until": "2026-11-01"}
    refused = api.call("employer", "POST", "/v1/needs/n-own/shares", past)
    assert refused.json()["errors"][0]["field"] == "until"
    # Employers without an organisation share nothing with one another.
    assert api.call("other employer", "GET", "/v1/needs/n-own").status_code == 404
    assert api.call("other employer", "GET", "/v1/needs/n-own/cards").status_code == 404
