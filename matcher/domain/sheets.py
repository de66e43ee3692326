"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

from typing import Final

#: What makes a spreadsheet take a text for a formula.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs: one that could be a formula gets a mark before it.

    References
    ----------
    OWASP, "CSV Injection".
    """
    return f"'{text}" if text.startswith(_STARTS) else text
