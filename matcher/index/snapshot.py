"""Index snapshots: immutable folders, built beside each other, one of them published.

::

    snapshots/
        current                            the name of the published snapshot, one line
        <UTC time>-<hash of manifest>/
            manifest.json
            lexical_idf.npy
            profiles/ vacancies/ needs/ trainings/ services/
                ids.npy  hashes.npy  pooled.faiss  phrases.npy  phrase_offsets.npy
                roles.npy  weights.npy  lexical_{data,indices,indptr}.npy
                group_{ids,shares}.npy  openness.npy
                letters_*.npy              n-grams in lists (`matcher.index.letters`)
                attached/*.npy             what other rooms keep of the records, by row

A snapshot is written to a hidden folder, flushed to disk and renamed; `current` is
replaced in one step. Whoever reads sees whole states only, whenever a writer is killed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_matrix, vstack

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import FEATURES, LexicalModel
from matcher.encode.protocol import Encoder
from matcher.encode.text import TEXT_VERSION
from matcher.errors import SnapshotError
from matcher.index.columns import (
    IDF,
    read_array,
    read_attached,
    read_columns,
    write_attached,
    write_columns,
)
from matcher.index.faiss_index import FaissIndex
from matcher.index.folders import (
    flush,
    flush_folder,
    snapshot_folder,
    writing,
)
from matcher.index.letters import Letters
from matcher.index.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    Manifest,
    hashes,
    read_manifest,
    verify_files,
)
from matcher.index.segment import Attached, Segment
from matcher.index.verified import Verify


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An opened snapshot, mapped read-only.

    Parameters
    ----------
    name, manifest
        Which snapshot, and what it was built from.
    lexical
        Inverse document frequencies of its offers.
    """

    name: str
    manifest: Manifest
    lexical: LexicalModel
    _kinds: Mapping[RecordKind, tuple[EncodedBatch, FaissIndex, Letters | None]]
    _attached: Mapping[RecordKind, Attached]

    def batch(self, kind: RecordKind) -> EncodedBatch:
        """Return the encoded records of a kind."""
        return self._kinds[kind][0]

    def index(self, kind: RecordKind) -> FaissIndex:
        """Return the index over the pooled vectors of a kind; rows are those of `batch`."""
        return self._kinds[kind][1]

    def attached(self, kind: RecordKind) -> Attached:
        """Return what other rooms keep of the records of a kind; rows are those of `batch`."""
        return self._attached[kind]

    def segment(self, kind: RecordKind) -> Segment:
        """Return the records of a kind with all that is needed to search them."""
        batch, index, letters = self._kinds[kind]
        return Segment(batch, index, self.lexical, letters, self._attached[kind])


def finish_snapshot(
    folder: Path,
    batches: Mapping[RecordKind, EncodedBatch],
    attached: Mapping[RecordKind, Attached] = MappingProxyType({}),
    *,
    encoder: Encoder,
    revision: int,
    now: datetime,
) -> str:
    """Write what is still missing of a new snapshot beside the others, without publishing it.

    Parameters
    ----------
    folder
        As from `matcher.index.folders.hidden_folder`, among the snapshots; columns that
        `matcher.index.growing` has written there are left as they are.
    batches
        The encoded records of every kind; a kind left out is empty.
    attached
        What other rooms keep of the records. Of people only arrays with a row each, in the
        same order: whoever takes somebody out of a snapshot cuts these alike.
    encoder
        That encoded them.
    revision
        The store's revision that they show.
    now
        Time of the build.

    Returns
    -------
    str
        The snapshot's name; the same content and time give the same name.

    Raises
    ------
    SnapshotError
        If something cannot be written.
    """
    root = folder.parent
    with writing(root):
        _write_files(folder, batches, encoder.dimension)
        for kind, arrays in attached.items():
            write_attached(folder / kind.plural, arrays)
        manifest = Manifest(
            format_version=FORMAT_VERSION,
            created=now.astimezone(UTC).replace(microsecond=0),
            encoder_revision=encoder.revision,
            dimension=encoder.dimension,
            text_version=TEXT_VERSION,
            store_revision=revision,
            code_version=version("kohtaanto"),
            sizes={kind: len(batches.get(kind, ())) for kind in RecordKind},
            files=hashes(folder),
        )
        (folder / MANIFEST).write_bytes(manifest.to_json())
        flush_folder(folder)
        # The same content built in the same second has the same name and is there already.
        if not (root / manifest.name()).exists():
            folder.rename(root / manifest.name())
            flush(root)
    return manifest.name()


def open_snapshot(
    root: Path, name: str, encoder: Encoder | None, verify: Verify = verify_files
) -> Snapshot:
    """Check and map a snapshot.

    Parameters
    ----------
    root, name
        Folder of the snapshots, and which one.
    encoder
        The encoder in use, which must be the one it was built with; None skips that check.
    verify
        Compares the files with the manifest.

    Raises
    ------
    NotFoundError
        If there is no such snapshot.
    SnapshotError
        If a file is missing or damaged, or the snapshot does not fit.
    """
    folder = snapshot_folder(root, name)
    manifest = read_manifest(folder)
    if encoder is not None:
        manifest.check_fits(encoder, folder)
    try:
        return _opened(folder, manifest, verify)
    except SnapshotError:
        # Somebody who was erased may just have been taken out of it.
        if (anew := read_manifest(folder)) == manifest:
            raise
        return _opened(folder, anew, verify)


def fit_lexical(batches: Mapping[RecordKind, EncodedBatch]) -> LexicalModel:
    """Fit the inverse document frequencies on the offers among the batches."""
    offers = [batch.lexical for kind, batch in batches.items() if kind is not RecordKind.PROFILE]
    none = csr_matrix((0, FEATURES), dtype=np.float32)
    return LexicalModel.fit(csr_matrix(vstack([none, *offers])))


def _opened(folder: Path, manifest: Manifest, verify: Verify) -> Snapshot:
    verify(folder, manifest)
    kinds = {kind: read_columns(folder / kind.plural) for kind in RecordKind}
    attached = {kind: read_attached(folder / kind.plural) for kind in RecordKind}
    return Snapshot(folder.name, manifest, LexicalModel(read_array(folder / IDF)), kinds, attached)


def _write_files(folder: Path, batches: Mapping[RecordKind, EncodedBatch], dimension: int) -> None:
    empty, lexical = EncodedBatch.empty(dimension), fit_lexical(batches)
    for kind in RecordKind:
        write_columns(folder / kind.plural, batches.get(kind, empty), lexical)
    np.save(folder / IDF, lexical.idf)
