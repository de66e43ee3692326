"""What every answer says to browsers, and what is done with callers who ask too much."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import limits
from api.app import create_app
from api.limits import BodyLimit
from matcher.config import Settings
from tests.api.conftest import ENCODER, NOW
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
