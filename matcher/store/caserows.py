"""Entries of case files as rows, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Row, Select, select

from matcher.domain.casework.item import CaseItem
from matcher.domain.casework.items import CASE_ITEMS, due_on
from matcher.domain.casework.placements import Assignment
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.schema import case_entries

C = TypeVar("C", bound=CaseItem)
Item_co = TypeVar("Item_co", bound=CaseItem, covariant=True)

#: What the entries of each class are called in the table.
TOPICS: Final[dict[type[CaseItem], str]] = {cls: cls.__name__ for cls in CASE_ITEMS}
_CLASSES: Final = {topic: cls for cls, topic in TOPICS.items()}


@dataclass(frozen=True, slots=True)
class CaseEntry(Generic[Item_co]):
    """One version of an entry.

    Parameters
    ----------
    id
        Of the entry, the same for all its versions.
    version
        From 1.
    profile_id
        Whose case file it is in; None for an idea given without a name.
    at, by
        When and by whom this version was written.
    item
        What it says.
    """

    id: str
    version: int
    profile_id: str | None
    at: datetime
    by: str
    item: Item_co


def row_of(new: CaseEntry[C]) -> dict[str, Any]:
    """Return the row of a version that is to be the current one."""
    item = new.item
    return {
        "id": new.id,
        "version": new.version,
        "topic": TOPICS[type(item)],
        "profile_id": new.profile_id,
        "at": new.at,
        "by": new.by,
        "current": True,
        "holder": item.coach if isinstance(item, Assignment) else None,
        "place": getattr(item, "municipality", None),
        "due": due_on(item),
        "since": getattr(item, "start", None),
        "until": getattr(item, "end", None),
        "payload": codec.dump(item),
    }


def entry(row: Row[Any], cls: type[C]) -> CaseEntry[C]:
    """Return the entry of a row that holds one of this class."""
    item = codec.load(cls, row.payload)
    return CaseEntry(row.id, row.version, row.profile_id, row.at, row.by, item)


def any_entry(row: Row[Any]) -> CaseEntry[CaseItem]:
    """Return the entry of a row, of whatever class."""
    return entry(row, _CLASSES[row.topic])


def newest(connection: Connection, id: str) -> Row[Any]:
    """Return the row of the current version of an entry.

    Raises
    ------
    NotFoundError
        If there is none under that id.
    """
    query = select(case_entries).where(case_entries.c.id == id, case_entries.c.current)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("entry", id)
    return row


def current(cls: type[CaseItem]) -> Select[Any]:
    """Return the query for the current versions of all entries of one class."""
    return select(case_entries).where(case_entries.c.topic == TOPICS[cls], case_entries.c.current)
