"""What routes answer with: packed JSON, and problems for the API's description."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from api.schemas.problems import Problem

Responses = dict[int | str, dict[str, Any]]
_EVERYWHERE: Final = (401, 403, 405, 408, 413, 422, 429, 500, 503)


def packed(body: bytes, request: Request) -> Response:
    """Return gzipped JSON, unpacked for a caller who does not take it as it is."""
    takes = _takes_gzip(request.headers)
    headers = {"Vary": "Accept-Encoding"} | ({"Content-Encoding": "gzip"} if takes else {})
    content = body if takes else gzip.decompress(body)
    return Response(content, media_type="application/json", headers=headers)


def _takes_gzip(headers: Headers) -> bool:
    """Tell whether gzip is named with another weight than 0 (RFC 9110, 12.5.3)."""
    for named in headers.get("accept-encoding", "").replace(" ", "").lower().split(","):
        coding, _, weight = named.partition(";")
        if coding in {"gzip", "*"}:
            return not weight or bool(weight.strip("q=0."))
    return False


def problems(*statuses: int) -> Responses:
    """Describe the problem documents of a route, those of every route included."""
    return {
        status: {"model": Problem, "description": HTTPStatus(status).phrase}
        for status in sorted({*_EVERYWHERE, *statuses})
    }


#: Of a route that needs no key.
OPEN_PROBLEMS: Final[Responses] = {
    status: problems()[status] for status in (405, 408, 413, 500, 503)
}
