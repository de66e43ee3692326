"""The manifest of a snapshot: what it was built from, and the hash of every file in it.

A snapshot's name ends with the hash of its manifest, and the manifest holds the hashes of
all other files: a changed byte anywhere shows. When people who were erased are taken out of
a snapshot, it keeps its name, which lists and decisions refer to, and its manifest is sealed
with a hash of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from matcher.domain.kinds import RecordKind
from matcher.encode.protocol import Encoder
from matcher.encode.text import TEXT_VERSION
from matcher.errors import SnapshotError

FORMAT_VERSION = 3
#: Formats that can be read: the second has neither lists of n-grams nor what other rooms keep.
READABLE = (2, 3)
MANIFEST = "manifest.json"
_NAME_HASH = 12
_HASHED_AT_ONCE = 2
_GO_BACK = "Go back with `matcher snapshots use NAME`, or build a new one with `matcher nightly`."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was built from.

    Parameters
    ----------
    format_version
        Of the folder's layout.
    created
        When it was built, UTC.
    encoder_revision, dimension
        Of the encoder that made the vectors.
    text_version
        Of the rules that chose the encoded words.
    store_revision
        The store's revision that it shows; later changes go into a delta.
    code_version
        Of the package that built it.
    sizes
        Number of records of each kind.
    files
        sha256 of each file by its path inside the folder.
    origin, seal
        Of a snapshot that people were taken out of: the hash in its name, and that of this
        manifest without the seal. Empty for one that is as it was built.
    """

    format_version: int
    created: datetime
    encoder_revision: str
    dimension: int
    text_version: int
    store_revision: int
    code_version: str
    sizes: Mapping[RecordKind, int]
    files: Mapping[str, str]
    origin: str = ""
    seal: str = ""

    def to_json(self) -> bytes:
        """Return the manifest as indented JSON; equal manifests give equal bytes."""
        fields = asdict(self) | {"created": self.created.astimezone(UTC).isoformat()}
        return json.dumps(fields, indent=1, sort_keys=True).encode() + b"\n"

    def name(self) -> str:
        """Return the snapshot's name: when it was built, and the hash of this manifest."""
        time = self.created.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        return f"{time}-{self.origin or _name_hash(self.to_json())}"

    def rewritten(self, sizes: Mapping[RecordKind, int], files: Mapping[str, str]) -> Manifest:
        """Return the manifest of this snapshot with other content, under the same name."""
        bare = replace(
            self, sizes=sizes, files=files, origin=self.name().rpartition("-")[2], seal=""
        )
        return replace(bare, seal=_name_hash(bare.to_json()))

    def is_sealed(self) -> bool:
        """Return whether the seal is that of this content."""
        return self.seal == _name_hash(replace(self, seal="").to_json())

    def check_fits(self, encoder: Encoder, path: Path) -> None:
        """Refuse an encoder or text rules other than those the snapshot was built with.

        Raises
        ------
        SnapshotError
            Naming what was expected and what was found.
        """
        found = {
            "encoder revision": (self.encoder_revision, encoder.revision),
            "dimension": (self.dimension, encoder.dimension),
            "text version": (self.text_version, TEXT_VERSION),
        }
        for what, (built_with, in_use) in found.items():
            if built_with != in_use:
                raise SnapshotError(
                    f"Snapshot {path.name} was built with {what} {built_with}, "
                    f"but {in_use} is in use.",
                    remedy="Run `matcher nightly` to build a new one, "
                    "or set MATCHER_ENCODER back to the encoder it was built with.",
                    path=str(path),
                    expected=str(built_with),
                    found=str(in_use),
                )


def read_manifest(folder: Path) -> Manifest:
    """Read and check the manifest of a snapshot.

    Raises
    ------
    SnapshotError
        If it is missing, damaged, or of a format that this version does not know.
    """
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SnapshotError(
            f"{path} is missing or cannot be read.", remedy=_GO_BACK, path=str(path)
        ) from error
    found, expected = _name_hash(raw), folder.name.rpartition("-")[2]
    if found == expected:
        return _parse(raw, path)
    if _origin(raw) == expected and (manifest := _parse(raw, path)).is_sealed():
        return manifest
    raise damaged(path, expected, found)


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare the hash of every file with the manifest.

    Raises
    ------
    SnapshotError
        Naming the first file that is missing or damaged.
    """
    # Hashing lets other threads run, so that two cores share a large snapshot.
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        found = pool.map(_hash_if_there, [folder / name for name in manifest.files])
        for (name, expected), digest in zip(manifest.files.items(), found, strict=True):
            path = folder / name
            if digest is None:
                raise SnapshotError(f"{path} is missing.", remedy=_GO_BACK, path=str(path))
            if digest != expected:
                raise damaged(path, expected, digest)


def hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder by its path inside it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        found = pool.map(file_hash, files)
        return {
            path.relative_to(folder).as_posix(): digest
            for path, digest in zip(files, found, strict=True)
        }


def file_hash(path: Path) -> str:
    """Return the sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _hash_if_there(path: Path) -> str | None:
    return file_hash(path) if path.is_file() else None


def damaged(path: Path, expected: str, found: str) -> SnapshotError:
    """Return the error for a file whose content is not what was written."""
    return SnapshotError(
        f"{path} is damaged: its hash is {found[:_NAME_HASH]}, not {expected[:_NAME_HASH]}.",
        remedy=_GO_BACK,
        path=str(path),
        expected=expected,
        found=found,
    )


def _parse(raw: bytes, path: Path) -> Manifest:
    version = json.loads(raw).get("format_version")
    if version not in READABLE:
        raise SnapshotError(
            f"{path} has format {version}; this version reads format {FORMAT_VERSION}.",
            remedy="Run `matcher nightly` to build a snapshot of this format, "
            "or use the version of the service that built it.",
            path=str(path),
            expected=str(FORMAT_VERSION),
            found=str(version),
        )
    try:
        return TypeAdapter(Manifest).validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise SnapshotError(
            f"{path} cannot be read: {'.'.join(map(str, first['loc']))}: {first['msg']}.",
            remedy=_GO_BACK,
            path=str(path),
        ) from error


def _origin(raw: bytes) -> str | None:
    try:
        read = json.loads(raw)
    except ValueError:
        return None
    return read.get("origin") if isinstance(read, dict) else None


def _name_hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()[:_NAME_HASH]
