"""The audit log: only added to, each entry bound to all before it, people under pseudonyms.

A person stands in it under a keyed hash of the profile's id, with a key of their own. When
they are erased the key goes: their entries stay, the chain still holds, and nobody can tell
any more whose entries they were.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from matcher.domain.audit import AuditEntry, Deed, Ending, Happening, Purpose
from matcher.store.chain import Finding, Head, Walk, link
from matcher.store.database import Database, parts
from matcher.store.schema import audit_heads, audit_keys, audit_log
from matcher.store.writes import hold_people

KEY_BYTES: Final = 32
_AT_ONCE: Final = 5000
_FIELDS: Final = tuple(Happening.__dataclass_fields__)
#: What every entry needs, built once: to build it takes longer than to run it.
_END: Final = select(audit_heads).with_for_update()
_KEYS: Final = select(audit_keys).where(
    audit_keys.c.profile_id.in_(bindparam("profile_ids", expanding=True))
)
_ADD: Final = insert(audit_log)
_MOVE_END: Final = update(audit_heads).values(number=bindparam("last"), hash=bindparam("end"))


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the whole log found.

    Parameters
    ----------
    entries
        How many there are.
    purged
        Number of the last entry that was removed when its time was over; 0 if none was.
    head
        Where the log ends. Kept outside the store, it shows later that nothing up to it was
        rewritten.
    findings
        Entries that are not as they were written, by number.
    """

    entries: int
    purged: int
    head: Head
    findings: tuple[Finding, ...]


class AuditLog:
    """Who has done what with the data of whom."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, happenings: Sequence[Happening]) -> None:
        """Write happenings down, all or nothing; when this returns they are stored for good.

        One writer at a time holds the end of the log, for as long as one transaction takes:
        who has many happenings hands them in together. A subject without a profile, as one
        who was erased just now, is left out of its entry.

        Raises
        ------
        StoreError
            If they cannot be written. Then nothing may be shown of whom they are about.
        """
        with self._database.write() as connection:
            extend(connection, happenings)

    def of(self, profile_id: str) -> list[AuditEntry]:
        """Return all entries about a person, oldest first; their subject is the profile's id."""
        with self._database.read() as connection:
            pseudonym = _pseudonyms(connection, [profile_id]).get(profile_id)
            if pseudonym is None:
                return []
            query = select(audit_log).where(audit_log.c.subject == pseudonym)
            rows = connection.execute(query.order_by(audit_log.c.number)).all()
        entries = map(_entry, rows)
        return [
            replace(entry, happening=replace(entry.happening, subject=profile_id))
            for entry in entries
        ]

    def entries(self, after: int = 0) -> Iterator[AuditEntry]:
        """Yield the entries after a number, in their order; subjects are pseudonyms."""
        while True:
            newer = select(audit_log).where(audit_log.c.number > after)
            with self._database.read() as connection:
                rows = connection.execute(newer.order_by(audit_log.c.number).limit(_AT_ONCE)).all()
            if not rows:
                return
            after = rows[-1].number
            yield from map(_entry, rows)

    def verify(self) -> Verified:
        """Walk along the log as it was when the walk began, and tell what is wrong with it."""
        with self._database.read() as connection:
            ends = connection.execute(select(audit_heads)).one()
            last = connection.scalar(select(func.max(audit_log.c.number))) or 0
        walk, count = Walk(Head(ends.cut, ends.cut_hash)), 0
        for entry in self.entries():
            # What others add while this walks is not looked at; `last` is beyond the head only
            # if somebody has added to the log without moving its head.
            if entry.number > max(last, ends.number):
                break
            walk.step(entry)
            count += 1
        walk.end(Head(ends.number, ends.hash))
        return Verified(count, ends.cut, Head(ends.number, ends.hash), tuple(walk.findings))

    def holds(self, head: Head) -> bool:
        """Tell whether the log has an entry, as somebody noted it outside the store."""
        query = select(audit_log.c.hash).where(audit_log.c.number == head.number)
        with self._database.read() as connection:
            return connection.scalar(query) == head.hash

    def purge(self, before: datetime) -> int:
        """Remove the entries made before a moment, from the beginning on; return how many.

        The hash of the last one stays, so that the chain can be followed from there.
        """
        later = select(func.min(audit_log.c.number)).where(audit_log.c.at >= before)
        with self._database.write() as connection:
            ends = _hold_end(connection)
            first_kept = connection.scalar(later)
            cut = ends.number if first_kept is None else first_kept - 1
            if cut <= ends.cut:
                return 0
            this = select(audit_log.c.hash).where(audit_log.c.number == cut)
            cut_hash = connection.execute(this).scalar_one()
            connection.execute(update(audit_heads).values(cut=cut, cut_hash=cut_hash))
            return connection.execute(delete(audit_log).where(audit_log.c.number <= cut)).rowcount


def extend(connection: Connection, happenings: Sequence[Happening]) -> None:
    """Add happenings to the log within a transaction that writes.

    People are held before the end of the log, here and wherever a transaction holds both: who
    holds a person may wait for the end, and never the other way round.
    """
    if not happenings:
        return
    known = _named(connection, _subjects(happenings))
    ends = _hold_end(connection)
    number, before = ends.number, ends.hash
    rows = []
    for one in happenings:
        number += 1
        hidden = replace(one, subject=None if one.subject is None else known.get(one.subject))
        before = link(before, number, hidden)
        rows.append({name: getattr(hidden, name) for name in _FIELDS})
        rows[-1] |= {"number": number, "hash": before}
    connection.execute(_ADD, rows)
    connection.execute(_MOVE_END, {"last": number, "end": before})


def nameless(connection: Connection, happenings: Sequence[Happening]) -> set[str]:
    """Return the subjects of happenings who have no pseudonym yet: `extend` will hold them."""
    subjects = _subjects(happenings)
    return subjects - _pseudonyms(connection, subjects).keys()


def forget_pseudonym(connection: Connection, profile_id: str) -> None:
    """Destroy the key that alone tells which entries are about a person."""
    connection.execute(delete(audit_keys).where(audit_keys.c.profile_id == profile_id))


def _subjects(happenings: Sequence[Happening]) -> set[str]:
    return {one.subject for one in happenings if one.subject is not None}


def _hold_end(connection: Connection) -> Row[Any]:
    """Return where the log ends, and keep others from adding to it until the transaction ends."""
    return connection.execute(_END).one()


def _named(connection: Connection, profile_ids: Collection[str]) -> dict[str, str]:
    """Return the pseudonyms of people; who has none yet, and is there, gets one."""
    known = _pseudonyms(connection, profile_ids)
    held = hold_people(connection, set(profile_ids) - known.keys())
    # Another writer may have given them theirs while these waited.
    known |= _pseudonyms(connection, held)
    new = held - known.keys()
    if new:
        keys = {id: secrets.token_bytes(KEY_BYTES) for id in sorted(new)}
        rows = [{"profile_id": id, "key": key.hex()} for id, key in keys.items()]
        connection.execute(insert(audit_keys), rows)
        known |= {id: _pseudonym(id, key) for id, key in keys.items()}
    return known


def _pseudonyms(connection: Connection, profile_ids: Collection[str]) -> dict[str, str]:
    return {
        row.profile_id: _pseudonym(row.profile_id, bytes.fromhex(row.key))
        for part in parts(sorted(set(profile_ids)))
        for row in connection.execute(_KEYS, {"profile_ids": part})
    }


def _pseudonym(profile_id: str, key: bytes) -> str:
    return hmac.digest(key, profile_id.encode(), "sha256").hex()


def _entry(row: Row[Any]) -> AuditEntry:
    values = {name: getattr(row, name) for name in _FIELDS}
    coded = {
        "deed": Deed(row.deed),
        "ending": Ending(row.ending),
        "purpose": Purpose(row.purpose),
    }
    return AuditEntry(row.number, Happening(**{**values, **coded}), row.hash)
