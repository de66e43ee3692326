"""What the snapshot that is served still knows, so that it need not be encoded again.

Beside each record stands its source: a fingerprint of its content and of all that encodes it.
A record whose source would be the same is taken over as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.protocol import Encoder
from matcher.errors import NotFoundError, SnapshotError
from matcher.index.manifest import verify_files
from matcher.index.publication import published
from matcher.index.snapshot import Snapshot, open_snapshot
from matcher.index.verified import Verify
from matcher.match.decisions.revisions import encoding_revision
from matcher.match.gates.kept import GatesReader, KeptGates
from matcher.store.store import Store

#: Under which name a snapshot keeps the sources of its records.
SOURCES: Final = "sources"
_LENGTH: Final = 32
#: One a record, as stored in a snapshot.
Sources = NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Former:
    """The snapshot that is served, and what encodes records now.

    Parameters
    ----------
    snapshot
        None if there is none that can be read, or another encoder has made it.
    made_with
        Fingerprint of encoder, program and labels.
    """

    snapshot: Snapshot | None
    made_with: str

    @classmethod
    def open(
        cls, root: Path, store: Store, encoder: Encoder, verify: Verify = verify_files
    ) -> Former:
        """Open what is served.

        Parameters
        ----------
        root
            Folder of the snapshots.
        store, encoder
            Of the installation.
        verify
            Compares its files with its manifest.
        """
        made_with = "\0".join([encoder.revision, encoding_revision(), store.concepts.fingerprint()])
        return cls(_readable(root, encoder, verify), made_with)

    def source(self, content_hash: str) -> bytes:
        """Return the source of a record with some content, if it is encoded now."""
        told = f"{self.made_with}\0{content_hash}".encode()
        return hashlib.sha256(told).hexdigest()[:_LENGTH].encode()

    def known(self, kind: RecordKind) -> Known | None:
        """Return what is known of records of a kind; None if it does not say from what."""
        if self.snapshot is None:
            return None
        attached = self.snapshot.attached(kind)
        gates = KeptGates.read(attached)
        if SOURCES not in attached or (gates is None and kind is not RecordKind.PROFILE):
            return None
        batch = self.snapshot.batch(kind)
        row_by_id = {id: row for row, id in enumerate(batch.ids)}
        return Known(batch, attached[SOURCES], gates or GatesReader().kept(), row_by_id)


@dataclass(frozen=True, slots=True)
class Known:
    """The records of one kind in the snapshot that is served.

    Parameters
    ----------
    batch, sources, gates
        Encoded, from what, and what gates read of offers.
    row_by_id
        Of each record.
    """

    batch: EncodedBatch
    sources: Sources
    gates: KeptGates
    row_by_id: Mapping[str, int]

    def rows(self, wanted: Mapping[str, bytes]) -> dict[str, int]:
        """Return by id the rows of records that have the wanted sources."""
        return {
            id: row
            for id, source in wanted.items()
            if (row := self.row_by_id.get(id)) is not None and self.sources[row] == source
        }


def _readable(root: Path, encoder: Encoder, verify: Verify) -> Snapshot | None:
    name = published(root)
    if name is None:
        return None
    try:
        return open_snapshot(root, name, encoder, verify)
    except (NotFoundError, SnapshotError):
        return None  # then everything is encoded anew
