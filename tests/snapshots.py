"""Snapshots of batches that are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Encoder
from matcher.index.folders import hidden_folder
from matcher.index.segment import Attached
from matcher.index.snapshot import finish_snapshot


def write_snapshot(
    root: Path,
    batches: Mapping[RecordKind, EncodedBatch],
    attached: Mapping[RecordKind, Attached] = MappingProxyType({}),
    *,
    encoder: Encoder,
    revision: int,
    now: datetime,
) -> str:
    """Write a snapshot and return its name."""
    with hidden_folder(root) as folder:
        return finish_snapshot(
            folder, batches, attached, encoder=encoder, revision=revision, now=now
        )
