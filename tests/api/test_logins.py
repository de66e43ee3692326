"""Logins of pages: there and back, in one browser, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.cookies import CSRF, LOGIN, SESSION
from tests.api.conftest import NOW
from tests.api.test_tokens import AINO, PATH, Signed, signed

__all__ = ["signed"]


def begin(signed: Signed, to: str = "/docs") -> Response:
    """Ask to log in, as a browser does."""
    client = signed.api.client
    return client.get("/v1/login", params={"provider": "oulu", "to": to}, follow_redirects=False)


def at_provider(signed: Signed, begun: Response) -> dict[str, str]:
    """Log in at the provider; return what it sends back."""
    with TestClient(signed.issuer.app, base_url=signed.issuer.issuer) as provider:
        sent = provider.get(begun.headers["Location"], follow_redirects=False)
    back = urlsplit(sent.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == "https://testserver/v1/login/callback"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def finish(signed: Signed, brought: dict[str, str]) -> Response:
    """Come back from the provider."""
    client = signed.api.client
    return client.get("/v1/login/callback", params=brought, follow_redirects=False)


def test_a_coach_logs_in_and_is_back_where_they_came_from(signed: Signed) -> None:
    begun = begin(signed)
    asked = parse_qs(urlsplit(begun.headers["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    done = finish(signed, at_provider(signed, begun))
    assert (done.status_code, done.headers["Location"]) == (303, "/docs")
    session = next(c for c in done.headers.get_list("set-cookie") if c.startswith(f"{SESSION}="))
    for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/", "Max-Age=28800"):
        assert word in session
    told = signed.api.client.get("/v1/session").json()
    assert (told["role"], told["name"], len(told["csrf"])) == ("coach", "Aino", 64)
    assert signed.api.client.get(PATH).status_code == 200


def test_who_leaves_is_told_where_to_log_out_at_the_provider(signed: Signed) -> None:
    finish(signed, at_provider(signed, begin(signed)))
    client = signed.api.client
    csrf = client.get("/v1/session").json()["csrf"]
    left = client.delete("/v1/session", headers={CSRF: csrf})
    assert left.json() == {
        "farewell": "https://login.example/logout?client_id=kohtaanto-pages"
        "&post_logout_redirect_uri=https%3A%2F%2Ftestserver%2Fgone"
    }
    assert client.get("/v1/session").status_code == 401


def test_a_page_leads_who_leaves_on_to_the_provider(signed: Signed) -> None:
    finish(signed, at_provider(signed, begin(signed)))
    client = signed.api.client
    form = {"csrf": client.get("/v1/session").json()["csrf"]}
    left = client.post("/logout", data=form, follow_redirects=False)
    assert (left.status_code, left.headers["Location"]) == (303, "/login?left=oulu")
    shown = client.get(left.headers["Location"], headers={"Accept-Language": "fi"}).text
    assert 'href="https://login.example/logout?client_id=kohtaanto-pages&amp;' in shown
    assert "login.example" not in client.get("/login?left=elsewhere").text


@pytest.mark.parametrize("is_down", [False, True])
def test_leaving_depends_on_no_provider(is_down: bool, signed: Signed) -> None:
    signed.issuer.ends_sessions = False
    finish(signed, at_provider(signed, begin(signed)))
    headers = {CSRF: signed.api.client.get("/v1/session").json()["csrf"]}
    signed.issuer.is_down = is_down
    signed.time.now += timedelta(minutes=61)
    assert signed.api.client.delete("/v1/session", headers=headers).json() == {"farewell": None}


def test_who_holds_a_token_has_no_session_to_end(signed: Signed) -> None:
    headers = {"Authorization": f"Bearer {signed.issuer.token(**AINO)}"}
    assert signed.api.client.delete("/v1/session", headers=headers).json() == {"farewell": None}


def test_what_comes_back_twice_late_or_to_another_browser_lets_nobody_in(signed: Signed) -> None:
    begun = begin(signed)
    brought = at_provider(signed, begun)
    cookie = signed.api.client.cookies[LOGIN]
    signed.api.client.cookies.clear()
    assert finish(signed, brought).status_code == 401
    signed.api.client.cookies.set(LOGIN, cookie, domain="testserver.local", path="/")
    assert finish(signed, brought).status_code == 401
    late = at_provider(signed, begin(signed))
    signed.time.now = NOW + timedelta(minutes=10, seconds=1)
    assert finish(signed, late).status_code == 401
    assert SESSION not in signed.api.client.cookies


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "kohtaanto"},
        {"exp": 1},
        {"iss": "https://evil.example"},
    ],
)
def test_a_token_of_another_login_lets_nobody_in(change: dict[str, Any], signed: Signed) -> None:
    signed.issuer.users["code"] |= change
    assert finish(signed, at_provider(signed, begin(signed))).status_code == 401
    assert SESSION not in signed.api.client.cookies


def test_a_code_that_somebody_else_began_is_worth_nothing_without_the_verifier(
    signed: Signed,
) -> None:
    brought = at_provider(signed, begin(signed))
    signed.issuer.begun["code"] = {**signed.issuer.begun["code"], "code_challenge": "other"}
    assert finish(signed, brought).status_code == 503


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "docs", "/\u00e4", "/a\nb"]
)
def test_a_login_leads_to_this_service_only(to: str, signed: Signed) -> None:
    done = finish(signed, at_provider(signed, begin(signed, to)))
    assert done.headers["Location"] == "/"


def test_a_new_login_ends_the_session_before(signed: Signed) -> None:
    finish(signed, at_provider(signed, begin(signed)))
    before = signed.api.client.cookies[SESSION]
    finish(signed, at_provider(signed, begin(signed)))
    after = signed.api.client.cookies[SESSION]
    signed.api.client.cookies.clear()
    assert before != after
    assert signed.api.call_in_session(before, "GET", PATH).status_code == 401
    assert signed.api.call_in_session(after, "GET", PATH).status_code == 200


def test_a_session_ends_with_the_working_day_and_with_the_access_of_its_user(
    signed: Signed,
) -> None:
    finish(signed, at_provider(signed, begin(signed)))
    with signed.api.store() as store:
        store.revocations.add("oulu:aino", NOW)
        assert signed.api.client.get(PATH).status_code == 401
        assert finish(signed, at_provider(signed, begin(signed))).status_code == 401
        store.revocations.lift("oulu:aino")
    finish(signed, at_provider(signed, begin(signed)))
    signed.time.now = NOW + timedelta(hours=7, minutes=59)
    assert signed.api.client.get(PATH).status_code == 200
    signed.time.now = NOW + timedelta(hours=8)
    assert signed.api.client.get(PATH).status_code == 401


def test_who_gets_no_role_is_not_let_in(signed: Signed) -> None:
    signed.issuer.users["code"]["roles"] = []
    assert finish(signed, at_provider(signed, begin(signed))).status_code == 403
    assert SESSION not in signed.api.client.cookies
