"""Index snapshots: which there are, and which one is searched."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import ServicesDep
from api.responses import problems
from api.schemas.service import SnapshotSummary
from matcher.index import publication

router = APIRouter(prefix="/v1/snapshots", tags=["snapshots"])


@router.get("", responses=problems())
def list_snapshots(services: ServicesDep) -> list[SnapshotSummary]:
    """List the snapshots, oldest first."""
    found = publication.list_snapshots(services.settings.snapshots)
    return [SnapshotSummary.of(info) for info in found]
