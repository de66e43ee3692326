"""Every error as a problem document (RFC 9457): one handler, one shape."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from api.schemas.problems import FieldProblem, Problem
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
from matcher.ingest.contacts import without_contacts

MEDIA_TYPE: Final = "application/problem+json"
URN: Final = "urn:kohtaanto:problem"
_LOG = logging.getLogger("api.errors")

STATUSES: Final[Mapping[type[MatcherError], HTTPStatus]] = {
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    ConflictError: HTTPStatus.CONFLICT,
    NotReadyError: HTTPStatus.SERVICE_UNAVAILABLE,
    SnapshotError: HTTPStatus.SERVICE_UNAVAILABLE,
    FeedError: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}
_SLUGS: Final[Mapping[int, str]] = {
    400: "bad-request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    408: "too-slow",
    409: "conflict",
    413: "too-large",
    422: "invalid",
    429: "too-many-requests",
    500: "internal",
    503: "unavailable",
}
#: What the framework says only in general terms.
_DETAILS: Final[Mapping[int, str]] = {
    HTTPStatus.BAD_REQUEST: "The body cannot be read; send JSON in UTF-8.",
    HTTPStatus.NOT_FOUND: "There is no such address; see /docs.",
}
_WITHHELD: Final = "The service cannot do this now; its operator finds the cause in the log."
#: What is down is usually being brought back; a caller need not hurry.
_LATER: Final = {"Retry-After": "10"}
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="kohtaanto"'}


class AuthenticationError(MatcherError):
    """The request carries no key, or one that is unknown or revoked."""


def install(app: FastAPI) -> None:
    """Let the one handler answer every error that a route raises."""
    for error in (MatcherError, RequestValidationError, HTTPException):
        app.add_exception_handler(error, answer)


async def answer(request: Request, error: Exception) -> Response:
    """Answer an error with a problem document.

    Parameters
    ----------
    request
        Its path is repeated in the answer.
    error
        A `MatcherError`, a validation error, an HTTP error, or anything unforeseen.
    """
    match error:
        case RequestValidationError():
            return problem(request, 422, "Some fields cannot be used.", _fields(error.errors()))
        case HTTPException(status_code=HTTPStatus.METHOD_NOT_ALLOWED):
            allowed = ", ".join(_methods(request))
            detail = f"This address answers {allowed} only."
            return problem(request, error.status_code, detail, headers={"Allow": allowed})
        case HTTPException():
            detail = _DETAILS.get(error.status_code, str(error.detail))
            return problem(request, error.status_code, detail)
        case MatcherError():
            return _answer_own(request, error)
        case _:
            return problem(request, 500, _WITHHELD)


def _answer_own(request: Request, error: MatcherError) -> Response:
    match error:
        case AuthenticationError():
            return problem(request, 401, str(error), headers=_CHALLENGE)
        case SnapshotError() | StoreError() | FeedError():
            # Their messages name paths and addresses of the machine: for the operator only.
            _LOG.error("%s: %s", type(error).__name__, error)
            return problem(request, 503, _WITHHELD, headers=_LATER)
        case NotReadyError():
            detail = f"The service is not ready. {error.remedy or ''}".strip()
            return problem(request, 503, detail, headers=_LATER)
        case InputError(field=str(field)) if field:
            detail = MatcherError.__str__(error)
            return problem(request, 422, detail, [_field(("body", field), detail)])
        case _:
            status = next(code for kind, code in STATUSES.items() if isinstance(error, kind))
            return problem(request, status, str(error))


def problem(
    request: Request,
    status: int,
    detail: str,
    errors: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem document as a response."""
    document = Problem(
        type=f"{URN}:{_SLUGS.get(status, 'other')}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.url.path,
        errors=errors,
    )
    return Response(
        document.model_dump_json(exclude_none=True),
        status_code=status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def _fields(errors: Sequence[Any]) -> list[FieldProblem]:
    # The input that pydantic reports beside each message is left out: it may be about a person.
    return [_field(error["loc"], error["msg"].removeprefix("Value error, ")) for error in errors]


def _field(place: Sequence[str | int], message: str) -> FieldProblem:
    location, *path = place
    return FieldProblem(
        location=str(location),
        field=".".join(map(str, path)),
        message=without_contacts(message),
    )


def _methods(request: Request) -> list[str]:
    """Return the methods of an address: each route knows its own only."""
    paths = request.app.openapi()["paths"]
    here = [ops for path, ops in paths.items() if compile_path(path)[0].match(request.url.path)]
    return sorted({method.upper() for operations in here for method in operations})
