"""How a person comes in, and what they see and say there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from httpx2 import Response

from api.cookies import CSRF, SESSION, csrf_token
from matcher.domain.match import Band, Match, Missing, PhrasePair
from matcher.domain.offer import OfferKind
from matcher.domain.parts import Importance
from matcher.domain.sharing import Part, Share, SharePurpose
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from tests.api.conftest import NOW, SCHOOL
from tests.api.service import ApiUnderTest

PERSON = "/v1/profiles/p-oulu-2"
ASK = {"need_id": "n-own", "deadline": "2026-11-09", "until": "2026-12-31"}
MOVED = {"kind": "moved", "text": "Muutan, soita 040 123 4567.", "since": "2026-12-01"}


def make_link(api: ApiUnderTest) -> Any:
    return api.json("coach", "POST", f"{PERSON}/links", {"days": 30})


def enter(api: ApiUnderTest, link: Any, code: str | None = None) -> Response:
    body = {"link": link["link"], "code": code or link["code"]}
    return api.client.post("/v1/enter", json=body)


@pytest.fixture
def secret(api: ApiUnderTest) -> str:
    """The secret of a person's session, outside the client's own cookies."""
    answer = enter(api, make_link(api))
    assert answer.status_code == 200, answer.text
    secret = api.client.cookies[SESSION]
    api.client.cookies.clear()
    return str(secret)


def test_link_and_code_open_a_session_in_a_cookie_that_only_our_pages_use(
    api: ApiUnderTest,
) -> None:
    link = make_link(api)
    answer = enter(api, link, f"{link['code'][:4]} {link['code'][4:]}")
    assert answer.json()["role"] == "person"
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-kohtaanto=")
    for word in ("secure", "httponly", "samesite=lax", "path=/", "max-age=1800"):
        assert word in cookie
    assert "domain=" not in cookie
    assert answer.headers["Cache-Control"] == "no-store"
    assert api.client.get("/v1/own/profile").json()["id"] == "p-oulu-2"


def test_a_link_is_answered_once_and_listed_without_what_opens_it(api: ApiUnderTest) -> None:
    made = make_link(api)
    [listed] = api.json("coach", "GET", f"{PERSON}/links")
    assert listed == {name: made[name] for name in listed}
    assert {"link", "code"} & set(listed) == set()
    assert len(made["code"]) == 8
    assert datetime.fromisoformat(made["expires_at"]) == NOW + timedelta(days=30)


def test_wrong_codes_shut_the_link_and_answer_like_an_unknown_link(api: ApiUnderTest) -> None:
    link = make_link(api)
    wrong = "0" * 8 if link["code"] != "0" * 8 else "1" * 8
    answers = [enter(api, link, wrong) for _ in range(5)]
    answers += [enter(api, link), enter(api, {**link, "link": "x" * 43})]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert api.json("coach", "GET", f"{PERSON}/links")[0]["is_shut"] is True
    assert enter(api, make_link(api)).status_code == 200


def test_a_new_entry_ends_the_session_that_the_browser_had(api: ApiUnderTest) -> None:
    link = make_link(api)
    assert enter(api, link).status_code == 200
    before = api.client.cookies[SESSION]
    assert enter(api, link).status_code == 200
    after = api.client.cookies[SESSION]
    api.client.cookies.clear()
    assert before != after
    assert api.call_in_session(before, "GET", "/v1/own/profile").status_code == 401
    assert api.call_in_session(after, "GET", "/v1/own/profile").status_code == 200


@pytest.mark.parametrize("token", [None, "", "x", csrf_token("another session")])
def test_what_changes_something_carries_the_token_of_the_session(
    token: str | None, api: ApiUnderTest, secret: str
) -> None:
    headers = {"Cookie": f"{SESSION}={secret}"} | ({} if token is None else {CSRF: token})
    refused = api.client.post("/v1/own/changes", json=MOVED, headers=headers)
    assert refused.status_code == 403
    assert api.client.get("/v1/own/profile", headers=headers).status_code == 200
    headers[CSRF] = api.client.get("/v1/session", headers=headers).json()["csrf"]
    assert api.client.post("/v1/own/changes", json=MOVED, headers=headers).status_code == 201


def test_who_leaves_is_out_at_once(api: ApiUnderTest, secret: str) -> None:
    left = api.call_in_session(secret, "DELETE", "/v1/session")
    assert (left.status_code, left.json()) == (200, {"farewell": None})
    assert api.call_in_session(secret, "GET", "/v1/own/profile").status_code == 401


def test_a_coach_ends_links_and_sessions_at_once(api: ApiUnderTest, secret: str) -> None:
    assert api.call("coach", "DELETE", f"{PERSON}/links").status_code == 204
    assert api.call_in_session(secret, "GET", "/v1/own/profile").status_code == 401


def test_erasing_the_person_ends_the_session(api: ApiUnderTest, secret: str) -> None:
    assert api.call("coach", "DELETE", PERSON).status_code == 204
    assert api.call_in_session(secret, "GET", "/v1/own/profile").status_code == 401


def test_a_key_is_asked_for_where_a_cookie_means_nothing(api: ApiUnderTest) -> None:
    assert api.call_in_session("nobody's", "GET", "/v1/session").status_code == 401
    told = api.json("own coach", "GET", "/v1/session")
    assert told == {
        "role": "coach",
        "purposes": ["substitution"],
        "municipalities": ["564"],
        "name": "Aino",
        "organisation": "Oulun kaupunki",
        "csrf": None,
    }


def test_a_change_on_a_day_beyond_the_calendar_is_refused_and_not_stored(
    api: ApiUnderTest, secret: str
) -> None:
    far = {**MOVED, "since": "9999-01-01"}
    assert api.call_in_session(secret, "POST", "/v1/own/changes", far).status_code == 422
    assert api.json("coach", "GET", f"{PERSON}/case")["items"] == []


def test_a_reported_change_is_in_the_case_file_and_due(api: ApiUnderTest, secret: str) -> None:
    answer = api.call_in_session(secret, "POST", "/v1/own/changes", MOVED).json()
    assert answer["calls_for"] == ["update_profile", "match_anew", "check_rules"]
    assert answer["by"].startswith("link-")
    [entry] = api.json("coach", "GET", f"{PERSON}/case")["items"]
    assert entry["entry"]["text"] == "Muutan, soita […]."
    assert (entry["entry"]["channel"], entry["entry"]["due"]) == ("online", "2026-11-09")


def test_the_person_agrees_and_withdraws(api: ApiUnderTest, secret: str) -> None:
    id = api.json("coach", "POST", f"{PERSON}/consents", ASK)["id"]
    [asked] = api.call_in_session(secret, "GET", "/v1/own/consents").json()
    assert (asked["need_title"], asked["organisation"]) == (
        "Hitsaaja telakalle",
        "Pohjolan Konepaja Oy",
    )

    def move(name: str) -> Response:
        path = f"/v1/own/consents/{id}"
        return api.call_in_session(secret, "POST", path, {"move": name})

    assert move("yes").json()["state"] == "given"
    assert move("introduce").status_code == 422
    assert move("withdraw").json()["state"] == "withdrawn"
    [consent] = api.json("coach", "GET", f"{PERSON}/consents")
    assert [one["by"].partition("-")[0] for one in consent["events"]] == ["key", "link", "link"]


def test_the_person_sees_what_is_shared_and_withdraws_it(api: ApiUnderTest, secret: str) -> None:
    with api.store() as store:
        store.shares.add(
            Share(
                id="sh-1",
                profile_id="p-oulu-2",
                organisation=SCHOOL,
                parts=(Part.PROFILE,),
                purpose=SharePurpose.STUDIES,
                agreed=NOW.date(),
                until=NOW.date(),
                at=NOW,
                by="key-1",
            )
        )
    assert api.call("partner", "GET", PERSON).status_code == 200
    [share] = api.call_in_session(secret, "GET", "/v1/own/shares").json()
    assert (share["organisation"], share["by"], share["holds"]) == (SCHOOL, "key-1", True)
    ended = api.call_in_session(secret, "DELETE", "/v1/own/shares/sh-1").json()
    assert ended["revoked_by"].startswith("link-")
    assert api.call("partner", "GET", PERSON).status_code == 404


def test_the_person_is_told_what_others_have_used_the_own_data_for(
    api: ApiUnderTest, secret: str
) -> None:
    assert api.call("coach", "GET", PERSON).status_code == 200
    assert api.call("other coach", "GET", PERSON).status_code == 404
    assert api.call("data protection", "GET", f"{PERSON}/case").status_code == 200
    assert api.call("colleague", "GET", PERSON, purpose="substitution").status_code == 200
    seen = api.call_in_session(secret, "GET", "/v1/own/seen?tongue=en").json()
    whys = [one["why"] for one in seen]
    assert [why for why in whys if "stand in" in why] == ["to stand in for a colleague"]
    assert "to check that the service is used rightly" in whys
    assert "to work with you" in whys


def test_the_own_list_is_told_in_the_persons_language_without_scores(
    api: ApiUnderTest, secret: str
) -> None:
    pair = PhrasePair("hitsaus", "MIG-hitsaus", Importance.ESSENTIAL, 0.9, 0.4)
    gap = Missing("tulityöt", Importance.ESSENTIAL)
    match = Match("p-oulu-2", "n-own", OfferKind.NEED, 1, 0.7, Band.GOOD, (pair,), (gap,), (), 1.0)
    entry = ListEntry(OfferKind.NEED, "n-own", 1, 0.7, Band.GOOD, True, codec.dump(match))
    with api.store() as store:
        made = StoredList("p-oulu-2", "run-1", api.snapshot, NOW, (entry,))
        store.lists.replace_many([made])
    told = api.call_in_session(secret, "GET", "/v1/own/list?tongue=ru").json()
    [kind] = told["kinds"]
    [offer] = kind["offers"]
    assert (kind["title"], offer["fits"]) == ("Потребности предприятий", "хорошо подходит")
    assert (offer["id"], offer["title"], offer["is_new"]) == ("n-own", "Hitsaaja telakalle", True)
    assert {"score", "rank", "gates"} & set(offer) == set()
    assert told["list_id"]
    assert offer["because"] == ["Вы сказали: «MIG-hitsaus». Для этой работы нужно: «hitsaus»."]
    assert offer["asked_for"] == [
        "Требуется: «tulityöt». Вы это умеете? Скажите своему консультанту."
    ]
