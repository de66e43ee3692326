"""The report of a night, as JSON and as a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from matcher.casework.months import MonthTotals
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import OfferKind
from matcher.errors import StoreError
from matcher.match.ranker import PRIOR
from matcher.nightly.advising import TrainUpTotals
from matcher.nightly.fairness import Groups
from matcher.nightly.gates import GateFigure
from matcher.nightly.journal import KIND, NightState
from matcher.nightly.lists import ListTotals
from matcher.nightly.spread import Spread
from matcher.rights.retention import Kept
from matcher.store.versions import Moment

#: Nights of an earlier program did not note from which state lists are made.
NOT_NOTED: Final = Moment(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Closed:
    """How many offers of each kind were closed because their last day is over."""

    offers: Mapping[OfferKind, int]


@dataclass(frozen=True, slots=True)
class Built:
    """The new snapshot.

    Parameters
    ----------
    snapshot, previous
        Its name, and that of the published one; None if there was none that can be read.
    sizes, before
        Records by kind in the new one, and in the newest before it that can be read.
    wordless
        Records by kind that have no words and so are not in it.
    new_texts
        How many texts had to be encoded; the others were known.
    unreadable
        How many snapshots there are before it, if none of them can be read; else 0.
    ranker
        Revision of the weights that rank in this night.
    moment
        State of the store that lists and train-ups are made from to the night's end; of
        revision 0 if that was not noted yet.
    taken_over
        Records by kind that were not encoded anew: nothing of them has changed.
    """

    snapshot: str
    previous: str | None
    sizes: Mapping[RecordKind, int]
    before: Mapping[RecordKind, int]
    wordless: Mapping[RecordKind, int]
    new_texts: int
    unreadable: int = 0
    ranker: str = PRIOR.revision
    moment: Moment = NOT_NOTED
    taken_over: Mapping[RecordKind, int] = field(default_factory=dict)

    @property
    def coverage(self) -> int:
        """How many pairs of a training and a job there are."""
        jobs = self.sizes[RecordKind.VACANCY] + self.sizes[RecordKind.NEED]
        return self.sizes[RecordKind.TRAINING] * jobs


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gates before publishing measured."""

    figures: tuple[GateFigure, ...]

    @property
    def refused(self) -> tuple[GateFigure, ...]:
        """The figures that forbid publishing."""
        return tuple(figure for figure in self.figures if not figure.passed)


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed.

    Parameters
    ----------
    counts
        What was past its retention, by kind; kinds with a period of their own only.
    held
        Kinds that a legal hold kept.
    rewritten
        Snapshots out of which people were taken who had been erased.
    unreadable
        Snapshots that were removed since nobody could tell whether such people were in them.
    """

    counts: Mapping[Kept, int]
    held: tuple[Kept, ...]
    rewritten: tuple[str, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyTotals:
    """Of how many people the rules of areas were asked what is due."""

    people: int


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night did.

    Parameters
    ----------
    run_id, state
        Which night, and how it ended.
    on
        The day that the lists are for.
    started_at, finished_at
        UTC.
    closed, built, judged
        The steps up to the gates.
    lists, spread, train_ups, purged, groups
        The steps after publishing; None if it did not come to that.
    duties, months
        Duties that it asked for and figures of months that it counted, published or not; None in a
        rehearsal.
    """

    run_id: str
    state: NightState
    on: date
    started_at: datetime
    finished_at: datetime
    closed: Closed
    built: Built
    judged: Judged
    lists: ListTotals | None = None
    spread: Spread | None = None
    train_ups: TrainUpTotals | None = None
    purged: Purged | None = None
    groups: Groups | None = None
    duties: DutyTotals | None = None
    months: MonthTotals | None = None

    def document(self) -> dict[str, Any]:
        """Return the report as plain data."""
        document: dict[str, Any] = TypeAdapter(NightReport).dump_python(self, mode="json")
        return document


_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("matcher.nightly", "."),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def report_from(document: Mapping[str, Any]) -> NightReport | None:
    """Return the report that a document tells; None if an older version wrote it otherwise."""
    try:
        return TypeAdapter(NightReport).validate_python(document)
    except ValidationError:
        return None


def write_report(folder: Path, report: NightReport) -> Path:
    """Write a report as JSON and as a page; return the path of the page.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    page = folder / f"{report.run_id}.html"
    texts = {
        folder / f"{report.run_id}.json": json.dumps(report.document(), indent=1) + "\n",
        page: render(report),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            temporary = path.with_suffix(".part")
            temporary.write_text(text, "utf-8")
            temporary.replace(path)
    except OSError as error:
        raise StoreError(
            f"The report {page} cannot be written: {error.strerror}.",
            remedy="Check the rights of the folder and the free space of its disk.",
        ) from error
    return page


def render(report: NightReport) -> str:
    """Return a report as an HTML page that needs nothing else."""
    template = _ENVIRONMENT.get_template("report.html")
    return template.render(report=report, kinds=list(RecordKind), offer_kinds=list(OfferKind))


def remove_reports(folder: Path, before: datetime) -> int:
    """Remove the reports of nights that began before a moment; return how many.

    Their age is read from their names, since a copied folder has new file times.
    """
    old = [path for path in folder.glob(f"{KIND}-*.json") if _began(path) < before]
    for path in old:
        path.with_suffix(".html").unlink(missing_ok=True)
        path.unlink()
    return len(old)


def _began(path: Path) -> datetime:
    return datetime.strptime(path.stem.split("-")[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
