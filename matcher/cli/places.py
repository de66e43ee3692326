"""Municipalities as people name them on the command line."""

from __future__ import annotations

from matcher.domain.codes import municipality_code
from matcher.errors import InputError


def municipality_codes(text: str) -> list[str]:
    """Return the municipality codes of a list of codes or names.

    Raises
    ------
    InputError
        If one is unknown.
    """
    return [_code(part.strip()) for part in text.split(",") if part.strip()]


def _code(text: str) -> str:
    code = municipality_code(text)
    if code is None:
        raise InputError(
            f"{text!r} is not a municipality.",
            remedy="Give codes or names, as in --municipality 564,Kempele.",
            field="--municipality",
        )
    return code
