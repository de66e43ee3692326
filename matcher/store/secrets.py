"""Secrets at rest: hashes only, found by a public name and compared in constant time.

Secrets are 256 random bits, not passwords that somebody chose: there is nothing to guess, so
neither salt nor slow hash is needed. The name of a row is the start of the hash, so that no
index of the database compares what nobody may learn piece by piece.
"""

from __future__ import annotations

from hashlib import sha256
from hmac import compare_digest
from typing import Final

_NAME_LENGTH: Final = 12


def hashed(*secrets: str) -> str:
    """Return the sha256 of secrets, in hexadecimal."""
    return sha256("\n".join(secrets).encode()).hexdigest()


def name_of(kind: str, hash: str) -> str:
    """Return the public name of a row, as in ``key-2bb80d537b1d``."""
    return f"{kind}-{hash[:_NAME_LENGTH]}"


def same(one: str, other: str) -> bool:
    """Tell whether two hashes are equal, in a time that does not tell where they differ."""
    return compare_digest(one.encode(), other.encode())
