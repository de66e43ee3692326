"""Answers that were made before, each kept with all that it was made from.

Whether one is given again is not decided by its age: only where it would be made from the
same now. So nothing here has to be told when a wish, a situation or an offer changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from matcher.domain.offer import OfferKind

#: Bytes of answers that one process keeps; a list of forty offers takes some ten thousand.
ROOM: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer about a person.

    Parameters
    ----------
    source
        All that it was made from, but for the offers.
    offers
        What it shows.
    revision
        The store's, as of which it shows them.
    body
        As it is sent.
    list_id
        Under which the list is recorded.
    """

    source: Hashable
    offers: tuple[tuple[OfferKind, str], ...]
    revision: int
    body: bytes
    list_id: str


class KeptAnswers:
    """The latest answer about each person; safe across threads.

    Parameters
    ----------
    room
        How many bytes are kept; what was not asked for longest goes first.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._revision = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, person: str) -> Kept | None:
        """Return what is kept about a person."""
        with self._lock:
            if person in self._kept:
                self._kept.move_to_end(person)
            return self._kept.get(person)

    def put(self, person: str, answer: Kept) -> None:
        """Keep an answer about a person, in the place of the one before."""
        with self._lock:
            self._drop(person)
            self._kept[person] = answer
            self._used += len(answer.body)
            while self._used > self._room:
                self._drop(next(iter(self._kept)))

    def refresh(self, revision: int, erased_since: Callable[[int], Collection[str] | None]) -> None:
        """Erase the answers about people who were erased.

        Parameters
        ----------
        revision
            The store's; while it is the same nobody was.
        erased_since
            Returns who was erased after a revision; None if that is not known any more, and
            every answer has to go.
        """
        if revision == self._revision:
            return
        gone = erased_since(self._revision)
        with self._lock:
            for person in list(self._kept) if gone is None else gone:
                self._drop(person)
            self._revision = revision

    def _drop(self, person: str) -> None:
        dropped = self._kept.pop(person, None)
        self._used -= len(dropped.body) if dropped else 0
