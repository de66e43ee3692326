"""Which program, rules and weights make lists now: fingerprints of the files that decide."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from matcher.domain.decision import Basis
from matcher.encode.protocol import Encoder
from matcher.match.learning.in_use import RankerInUse
from matcher.store.store import Store

_ROOT: Final = Path(__file__).resolve().parents[2]
_LENGTH: Final = 12
#: What decides gates and the reading of what offers ask for.
_RULES: Final = ("match/gates", "requirements", "domain/tables")
#: What chooses the words of records and encodes them.
_ENCODING: Final = ("encode", "domain")
_SUFFIXES: Final = frozenset({".py", ".tsv", ".toml"})


def basis_now(store: Store, encoder: Encoder, snapshot: str, retrieve: int) -> Basis:
    """Return what a list that is made now is made with.

    Parameters
    ----------
    store
        Knows the taxonomy and the weights in use.
    encoder
        In use.
    snapshot
        Name of the one in use.
    retrieve
        How many candidates each search returns.
    """
    return Basis(
        snapshot=snapshot,
        encoder=encoder.revision,
        ranker=RankerInUse(store, encoder.revision).now().revision,
        rules=rules_revision(),
        code=code_revision(),
        taxonomy=store.concepts.version() or "",
        retrieve=retrieve,
    )


@cache
def code_revision() -> str:
    """Return the fingerprint of the program with its tables."""
    return _fingerprint(_ROOT.rglob("*"))


@cache
def rules_revision() -> str:
    """Return the fingerprint of the rules of gates and of the tables that they read."""
    return _fingerprint(path for folder in _RULES for path in (_ROOT / folder).rglob("*"))


@cache
def encoding_revision() -> str:
    """Return the fingerprint of what chooses the words of records and encodes them."""
    return _fingerprint(path for folder in _ENCODING for path in (_ROOT / folder).rglob("*"))


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = sha256()
    for path in sorted(paths):
        if path.suffix in _SUFFIXES and path.is_file():
            digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_LENGTH]
