"""All pages of the service."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from api.web.routes import (
    assets,
    cards,
    clients,
    consents,
    entrance,
    explained,
    handouts,
    lead,
    links,
    mapping,
    matches,
    needs,
    own,
    pathways,
    unsent,
    upskill,
    visibility,
)

#: One line for each task.
ROUTERS: Final[tuple[APIRouter, ...]] = (
    assets.router,
    entrance.router,
    unsent.router,
    clients.router,
    mapping.router,
    clients.front,
    matches.router,
    explained.router,
    handouts.router,
    upskill.router,
    pathways.router,
    links.router,
    visibility.router,
    needs.router,
    cards.router,
    consents.router,
    own.router,
    lead.router,
)
