"""What every answer says to browsers, and what is done with callers who ask too much."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import limits
from api.app import create_app
from api.limits import BodyLimit
from api.rates import address
from matcher.config import Settings
from tests.api.conftest import ENCODER, NOW, copied
from tests.api.service import ApiUnderTest

DATA = "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [("coach", "/v1/profiles", 200), ("nobody", "/v1/profiles", 401), ("coach", "/no", 404)],
)
def test_every_answer_tells_browsers_what_not_to_do(
    who: str, path: str, status: int, reading_api: ApiUnderTest
) -> None:
    response = reading_api.call(who, "GET", path)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == DATA
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "server" not in response.headers


def test_the_documentation_may_run_its_own_script_only(reading_api: ApiUnderTest) -> None:
    policy = reading_api.client.get("/docs").headers["content-security-policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(("scheme", "promised"), [("https", True), ("http", False)])
def test_encryption_is_asked_for_where_there_is_some(
    scheme: str, promised: bool, reading_api: ApiUnderTest
) -> None:
    response = reading_api.client.get(f"{scheme}://testserver/health/live")
    assert ("strict-transport-security" in response.headers) is promised


def test_who_asks_too_often_is_told_when_to_come_back_and_holds_nobody_else_up(
    region_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(region_home, home)
    settings = Settings(home=home, requests_per_minute=3)
    app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    with TestClient(app) as client:
        api = ApiUnderTest(app, client, settings)
        assert [api.call("coach", "GET", "/v1/profiles").status_code for _ in range(3)] == [200] * 3
        refused = api.call("coach", "GET", "/v1/profiles")
        assert refused.status_code == 429
        assert refused.json()["type"] == "urn:kohtaanto:problem:too-many-requests"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert api.call("other coach", "GET", "/v1/profiles").status_code == 200
        assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/enter"),
        ("GET", "/v1/login?provider=none"),
        ("GET", "/v1/login/callback?state=s&code=c"),
    ],
)
def test_an_address_that_tries_to_come_in_too_often_is_refused_and_no_other(
    method: str, path: str, region_home: Path, tmp_path: Path
) -> None:
    settings = Settings(home=copied(region_home, tmp_path / "home"), entries_per_minute=2)
    app = create_app(settings, clock=lambda: NOW, load=lambda _: ENCODER)
    body = {"link": "x", "code": "1"} if method == "POST" else None
    with TestClient(app, client=("192.0.2.7", 1)) as client:
        statuses = [client.request(method, path, json=body).status_code for _ in range(4)]
        assert 429 not in statuses[:2]
        assert statuses[2:] == [429, 429]
        refused = client.request(method, path, json=body)
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        # Who is in already, and who comes from elsewhere, goes on.
        own = client.get("/v1/session", headers={"Authorization": "Bearer secret of coach"})
        assert own.status_code == 200
    with TestClient(app, client=("192.0.2.8", 1)) as elsewhere:
        assert elsewhere.request(method, path, json=body).status_code == statuses[0]


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("", ""),
    ],
)
def test_an_address_of_ipv6_counts_with_its_network(host: str, counted: str) -> None:
    assert address(Request({"type": "http", "client": (host, 1)})) == counted


@dataclass
class Answered:
    """What an application was given and what it sent."""

    bodies: list[bytes] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.bodies.append((await receive())["body"])

    async def send(self, message: Message) -> None:
        self.sent.append(message)


SCOPE: Scope = {"type": "http", "method": "POST", "path": "/v1/profiles", "headers": []}


def test_a_body_that_dribbles_in_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.05)
    answered = Answered()

    async def dribble() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    asyncio.run(BodyLimit(answered.app)(SCOPE, dribble, answered.send))
    assert answered.bodies == []
    assert answered.sent[0]["status"] == 408
    assert (b"connection", b"close") in answered.sent[0]["headers"]


def test_a_caller_who_leaves_in_the_middle_ends_the_request() -> None:
    answered = Answered()
    messages: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": b"half", "more_body": True},
    ]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    asyncio.run(BodyLimit(answered.app)(SCOPE, receive, answered.send))
    assert answered.bodies == []
    assert answered.sent == []
