"""What routes ask for, by type."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query
from starlette.requests import Request

from api.access import Caller
from api.auditing import Trail
from api.state import Index, Services
from matcher.domain.text import Lang

#: Control characters are refused: PostgreSQL cannot hold them in an id.
_ID_PATTERN = r"^[^\x00-\x1f\x7f]+$"
_ID_LENGTH = 200


async def _services(request: Request) -> Services:
    services: Services = request.state.services
    return services


async def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


async def _trail(request: Request) -> Trail:
    trail: Trail = request.state.trail
    return trail


def _index(request: Request) -> Index:
    services: Services = request.state.services
    return services.index.current()


ServicesDep = Annotated[Services, Depends(_services)]
IndexDep = Annotated[Index, Depends(_index)]
CallerDep = Annotated[Caller, Depends(_caller)]
TrailDep = Annotated[Trail, Depends(_trail)]

Id = Annotated[
    str,
    Path(description="Id in the store", min_length=1, max_length=_ID_LENGTH, pattern=_ID_PATTERN),
]
After = Annotated[
    str,
    Query(
        description="Value of `next` of the page before; left out for the first page",
        max_length=_ID_LENGTH,
        pattern=r"^[^\x00-\x1f\x7f]*$",
    ),
]
Limit = Annotated[int, Query(description="At most so many", ge=1, le=200)]
InLang = Annotated[Lang, Query(description="Language of texts and questions")]
