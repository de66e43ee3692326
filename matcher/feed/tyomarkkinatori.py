"""Työmarkkinatori's vacancies (KIPA P67, version 2): all of them once, then what changes.

The interface has no paging and no marker, only filters by time. A first fetch asks for
everything that is published; later ones ask for what was modified since the last fetch and
then for what was archived. How far one has come is kept only after both are stored, so a
fetch that breaks off anywhere is made good by the next one.

Times of the interface carry no zone, and which one is meant is not told. All windows are in
UTC and follow each other without a gap, so nothing is left out whichever it is: were Finnish
time meant, changes would come two or three hours late.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Final

import orjson

from matcher.domain.offer import OfferKind
from matcher.errors import InputError
from matcher.feed.endpoint import Caller, Filters
from matcher.ingest.importer import Missing, import_files
from matcher.ingest.report import ImportReport
from matcher.ingest.rows import ImportKind
from matcher.ingest.streams import lines_of
from matcher.ingest.tyomarkkinatori import SOURCE
from matcher.store.feeds import Cursor
from matcher.store.store import Store

FORMAT: Final = "tyomarkkinatori-v2"
#: Clocks differ, and what was written a moment ago may not be readable yet.
OVERLAP: Final = timedelta(minutes=10)
#: A fetch on another machine that has been silent for longer has died.
STALE_AFTER: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch brought.

    Parameters
    ----------
    since, to
        The window: what changed from the one moment up to the other; since is None for a
        snapshot of everything.
    passes
        What was stored in each call that brought something, by its name: snapshot, modified,
        archived.
    open
        How many vacancies of this source are open now.
    """

    since: datetime | None
    to: datetime
    passes: dict[str, ImportReport]
    open: int


class Fetch:
    """Fetches Työmarkkinatori's vacancies into a store.

    Parameters
    ----------
    store
        Where the vacancies and the cursor are kept.
    caller
        Calls the interface.
    regions
        Codes of the regions whose vacancies are wanted; empty means all.
    folder
        Where the answers lie while they are read.
    """

    def __init__(
        self, store: Store, caller: Caller, *, regions: tuple[str, ...], folder: Path
    ) -> None:
        self._store = store
        self._caller = caller
        self._filters: Filters = {"regionIn": sorted(regions)} if regions else {}
        self._folder = folder

    def changes(self, now: datetime) -> FetchReport:
        """Fetch what has changed since the last fetch, or everything if there was none.

        So also if the last one lies in the future: a clock was wrong, and what changed between
        then and now has been asked for by nobody.

        Parameters
        ----------
        now
            Moment of the fetch, with a zone.

        Raises
        ------
        FeedError
            If the interface refuses or does not answer whole: what was stored stays, and
            the next fetch asks for the same window again.
        StoreError
            If another fetch is running.
        InputError
            As `snapshot`.
        """
        cursor = self._store.feeds.get(SOURCE)
        if cursor is None or cursor.filters != self._filters or now <= cursor.fetched_to - OVERLAP:
            return self.snapshot(now, Missing.CLOSE)
        window = {"from": _naive(cursor.fetched_to - OVERLAP), "to": _naive(now)}
        with self._answers(now) as folder:
            modified = self._ask({"modified": window}, folder / f"modified-{_stamp(now)}.jsonl")
            passes = self._store_file("modified", modified, now, Missing.KEEP)
            archived = self._ask(
                {"onlyStatus": "ARCHIVED", "archived": window},
                folder / f"archived-{_stamp(now)}.jsonl",
            )
            if archived:
                _mark_archived(archived, window["to"])
            passes |= self._store_file("archived", archived, now, Missing.KEEP)
            self._store.feeds.advance(SOURCE, Cursor(self._filters, now, cursor.snapshot_at))
        return self._report(cursor.fetched_to, now, passes)

    def snapshot(self, now: datetime, missing: Missing) -> FetchReport:
        """Fetch everything that is published, and close what no longer is.

        Parameters
        ----------
        now
            Moment of the fetch, with a zone.
        missing
            What to do with vacancies that are no longer published.

        Raises
        ------
        FeedError, StoreError
            As `changes`.
        InputError
            If the answer lacks more than half of what is stored, or holds nothing: then
            nothing is closed, and the cursor stays.
        """
        with self._answers(now) as folder:
            published = self._ask({"onlyStatus": "PUBLISHED"}, folder / "published.jsonl")
            if not published:
                raise InputError(
                    "The interface says that nothing at all is published; nothing was closed.",
                    remedy="Check MATCHER_TMT_REGIONS, and fetch again later.",
                    where=SOURCE,
                )
            passes = self._store_file("snapshot", published, now, missing)
            self._store.feeds.begin(SOURCE, Cursor(self._filters, now, now))
        return self._report(None, now, passes)

    def _ask(self, filters: Filters, to: Path) -> Path | None:
        """Return the file of an answer, None for an answer without lines."""
        return to if self._caller.download({**self._filters, **filters}, to) else None

    def _store_file(
        self, name: str, path: Path | None, now: datetime, missing: Missing
    ) -> dict[str, ImportReport]:
        if path is None:
            return {}
        ads = ImportKind.ADS
        report = import_files(self._store, ads, [path], now=now, format=FORMAT, missing=missing)
        return {name: report}

    @contextmanager
    def _answers(self, now: datetime) -> Iterator[Path]:
        """Lend a folder to one fetch at a time.

        It is emptied before and after: what has been taken down must not stay anywhere.
        """
        holder = f"fetch {secrets.token_hex(4)}"
        lock, folder = f"fetch {SOURCE}", self._folder / SOURCE
        self._store.runs.acquire(lock, holder, now, STALE_AFTER)
        try:
            rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            yield folder
        finally:
            rmtree(folder, ignore_errors=True)
            self._store.runs.release(lock, holder)

    def _report(
        self, since: datetime | None, to: datetime, passes: dict[str, ImportReport]
    ) -> FetchReport:
        count = len(self._store.offers(OfferKind.VACANCY).ids(SOURCE))
        return FetchReport(since, to, passes, count)


def _mark_archived(path: Path, at: str) -> None:
    """Make every advertisement of the archived ones say so, whatever its own fields say."""
    marked = path.with_suffix(".marked")
    with marked.open("wb") as stream:
        for _, line in lines_of(path):
            stream.write(_marked(line or b"", at))
    marked.replace(path)


def _marked(line: bytes, at: str) -> bytes:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return line
    metadata = row.get("metadata")
    if isinstance(metadata, dict) and not metadata.get("archived"):
        metadata["archived"] = at
    return orjson.dumps(row) + b"\n"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S}"


def _naive(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
