"""Health: for whoever starts and watches the process; needs no key."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import IndexDep
from api.responses import OPEN_PROBLEMS
from api.schemas.service import Live, Ready

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", responses=OPEN_PROBLEMS)
async def is_live() -> Live:
    """Tell that the process answers."""
    return Live()


@router.get("/ready", responses=OPEN_PROBLEMS)
def is_ready(index: IndexDep) -> Ready:
    """Tell that a snapshot is open; a 503 says what is missing."""
    return Ready(snapshot=index.live.snapshot)
