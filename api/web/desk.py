"""What pages about a client's offers work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from api.access import Caller
from api.auditing import Trail
from api.deps import CallerDep, IndexDep, ServicesDep, TrailDep
from api.state import Index, Services
from api.web.page import PageDep
from matcher.domain.text import Lang


@dataclass(frozen=True, slots=True)
class Desk:
    """Where lists are made, who looks at them, and in which language."""

    services: Services
    index: Index
    caller: Caller
    trail: Trail
    lang: Lang


def _desk(
    page: PageDep, services: ServicesDep, index: IndexDep, caller: CallerDep, trail: TrailDep
) -> Desk:
    return Desk(services, index, caller, trail, page.lang)


DeskDep = Annotated[Desk, Depends(_desk)]
