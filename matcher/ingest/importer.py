"""Importing files: rows to things, things to the store, the rest to quarantine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from matcher.domain.access import API_SOURCE
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.ingest.contacts import without_contacts
from matcher.ingest.files import SourceFile, open_file
from matcher.ingest.formats import Format, detect, find_format, rows_of
from matcher.ingest.ids import store_id, told_id
from matcher.ingest.problems import problem_of, quarantined
from matcher.ingest.report import ImportReport
from matcher.ingest.rows import Closed, Container, Document, ImportKind, Notes, Problem
from matcher.ingest.writer import Record, Writer, repository_of
from matcher.store.store import Store

BATCH = 1000
#: Told the number of rows read so far, and about how many there are where that is known.
Progress = Callable[[int, int | None], None]
_STEP = 100
_SOURCE = re.compile(r"[\w.-]+")
_NO_HOME = "home municipality unknown: only admins see the profile; --municipality gives one"
_ONE_ROW_A_LINE = (Container.JSONL, Container.CSV)


class Missing(StrEnum):
    """What to do with records that the source no longer has.

    ``KEEP`` them; ``CLOSE`` them, but refuse when that would be more than half of what the
    source had, or when rows could not be read at all, which usually means a broken file;
    ``CLOSE_ANY`` closes them all the same.
    """

    KEEP = "keep"
    CLOSE = "close"
    CLOSE_ANY = "close_any"


def import_files(
    store: Store,
    kind: ImportKind,
    paths: Sequence[Path],
    *,
    now: datetime,
    format: str | None = None,
    source: str | None = None,
    municipality: str | None = None,
    missing: Missing = Missing.KEEP,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files of profiles or offers.

    All files are looked at before the first row is stored. Importing a file again changes
    nothing that is the same in it, and replaces its rows in quarantine.

    Parameters
    ----------
    store, kind, paths
        Into what, of what, from where.
    now
        Moment of the import, with a zone.
    format
        Name of the format; None: told from the content of each file.
    source
        Whose records these are, which becomes the start of their ids; None: as the format
        says.
    municipality
        Code of the home of people whose home the files do not tell; None: it stays unknown.
    missing
        What to do with records of the same source that the files no longer have.
    progress
        Called now and then while files are read.

    Returns
    -------
    ImportReport

    Raises
    ------
    InputError
        If a file cannot be used at all, or closing what is missing is refused; what was
        read stays stored, and nothing is closed.
    """
    if source is not None and (not _SOURCE.fullmatch(source) or source == API_SOURCE):
        raise InputError(
            f"{source!r} is no name of a source.",
            remedy="Use letters, digits, dots, dashes and underscores; api is the service's own.",
            field="--source",
        )
    chosen = [_choose(open_file(path), kind, format) for path in paths]
    run = _Import(store, kind, now, source=source, municipality=municipality)
    tell = _teller(progress, [file for file, _ in chosen])
    for file, entry in chosen:
        run.read(file, entry, tell)
    if missing is not Missing.KEEP:
        run.close_missing(missing)
    return run.report({str(file.path): entry.name for file, entry in chosen})


class _Import:
    """One import under way."""

    def __init__(
        self,
        store: Store,
        kind: ImportKind,
        now: datetime,
        *,
        source: str | None,
        municipality: str | None,
    ) -> None:
        self._quarantine = store.quarantine
        self._repository = repository_of(store, kind)
        self._writer = Writer(store, kind, now)
        self._kind = kind
        self._source = source
        self._municipality = municipality
        self._now = now
        self._counts: Counter[str] = Counter()
        self._notes: Notes = Counter()
        #: Ids by source, as they were before this import.
        self._before: dict[str, set[str]] = {}
        self._present: set[str] = set()
        #: What rows that cannot be used call themselves: their records are not missing.
        self._told: set[str] = set()

    def read(self, file: SourceFile, entry: Format, tell: Callable[[int], None]) -> None:
        """Store the rows of a file; put those that cannot be used into quarantine."""
        self._quarantine.clear_file(_name(file), self._kind.value)
        problems: list[Problem] = []
        rows: dict[str, tuple[str, int]] = {}
        for item in rows_of(file, entry):
            self._counts["read"] += 1
            if isinstance(item, Problem):
                problem: Problem | None = item
                self._counts["unread"] += 1
            else:
                problem = self._take(item, entry, rows)
            if problem is not None:
                problems.append(problem)
            if len(self._writer) >= BATCH or len(problems) >= BATCH:
                self._flush(file, entry, problems)
                problems = []
            if self._counts["read"] % _STEP == 0:
                tell(self._counts["read"])
        self._flush(file, entry, problems)
        tell(self._counts["read"])

    def close_missing(self, missing: Missing) -> None:
        """Close what the sources that were read no longer have."""
        if not self._present:
            raise InputError(
                "There is no usable row, so nothing was closed.",
                remedy="Check the files; rows that could not be used are in quarantine.",
            )
        present = {
            source: self._present | {store_id(source, told) for told in self._told}
            for source in self._before
        }
        if missing is Missing.CLOSE:
            self._check_loss(present)
        for source, ids in present.items():
            self._counts["closed"] += self._repository.close_missing(source, ids, self._now)

    def _check_loss(self, present: Mapping[str, set[str]]) -> None:
        """Raise `InputError` if the files look as if a part of them were missing."""
        reasons = [
            f"The files lack {lost} of the {len(before)} records of source {source!r}"
            for source, before in self._before.items()
            if 2 * (lost := len(before - present[source])) > len(before)
        ]
        if self._counts["unread"]:
            # A torn file ends like this, and such a row does not say whose it is.
            reasons.append(f"Rows that could not be read at all: {self._counts['unread']}")
        if reasons:
            raise InputError(
                f"{'; '.join(reasons)}. Nothing was closed.",
                remedy="Check that the files are whole; to close what they lack all the same, "
                "add --accept-loss.",
            )

    def report(self, formats: dict[str, str]) -> ImportReport:
        """Return what was done."""
        counts = self._counts + self._writer.counts
        del counts["unread"]
        notes: Notes = Counter()
        for note, count in (self._notes + self._writer.notes).items():
            notes[without_contacts(note)] += count
        return ImportReport(
            kind=self._kind, formats=formats, notes=dict(notes.most_common()), **counts
        )

    def _take(
        self, row: Document, entry: Format, rows: dict[str, tuple[str, int]]
    ) -> Problem | None:
        try:
            thing = entry.parse(row.value, self._source, self._notes)
        except InputError as error:
            self._told.add(told_id(row.value))
            return problem_of(row, error)
        if thing.source not in self._before:
            self._before[thing.source] = set(self._repository.ids(thing.source))
        self._present.add(thing.id)
        if isinstance(thing, Closed):
            self._writer.close(thing.id)
            return None
        thing = self._at_home(thing)
        content = hash(thing)
        first, first_content = rows.setdefault(thing.id, (row.row, content))
        if first == row.row:
            self._writer.add(row, thing)
            return None
        # An id made from a part of the content may be two people's: neither is lost silently.
        if entry.repeats or (content == first_content and not told_id(row.value)):
            self._counts["repeated"] += 1
            return None
        return problem_of(row, _twice(thing, first, row.row))

    def _at_home(self, thing: Record) -> Record:
        """Return a profile with the home that the caller gave, where the source tells none."""
        if not isinstance(thing, Profile) or thing.municipality:
            return thing
        if self._municipality is None:
            self._notes[_NO_HOME] += 1
            return thing
        return replace(thing, municipality=self._municipality)

    def _flush(self, file: SourceFile, entry: Format, problems: list[Problem]) -> None:
        refused = [problem_of(row, error) for row, error in self._writer.flush()]
        self._counts["quarantined"] += len(problems) + len(refused)
        self._quarantine.add(
            [
                quarantined(
                    problem,
                    kind=self._kind,
                    format=entry.name,
                    source=self._source or "",
                    file=_name(file),
                    at=self._now,
                )
                for problem in [*problems, *refused]
            ]
        )


def _choose(file: SourceFile, kind: ImportKind, name: str | None) -> tuple[SourceFile, Format]:
    entry = detect(file, kind) if name is None else find_format(kind, name)
    if file.container not in entry.containers:
        raise InputError(
            f"The format {entry.name} does not come as a {file.container.value} file.",
            remedy="Leave out --format: it is told from the content.",
            where=str(file.path),
        )
    return file, entry


def _twice(thing: Record, first: str, again: str) -> InputError:
    return InputError(
        f"the id {thing.id!r} stands in {first} already and again in {again}",
        remedy="Give each record its own id; the first one was used.",
        field="id",
    )


def _name(file: SourceFile) -> str:
    return str(file.path.absolute())


def _teller(progress: Progress | None, files: Sequence[SourceFile]) -> Callable[[int], None]:
    lines = [file.lines if file.container in _ONE_ROW_A_LINE else None for file in files]
    known = [count for count in lines if count is not None]
    total = sum(known) if len(known) == len(lines) else None

    def tell(rows: int) -> None:
        if progress is not None:
            progress(rows, total)

    return tell
