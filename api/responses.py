"""Which problems a route may answer with, for the API's description."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from api.schemas.problems import Problem

Responses = dict[int | str, dict[str, Any]]
_EVERYWHERE: Final = (401, 403, 405, 413, 422, 500, 503)


def problems(*statuses: int) -> Responses:
    """Describe the problem documents of a route, those of every route included."""
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase}
        for status in sorted({*_EVERYWHERE, *statuses})
    }


#: Of a route that needs no key.
OPEN_PROBLEMS: Final[Responses] = {status: problems()[status] for status in (405, 413, 500, 503)}
