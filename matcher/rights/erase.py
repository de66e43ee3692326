"""Erasing a person: at once for whoever reads, and by the next night in the archives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.domain.calendar import finnish_day
from matcher.domain.consent import HOLDING
from matcher.domain.profile import Profile
from matcher.domain.rights import Erasure, Ground, proof_of
from matcher.rights.copies import remove_copies
from matcher.rights.traces import rows_of
from matcher.store.quarantine import QuarantinedRow
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to.

    Parameters
    ----------
    proof
        As it stays in the store.
    receipt
        For the person alone: with it and the own id the proof can be found.
    source
        Of the profile; if it is not the service itself, its next import may bring it back.
    shown_to
        Needs whose companies the person was shown to with consent, sorted: they are to be
        told (GDPR article 19).
    """

    proof: Erasure
    receipt: str
    source: str
    shown_to: tuple[str, ...]


def erase_person(
    store: Store,
    copies: Path,
    profile_id: str,
    *,
    by: str,
    ground: Ground,
    receipt: str,
    now: datetime,
) -> Erased:
    """Erase a person with all that is kept of them.

    No reader finds the person from this moment on. Indexes that are no longer in use, the
    cache of vectors and the marks of the erasure itself are cleared by the next night.

    Parameters
    ----------
    store, copies
        Where the person's data are, and the folder of the copies of them.
    profile_id
        Who.
    by, ground
        Who does it, and why.
    receipt
        Random and secret, handed to the person.
    now
        Moment of the erasure.

    Returns
    -------
    Erased

    Raises
    ------
    NotFoundError
        If there is no such profile.
    ForbiddenError
        If a legal hold keeps the person's data; nothing is erased then.

    References
    ----------
    Regulation (EU) 2016/679 (GDPR), articles 17 and 19.
    """
    profile = store.profiles.get(profile_id)
    store.holds.check(profile_id)
    today = finnish_day(now)
    shown_to = {
        consent.need_id
        for consent in store.consents.of_profile(profile_id)
        if consent.state(today) in HOLDING
    }
    elsewhere = _remove_elsewhere(store, copies, profile, store.quarantine.all("profiles"))
    proof = store.erase_profile(
        profile_id,
        now,
        by=by,
        ground=ground,
        digest=proof_of(receipt, profile_id),
        elsewhere=elsewhere,
    )
    store.settle_erasures()
    return Erased(proof, receipt, profile.source, tuple(sorted(shown_to)))


def erase_closed(
    store: Store, copies: Path, before: datetime, held: Collection[str], *, by: str, now: datetime
) -> int:
    """Erase all people whose profiles were closed before a moment and still are.

    Parameters
    ----------
    store, copies
        As in `erase_person`.
    before
        The moment.
    held
        Whom legal holds keep.
    by, now
        Who does it, and when.

    Returns
    -------
    int
        How many went.
    """
    over = [id for id in store.profiles.closed_before(before) if id not in held]
    rows = store.quarantine.all("profiles") if over else []
    for id in over:
        elsewhere = _remove_elsewhere(store, copies, store.profiles.get(id), rows)
        store.erase_profile(id, now, by=by, ground=Ground.NOT_NEEDED, elsewhere=elsewhere)
    return len(over)


def _remove_elsewhere(
    store: Store, copies: Path, profile: Profile, rows: Sequence[QuarantinedRow]
) -> dict[str, int]:
    """Remove first what nothing links to a person once the profile is gone; return the counts."""
    theirs = rows_of(profile, rows)
    store.quarantine.remove([row.id for row in theirs if row.id is not None])
    return {"quarantine": len(theirs), "exports": remove_copies(copies, profile.id)}
