"""Health, snapshots, and how the service describes itself."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.types import Message

from api import examples
from api.access import OPEN
from api.app import create_app
from matcher.config import Settings
from matcher.encode.protocol import Encoder
from matcher.errors import NotReadyError
from matcher.index import live
from matcher.index.publication import current, publish
from matcher.index.snapshot import Snapshot, open_snapshot
from matcher.index.verified import Verify
from matcher.match.matcher import Matcher
from tests.api.conftest import ENCODER, NOW, running
from tests.api.service import ApiUnderTest
from tests.fakes import FakeEncoder
from tests.snapshots import write_snapshot

EXAMPLES = [
    (method, path.format(name=name), name, example["value"])
    for method, path, some in [
        ("POST", "/v1/profiles", examples.PROFILES),
        ("POST", "/v1/needs", examples.NEEDS),
        ("PUT", "/v1/offers/{name}/x", examples.OFFERS),
        ("POST", "/v1/matches", examples.MATCHES),
        ("POST", "/v1/candidates", examples.CANDIDATES),
        ("POST", "/v1/profiles/p-oulu/case", examples.CASE_ENTRIES),
        ("POST", "/v1/ideas", examples.IDEAS),
        ("POST", "/v1/profiles/p-oulu/consents", examples.CONSENTS),
        ("PUT", "/v1/profiles/p-oulu/standing", examples.STANDINGS),
    ]
    for name, example in some.items()
]


def test_the_service_is_live_before_it_is_ready(empty_api: ApiUnderTest) -> None:
    assert empty_api.client.get("/health/live").json() == {"status": "live"}
    response = empty_api.client.get("/health/ready")
    assert response.status_code == 503
    assert str(empty_api.settings.home) not in response.text


def test_the_service_is_ready_with_a_snapshot(reading_api: ApiUnderTest) -> None:
    snapshot = current(reading_api.settings.snapshots)
    assert reading_api.client.get("/health/ready").json() == {
        "status": "ready",
        "snapshot": snapshot,
    }


def test_a_service_that_starts_on_a_missing_snapshot_is_unready_and_tells_no_path(
    region_home: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(region_home, broken)
    (broken / "snapshots" / "current").write_text("20261101T000000Z-abc\n")
    for api in running(broken, tmp_path / "home"):
        response = api.client.get("/health/ready")
        assert response.status_code == 503
        assert str(api.settings.home) not in response.text


def test_a_list_is_made_before_anybody_asks_for_one(
    region_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warmed = list[date]()
    monkeypatch.setattr(Matcher, "warm", lambda _, on: warmed.append(on))
    for _ in running(region_home, tmp_path / "home"):
        assert warmed == [NOW.date()]


@pytest.mark.parametrize("fault", ["missing", "damaged", "of another encoder"])
def test_a_bad_publication_is_told_once_and_the_index_before_goes_on(
    fault: str, api: ApiUnderTest, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = api.client.get("/health/ready").json()
    opened: list[str] = []
    real = open_snapshot

    def watched(root: Path, name: str, encoder: Encoder | None, verify: Verify) -> Snapshot:
        opened.append(name)
        return real(root, name, encoder, verify)

    monkeypatch.setattr(live, "open_snapshot", watched)
    bad = _publish_bad(fault, api.settings.snapshots)
    assert api.client.get("/health/ready").json() == before
    api.json("indexer", "PUT", "/v1/offers/vacancy/src:9", {"title": "Hitsaaja"})
    lists = api.json("coach", "POST", "/v1/matches", {"profile_id": "p-oulu"})["lists"]
    assert "src:9" in [match["offer"]["id"] for match in lists["vacancy"]]
    assert opened == ([] if fault == "missing" else [bad])
    [told] = [record.getMessage() for record in caplog.records if record.name == "api.state"]
    assert told.startswith(f"Snapshot {bad} is passed over, {before['snapshot']} stays: ")


def test_a_good_publication_after_a_bad_one_is_taken(api: ApiUnderTest) -> None:
    root = api.settings.snapshots
    _publish_bad("damaged", root)
    api.client.get("/health/ready")
    good = write_snapshot(root, {}, encoder=ENCODER, revision=0, now=NOW + timedelta(hours=1))
    publish(root, good)
    assert api.client.get("/health/ready").json() == {"status": "ready", "snapshot": good}


def _publish_bad(fault: str, root: Path) -> str:
    if fault == "missing":
        name = "20261101T000000Z-abc"
        (root / "current").write_text(f"{name}\n")
        return name
    encoder = FakeEncoder(32) if fault == "of another encoder" else ENCODER
    name = write_snapshot(root, {}, encoder=encoder, revision=0, now=NOW)
    if fault == "damaged":
        (root / name / "lexical_idf.npy").write_bytes(b"")
    publish(root, name)
    return name


def test_snapshots_are_listed_with_what_they_hold(reading_api: ApiUnderTest) -> None:
    [snapshot] = reading_api.json("indexer", "GET", "/v1/snapshots")
    assert snapshot["name"] == current(reading_api.settings.snapshots)
    assert snapshot["is_current"] is True
    assert snapshot["built"]["created"] == "2026-11-02T12:00:00Z"
    assert snapshot["built"]["encoder_revision"] == "fake-256-0"
    assert snapshot["built"]["sizes"] == {
        "profile": 8,
        "vacancy": 1,
        "need": 3,
        "training": 1,
        "service": 1,
    }


@pytest.mark.parametrize(
    ("method", "path", "value"),
    [(method, path, value) for method, path, name, value in EXAMPLES if name != "stored"],
    ids=[f"{path} {name}" for _, path, name, _ in EXAMPLES if name != "stored"],
)
def test_every_example_of_a_body_is_accepted(
    method: str, path: str, value: Any, api: ApiUnderTest
) -> None:
    assert api.call("admin", method, path, value).status_code in {200, 201}


def test_every_body_has_an_example_and_every_operation_a_summary(
    reading_api: ApiUnderTest,
) -> None:
    for path in reading_api.app.openapi()["paths"].values():
        for operation in path.values():
            assert operation["description"]
            if "requestBody" in operation:
                assert operation["requestBody"]["content"]["application/json"]["examples"]


def test_errors_are_described_under_their_own_media_type(reading_api: ApiUnderTest) -> None:
    for path, operations in reading_api.app.openapi()["paths"].items():
        for operation in operations.values():
            secured = path.startswith("/v1/") and path not in OPEN.values()
            assert operation.get("security") == ([{"API key": []}] if secured else None)
            for status, response in operation["responses"].items():
                media = list(response.get("content", {}))
                assert (media == ["application/problem+json"]) is (int(status) >= 400)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NotReadyError("No model in x.", remedy="Train one."), "No model in x. Train one."),
        (RuntimeError("Odd."), "Traceback (most recent call last):"),
    ],
    ids=["foreseen", "unforeseen"],
)
def test_a_start_that_fails_for_a_foreseen_reason_is_told_in_one_line(
    error: Exception, told: str, tmp_path: Path
) -> None:
    def load(_: str) -> Encoder:
        raise error

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        sent.append(message)

    app = create_app(Settings(home=tmp_path), load=load)
    with pytest.raises(type(error)):
        anyio.run(app, {"type": "lifespan", "state": {}}, receive, send)
    [message] = sent
    assert told in message["message"].splitlines()[0]
    assert (len(message["message"].splitlines()) == 1) is isinstance(error, NotReadyError)
