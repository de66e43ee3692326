"""What a running process searches: the published snapshot and the changes since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock

from matcher.domain.calendar import finnish_day
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import LexicalModel
from matcher.encode.records import RecordEncoder
from matcher.errors import NotReadyError
from matcher.index.corpus import Corpus
from matcher.index.manifest import verify_files
from matcher.index.publication import current
from matcher.index.snapshot import open_snapshot
from matcher.index.verified import Verify
from matcher.store.records import Changes
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """One whole state of what is searched, which never changes.

    Parameters
    ----------
    snapshot
        Name of the snapshot.
    lexical
        Weights of n-grams of the snapshot.
    corpora
        The records of every kind.
    revision
        Number of the store's last change that they show.
    """

    snapshot: str
    lexical: LexicalModel
    corpora: Mapping[RecordKind, Corpus]
    revision: int

    def corpus(self, kind: RecordKind) -> Corpus:
        """Return the records of a kind."""
        return self.corpora[kind]


class Live:
    """The corpora as they are now; safe to share between threads.

    Readers take one view and keep it for as long as they work: `refresh` replaces views
    and never changes them. Who asks twice may be answered from two snapshots. If a refresh
    fails, the view before it stays.

    Parameters
    ----------
    root
        Folder of the snapshots.
    store
        Where changes come from.
    records
        Encodes changed records, and must fit the snapshot.
    clock
        Tells the time.
    pinned
        Name of a snapshot to keep to, published or not; None follows what is published.
    verify
        Compares the files of a snapshot with its manifest.

    Raises
    ------
    NotReadyError
        If no snapshot was ever published.
    SnapshotError
        If the published one is damaged or does not fit the encoder.
    """

    def __init__(
        self,
        root: Path,
        store: Store,
        records: RecordEncoder,
        clock: Callable[[], datetime],
        pinned: str | None = None,
        *,
        verify: Verify = verify_files,
    ) -> None:
        self._root = root
        self._store = store
        self._records = records
        self._clock = clock
        self._pinned = pinned
        self._verify = verify
        self._lock = Lock()
        self._state = self._with_changes(self._open(self._published()))

    def view(self) -> View:
        """Return everything as of the last refresh: what one answer is made from."""
        return self._state

    @property
    def snapshot(self) -> str:
        """Name of the snapshot in use."""
        return self._state.snapshot

    @property
    def revision(self) -> int:
        """Number of the store's last change that the corpora show."""
        return self._state.revision

    @property
    def lexical(self) -> LexicalModel:
        """Weights of n-grams of the snapshot in use."""
        return self._state.lexical

    def corpus(self, kind: RecordKind) -> Corpus:
        """Return the records of a kind as of the last refresh."""
        return self._state.corpora[kind]

    def refresh(self) -> None:
        """Take in a newly published snapshot, and what changed in the store since.

        When nothing changed this costs reading one small file and one number.

        Raises
        ------
        NotReadyError, SnapshotError
            As the class; the state before stays in use.
        """
        with self._lock:
            name, state = self._published(), self._state
            if name != state.snapshot:
                state = self._open(name)
            self._state = self._with_changes(state)

    def take_changes(self) -> None:
        """Take in what changed in the store since, and keep to the snapshot in use."""
        with self._lock:
            self._state = self._with_changes(self._state)

    def _published(self) -> str:
        name = self._pinned or current(self._root)
        if name is None:
            raise NotReadyError(
                f"No index snapshot is published in {self._root}.",
                remedy="Run `matcher nightly` first.",
            )
        return name

    def _open(self, name: str) -> View:
        snapshot = open_snapshot(self._root, name, self._records.encoder, self._verify)
        corpora = {
            kind: Corpus.of_segment(kind, snapshot.segment(kind), snapshot.lexical)
            for kind in RecordKind
        }
        return View(name, snapshot.lexical, corpora, snapshot.manifest.store_revision)

    def _with_changes(self, state: View) -> View:
        # Read before the changes: what comes in between is read twice rather than never.
        revision = self._store.revision()
        if revision == state.revision:
            return state
        people = self._store.profiles.changed_since(state.revision, self._today())
        if not people.is_complete:
            # Who was erased since is forgotten, and in none of the folders any more.
            state = self._open(self._published())
            people = self._store.profiles.changed_since(state.revision, self._today())
        corpora = {
            kind: _changed(state.corpora[kind], *self._changes(kind, state.revision, people))
            for kind in RecordKind
        }
        return replace(state, corpora=corpora, revision=revision)

    def _today(self) -> date:
        return finnish_day(self._clock())

    def _changes(
        self, kind: RecordKind, revision: int, people: Changes[Profile]
    ) -> tuple[EncodedBatch, list[str]]:
        if kind is RecordKind.PROFILE:
            return self._records.encode_profiles(people.upserted), people.removed
        offers = self._store.offers(OfferKind(kind)).changed_since(revision, self._today())
        return self._records.encode_offers(offers.upserted), offers.removed


def _changed(corpus: Corpus, upserted: EncodedBatch, removed: list[str]) -> Corpus:
    if not len(upserted) and not removed:
        return corpus
    return corpus.changed(upserted, removed)
