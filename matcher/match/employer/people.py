"""Profiles by id, read once and kept while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from matcher.domain.profile import Profile
from matcher.match.gates.sides import Facts
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Someone:
    """A profile, and what gates read of it on a day."""

    profile: Profile
    facts: Facts


class PeopleBook:
    """Profiles, kept until they change in the store; safe across threads.

    Whoever counts all people of a region reads thousands of them at a time.

    Parameters
    ----------
    store
        Where profiles are read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision = store.revision()
        self._day = date.min
        self._people: dict[str, Someone] = {}
        self._lock = Lock()

    def get(self, ids: Sequence[str], on: date) -> dict[str, Someone]:
        """Return the active people among some as they are now, by id.

        Parameters
        ----------
        ids
            Of profiles; those that are gone or rest are absent from the result.
        on
            The day.
        """
        with self._lock:
            self._refresh(on)
            absent = [id for id in ids if id not in self._people]
            for id, profile in self._store.profiles.get_many(absent).items():
                self._people[id] = Someone(profile, Facts.of(profile, on))
            found = [self._people[id] for id in ids if id in self._people]
        return {one.profile.id: one for one in found if one.profile.active}

    def _refresh(self, on: date) -> None:
        if on != self._day:
            # What gates read depends on the day: somebody may have come of age.
            self._people, self._day = {}, on
        revision = self._store.revision()
        if revision == self._revision:
            return
        changes = self._store.profiles.changed_since(self._revision, on)
        if not changes.is_complete:
            self._people.clear()
        for id in (*(profile.id for profile in changes.upserted), *changes.removed):
            self._people.pop(id, None)
        self._revision = revision
