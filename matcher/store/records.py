"""What the repository knows of a record beside its payload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from matcher.domain.offer import CompanyNeed, Offer
from matcher.domain.profile import Profile

Record: TypeAlias = Profile | Offer
R = TypeVar("R", bound=Record)


class State(StrEnum):
    """Whether a record takes part.

    A paused one belongs to a profile that is not active: it can be read and listed, but
    is matched with nothing. A closed one has gone from its source.
    """

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class UpsertCounts:
    """What became of the records that were handed in."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RowInfo:
    """A record without its content.

    Parameters
    ----------
    id, source
        Whose it is and where it came from.
    municipality
        Home of a profile, first municipality of an offer; None if unknown.
    owner
        Key that posted a company's need; None otherwise.
    state
        Whether it takes part.
    revision
        Number of its last change.
    created_at, updated_at
        Moments of the first and the last change, in UTC.
    """

    id: str
    source: str
    municipality: str | None
    owner: str | None
    state: State
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Changes(Generic[R]):
    """What happened since a revision.

    Parameters
    ----------
    upserted
        New or changed records that are open now.
    removed
        Ids of records that are no longer open, or gone, sorted.
    revision
        Where to go on from next time.
    is_complete
        False if people were erased since whose ids are forgotten: what was read before has
        to be read anew as a whole.
    """

    upserted: list[R]
    removed: list[str]
    revision: int
    is_complete: bool = True


def municipality(record: Record) -> str | None:
    """Return the home of a profile or the first municipality of an offer."""
    if isinstance(record, Profile):
        return record.municipality
    return next(iter(record.place.municipalities), None)


def owner(record: Record) -> str | None:
    """Return the key that posted a company's need."""
    return record.owner if isinstance(record, CompanyNeed) else None


def state(record: Record) -> State:
    """Return the state of a record that its source still has."""
    paused = isinstance(record, Profile) and not record.active
    return State.PAUSED if paused else State.OPEN


def last_day(record: Record) -> date | None:
    """Return the last day on which an offer is open; profiles do not expire."""
    return None if isinstance(record, Profile) else record.expires
