"""What an import did, counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.ingest.rows import ImportKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Counts of one import.

    Parameters
    ----------
    kind
        What was imported.
    formats
        Format by file.
    read
        Rows read.
    new, changed, unchanged
        What became of those that were stored.
    repeated
        Rows that said again what an earlier row had said.
    closed
        Records closed because the source closed them or no longer has them.
    quarantined
        Rows that could not be used.
    notes
        Remarks on values that were kept or assumed, with how often each occurred.
    """

    kind: ImportKind
    formats: dict[str, str] = field(default_factory=dict)
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    closed: int = 0
    quarantined: int = 0
    notes: dict[str, int] = field(default_factory=dict)
