"""What every request can reach: opened once when the service starts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TypedDict

from api.counted import CountedMonths
from api.identity.doors import Doors
from api.kept import KeptAnswers
from api.rates import Attempts
from api.scribe import Scribe
from matcher.config import Settings
from matcher.domain.calendar import finnish_day
from matcher.domain.profile import Profile
from matcher.encode.records import RecordEncoder
from matcher.errors import SnapshotError
from matcher.index.live import Live
from matcher.index.publication import current, published
from matcher.match.decisions.record import Recorder
from matcher.match.matcher import Matcher
from matcher.match.reasons.placing import Placing
from matcher.match.upskill.advice import Upskiller
from matcher.pathways.pathway import home_standing
from matcher.pathways.standing import Standing
from matcher.store.store import Store
from matcher.taxonomy.suggest import Suggester

Clock = Callable[[], datetime]
_LOG = logging.getLogger("api.state")


@dataclass(frozen=True, slots=True)
class Index:
    """What is searched, and what searches it, advises trainings, records lists and explains."""

    live: Live
    matcher: Matcher
    upskiller: Upskiller
    recorder: Recorder
    placing: Placing


class IndexDoor:
    """Opens the index as soon as there is one, and keeps it up to date.

    A service may start before the first night: it answers everything that needs no index
    and becomes ready by itself. Once it is, a publication that cannot be used is logged and
    passed over: the index in use goes on with what changes in the store.

    Another snapshot means another `Index`, and the one before stays as it is: a request that
    has begun with that goes on with it, and no answer is made from two snapshots.

    Parameters
    ----------
    root
        Folder of the snapshots.
    open
        Opens the index over the snapshot of a name; None means that there is none yet.
    """

    def __init__(self, root: Path, open: Callable[[str | None], Index]) -> None:
        self._root = root
        self._open = open
        self._index: Index | None = None
        #: The published snapshot that was found unusable: to open it again takes long.
        self._refused: str | None = None
        self._lock = Lock()

    def current(self) -> Index:
        """Return the index with everything stored up to now in it.

        Raises
        ------
        NotReadyError
            If no snapshot was ever published.
        SnapshotError
            If the first one to be opened is damaged or does not fit the encoder.
        """
        with self._lock:
            if self._index is None:
                self._index = self._open(current(self._root))
            else:
                self._index = self._followed(self._index)
            self._index.live.take_changes()
            return self._index

    def _followed(self, index: Index) -> Index:
        """Return the index of what is published now, if it can be used."""
        name = published(self._root)
        if name in {None, self._refused, index.live.snapshot}:
            return index
        try:
            followed = self._open(current(self._root))
        except SnapshotError as error:
            _LOG.error("Snapshot %s is passed over, %s stays: %s", name, index.live.snapshot, error)
            self._refused = name
            return index
        self._refused = None
        return followed


@dataclass(frozen=True, slots=True)
class Services:
    """The opened rooms of the matcher; all are safe to use from several threads.

    Parameters
    ----------
    settings
        As read at the entry point.
    store
        Open until the service stops.
    scribe
        Writes the audit log.
    records
        Encodes records with a loaded encoder.
    index
        Door to the index.
    clock
        Returns the time in UTC.
    doors
        Lets users of identity providers in.
    attempts
        Counts who tries to come in by typing a key.
    suggester
        Suggests concepts as somebody types.
    kept
        Answers that may be given again.
    months
        Figures of months that may be shown again.
    """

    settings: Settings
    store: Store
    scribe: Scribe
    records: RecordEncoder
    index: IndexDoor
    clock: Clock
    doors: Doors
    attempts: Attempts
    suggester: Suggester
    kept: KeptAnswers = field(default_factory=KeptAnswers)
    months: CountedMonths = field(default_factory=CountedMonths)

    def today(self) -> date:
        """Return the day in Finland, on which offers must be open to be matched."""
        return finnish_day(self.clock())

    def standing(self, profile: Profile) -> Standing | None:
        """Return how a stored client stands today in the area of the home municipality.

        None if the home is unknown, or no area's rules for it are known.
        """
        return home_standing(profile, self.store.situations.get(profile.id), self.today())


class State(TypedDict):
    """What the lifespan hands to every request."""

    services: Services
