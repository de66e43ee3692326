"""Profiles by id, read once and kept while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from threading import Lock

from matcher.domain.profile import Profile
from matcher.store.store import Store


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
        self._profiles: dict[str, Profile] = {}
        self._lock = Lock()

    def get(self, ids: Sequence[str], on: date) -> dict[str, Profile]:
        """Return the active profiles among some as they are now, by id.

        Parameters
        ----------
        ids
            Of profiles; those that are gone or rest are absent from the result.
        on
            The day.
        """
        with self._lock:
            self._refresh(on)
            absent = [id for id in ids if id not in self._profiles]
            self._profiles |= self._store.profiles.get_many(absent)
            found = [self._profiles[id] for id in ids if id in self._profiles]
        return {profile.id: profile for profile in found if profile.active}

    def _refresh(self, on: date) -> None:
        revision = self._store.revision()
        if revision == self._revision:
            return
        changes = self._store.profiles.changed_since(self._revision, on)
        if not changes.is_complete:
            self._profiles.clear()
        for id in (*(profile.id for profile in changes.upserted), *changes.removed):
            self._profiles.pop(id, None)
        self._revision = revision
