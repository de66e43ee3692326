"""What a person may ask of their data, and the proof that it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class Ground(StrEnum):
    """Why a person's data are erased.

    References
    ----------
    Regulation (EU) 2016/679 (GDPR), article 17(1): (a) no longer necessary, (b) consent
    withdrawn, (c) objection, (d) unlawful processing, (e) legal obligation.
    """

    NOT_NEEDED = "not_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTION = "objection"
    UNLAWFUL = "unlawful"
    LEGAL_OBLIGATION = "legal_obligation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The proof that somebody was erased; it does not tell who.

    Parameters
    ----------
    id
        Of the proof.
    at, by, ground
        When, by whom and why.
    revision
        The store's revision from which on no reader finds the person.
    counts
        How many rows went, by table.
    digest
        `proof_of` the person's id with a receipt that only the person is given.
    archived_at
        When the last archive was cleared; None until the night that does it.
    """

    id: str
    at: datetime
    by: str
    ground: Ground
    revision: int
    counts: Mapping[str, int]
    digest: str
    archived_at: datetime | None = None


def proof_of(receipt: str, profile_id: str) -> str:
    """Return the fingerprint by which whoever holds the receipt can find the proof.

    Parameters
    ----------
    receipt
        Random, not kept; without it nobody can tell whose proof it is by trying ids.
    profile_id
        Who is erased.

    Returns
    -------
    str
        sha256 in hexadecimal.
    """
    return sha256(f"{receipt}\0{profile_id}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold: while it lasts, a person, or every record of a kind, is kept.

    Parameters
    ----------
    id
        Of the hold.
    profile_id, kind
        Whom or what it keeps: one of the two.
    reason
        Why, as in the number of a case before a court.
    at, by
        When and by whom it was set.
    lifted_at
        When it ended; None while it lasts.
    """

    id: str
    profile_id: str | None = None
    kind: str | None = None
    reason: str
    at: datetime
    by: str
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A profile as it was before somebody rectified it.

    Parameters
    ----------
    profile_id
        Whose.
    fields
        What was corrected.
    reason
        Why.
    at, by
        When and by whom.
    before
        The profile before, as JSON.
    """

    profile_id: str
    fields: tuple[str, ...]
    reason: str
    at: datetime
    by: str
    before: str
