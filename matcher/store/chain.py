"""The chain of hashes that binds every entry of the audit log to all before it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from hashlib import sha256
from typing import Final

from matcher.domain.audit import AuditEntry, Happening

#: What stands before the first entry.
GENESIS: Final = "0" * 64


class Wrong(StrEnum):
    """What can be wrong with a log."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry that is not as it was written.

    Parameters
    ----------
    number
        Of the entry.
    wrong
        What is wrong with it; *changed* also of one that took the place of another.
    """

    number: int
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: number and hash of its last entry, 0 and zeros of an empty one."""

    number: int = 0
    hash: str = GENESIS


def link(before: str, number: int, happening: Happening) -> str:
    """Return the hash of an entry.

    Parameters
    ----------
    before
        Hash of the entry before, `GENESIS` for the first.
    number
        Place of the entry, from 1.
    happening
        With the pseudonym as its subject.

    References
    ----------
    B. Schneier, J. Kelsey, Secure audit logs to support computer forensics, ACM TISSEC 2, 1999.
    """
    fields = [
        before,
        number,
        happening.event,
        happening.at.astimezone(UTC).isoformat(timespec="microseconds"),
        happening.who,
        happening.role,
        happening.deed,
        happening.operation,
        happening.ending,
        happening.purpose,
        happening.origin,
        happening.subject,
        happening.about,
    ]
    return sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


class Walk:
    """Follows a chain entry by entry and notes what is wrong.

    Parameters
    ----------
    start
        The last entry before those that are walked.
    """

    def __init__(self, start: Head) -> None:
        self._at = start
        self.findings: list[Finding] = []

    @property
    def at(self) -> Head:
        """The entry that was passed last."""
        return self._at

    def step(self, entry: AuditEntry) -> None:
        """Pass the next entry, in the order of numbers."""
        gap = range(self._at.number + 1, entry.number)
        self.findings += [Finding(number, Wrong.MISSING) for number in gap]
        # After a gap the hash before is lost: the entry is taken as it is, and what follows it
        # is held against it.
        if not gap and link(self._at.hash, entry.number, entry.happening) != entry.hash:
            self.findings.append(Finding(entry.number, Wrong.CHANGED))
        self._at = Head(entry.number, entry.hash)

    def end(self, head: Head) -> None:
        """Hold the end of the walk against where the log says that it ends."""
        beyond = range(head.number + 1, self._at.number + 1)
        self.findings += [Finding(number, Wrong.ADDED) for number in beyond]
        cut_off = range(self._at.number + 1, head.number + 1)
        self.findings += [Finding(number, Wrong.MISSING) for number in cut_off]
        if self._at.number == head.number and self._at.hash != head.hash:
            self.findings.append(Finding(head.number, Wrong.CHANGED))
