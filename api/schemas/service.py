"""The state of the service itself."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.kinds import RecordKind
from matcher.index.publication import SnapshotInfo


class Live(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"


class Ready(BaseModel):
    """The service can match."""

    status: Literal["ready"] = "ready"
    snapshot: str = Field(description="Index in use")


class Built(BaseModel):
    """What a snapshot was built from."""

    model_config = ConfigDict(from_attributes=True)

    created: datetime
    encoder_revision: str
    store_revision: int
    sizes: dict[RecordKind, int] = Field(description="Records by kind")


class SnapshotSummary(BaseModel):
    """One index snapshot."""

    name: str
    is_current: bool = Field(description="Whether it is the published one")
    built: Built | None = Field(description="Null if its manifest is damaged")

    @classmethod
    def of(cls, info: SnapshotInfo) -> SnapshotSummary:
        """Return a line of the listing as it is shown."""
        built = Built.model_validate(info.manifest) if info.manifest else None
        return cls(name=info.name, is_current=info.is_current, built=built)
