"""Every error is a problem document."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from api.errors import STATUSES
from api.limits import MAX_BODY
from matcher import errors
from matcher.errors import (
    ConflictError,
    FeedError,
    ForbiddenError,
    InputError,
    MatcherError,
    NotFoundError,
    NotReadyError,
    SnapshotError,
    StoreError,
)
from tests.api.service import ApiUnderTest

TREE = [
    (InputError("Odd."), 422, "Odd."),
    (NotFoundError("need", "n-1"), 404, "There is no need 'n-1'."),
    (ForbiddenError("No.", remedy="Ask."), 403, "No. Ask."),
    (
        ConflictError("entry", "e1", expected=1, found=2),
        409,
        "The entry 'e1' has been changed meanwhile: version 1 was expected, 2 is there. "
        "Read it again, and repeat your change if it is still needed.",
    ),
    (FeedError("https://feed refuses."), 503, None),
    (NotReadyError("Not in /srv.", remedy="Run it."), 503, "The service is not ready. Run it."),
    (SnapshotError("/srv/snapshots is damaged."), 503, None),
    (StoreError("postgresql://host refuses."), 503, None),
    (RuntimeError("matti.meikalainen@example.fi"), 500, None),
]
WITHHELD = "The service cannot do this now; its operator finds the cause in the log."


def test_a_problem_document_has_the_five_members_of_rfc_9457(reading_api: ApiUnderTest) -> None:
    response = reading_api.call("coach", "GET", "/v1/profiles/p-x?lang=fi")
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": "urn:kohtaanto:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no profile 'p-x'.",
        "instance": "/v1/profiles/p-x",
    }


@pytest.mark.parametrize(("error", "status", "detail"), TREE, ids=lambda one: type(one).__name__)
def test_each_error_of_the_library_has_its_status_and_tells_no_path(
    error: Exception,
    status: int,
    detail: str | None,
    api: ApiUnderTest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("matcher.store.repository.Repository.page", fail)
    response = api.call("admin", "GET", "/v1/profiles")
    assert response.status_code == status
    assert response.json()["detail"] == (detail or WITHHELD)
    assert response.json()["status"] == status
    assert response.headers.get("retry-after") == ("10" if status == 503 else None)


def test_every_class_of_the_tree_has_a_status() -> None:
    tree = {one for one in vars(errors).values() if isinstance(one, type)} - {MatcherError}
    assert {one for one in tree if issubclass(one, MatcherError)} == set(STATUSES)


def test_wrong_fields_are_listed_without_what_was_sent(reading_api: ApiUnderTest) -> None:
    body = {
        "competences": [{"name": "hitsaus"}, {"name": "", "level": "expert"}],
        "licences": ["Z"],
        "hetu": "010190-123A",
    }
    response = reading_api.call("admin", "POST", "/v1/profiles", body)
    assert response.status_code == 422
    assert response.json()["errors"] == [
        _field("competences.1.name", "String should have at least 1 character"),
        _field("competences.1.level", "Input should be 'basic', 'good' or 'strong'"),
        _field(
            "licences.0", "'Z' is not a known driving licence class; give a class, as in B or CE"
        ),
        _field("hetu", "Extra inputs are not permitted"),
    ]
    assert "010190" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "content", "refused"),
    [
        ("POST", "/v1/profiles", b"{not json", (422, ["1"])),
        ("POST", "/v1/profiles", b"", (422, [""])),
        ("POST", "/v1/profiles", b"[]", (422, [""])),
        ("POST", "/v1/profiles", b'{"text": "\xff"}', (400, [])),
        ("POST", "/v1/profiles", b"[" * 100_000, (400, [])),
        ("POST", "/v1/matches", b"{}", (422, [""])),
        ("POST", "/v1/matches", b'{"profile_id": "p-oulu", "k": 101}', (422, ["k"])),
        ("POST", "/v1/matches", b'{"profile_id": "p-oulu", "k": "5"}', (422, ["k"])),
        ("POST", "/v1/matches", b'{"profile_id": "p-oulu", "kinds": []}', (422, ["kinds"])),
        ("GET", "/v1/profiles?limit=0", b"", (422, ["limit"])),
        ("GET", "/v1/profiles/a%00b", b"", (422, ["id"])),
        ("GET", "/v1/offers/gift", b"", (422, ["kind"])),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    method: str,
    path: str,
    content: bytes,
    refused: tuple[int, list[str]],
    reading_api: ApiUnderTest,
) -> None:
    headers = {"Authorization": "Bearer secret of admin", "Content-Type": "application/json"}
    response = reading_api.client.request(method, path, content=content, headers=headers)
    assert response.headers["content-type"] == "application/problem+json"
    fields = [one["field"] for one in response.json().get("errors", [])]
    assert (response.status_code, fields) == refused


def test_a_body_in_another_encoding_is_answered_with_the_one_to_use(
    reading_api: ApiUnderTest,
) -> None:
    headers = {"Authorization": "Bearer secret of admin", "Content-Type": "application/json"}
    body = '{"text": "sähkö"}'.encode("latin-1")
    response = reading_api.client.post("/v1/profiles", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["detail"] == "The body cannot be read; send JSON in UTF-8."


def test_a_method_that_an_address_lacks_is_answered_with_those_it_has(
    reading_api: ApiUnderTest,
) -> None:
    response = reading_api.call("admin", "PATCH", "/v1/offers/vacancy/v-welder")
    assert response.status_code == 405
    assert response.headers["Allow"] == "DELETE, GET, PUT"
    assert response.json()["detail"] == "This address answers DELETE, GET, PUT only."


@pytest.mark.parametrize("told", [True, False], ids=["told", "untold"])
def test_a_body_over_the_limit_is_refused_whether_or_not_its_length_is_told(
    told: bool, reading_api: ApiUnderTest
) -> None:
    def chunks() -> Iterator[bytes]:
        yield from [b" " * 100_000] * 11

    response = reading_api.client.post(
        "/v1/matches",
        content=b" " * (MAX_BODY + 1) if told else chunks(),
        headers={"Authorization": "Bearer secret of admin", "Content-Type": "application/json"},
    )
    assert response.status_code == 413
    assert response.json()["type"] == "urn:kohtaanto:problem:too-large"


def test_a_body_at_the_limit_is_read(reading_api: ApiUnderTest) -> None:
    body = b'{"profile_id": "p-oulu", "kinds": ["need"]}'
    response = reading_api.client.post(
        "/v1/matches",
        content=body + b" " * (MAX_BODY - len(body)),
        headers={"Authorization": "Bearer secret of admin", "Content-Type": "application/json"},
    )
    assert response.status_code == 200


def test_a_line_of_the_log_names_neither_person_nor_query(
    reading_api: ApiUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "api")
    reading_api.call("coach", "GET", "/v1/profiles/p-oulu?lang=fi&name=Matti")
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith("GET /v1/profiles/{id} 200 ")
    assert line.endswith(" ms coach:" + _key_id(reading_api, "coach"))


def test_an_unforeseen_error_is_logged_by_place_and_not_by_message(
    api: ApiUnderTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("matti.meikalainen@example.fi")

    monkeypatch.setattr("matcher.store.repository.Repository.page", fail)
    assert api.call("admin", "GET", "/v1/profiles").status_code == 500
    logged = [r.getMessage() for r in caplog.records if r.name == "api.failures"]
    assert len(logged) == 1
    assert logged[0].startswith("RuntimeError at ")
    assert "list_profiles" in logged[0]
    assert "matti" not in caplog.text


def _field(field: str, message: str) -> dict[str, Any]:
    return {"location": "body", "field": field, "message": message}


def _key_id(api: ApiUnderTest, label: str) -> str:
    with api.store() as store:
        return next(key.id for key in store.keys.list() if key.label == label)
