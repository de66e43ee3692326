"""A transfer of a whole area: ``python -m benchmarks.transfer [CLIENTS…]``.

Grows clients of the municipalities of Pirkanmaa with situations, tasks, appointments and
services, and tells how long planning, carrying out and proving take.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Final

import typer

from matcher.casework.transfer import balance, carry_out, make_plan
from matcher.domain.casework.item import CaseItem, Channel, Responsible
from matcher.domain.casework.meetings import Meeting, MeetingKind, Task
from matcher.domain.casework.placements import Assignment, Enrolment
from matcher.domain.codes import municipalities
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.situation import Period, Registration, Situation
from matcher.pathways.area import Area
from matcher.pathways.load import area_named
from matcher.pathways.transfer import CoachPlace, Timetable
from matcher.store.casefiles import NewEntry
from matcher.store.store import Store

#: Clients of the areas that the experiments transferred.
SIZES: Final = (5_200, 14_300, 30_000)
FIRST: Final = date(2021, 3, 1)
NOW: Final = datetime(2021, 2, 1, tzinfo=UTC)
#: In so many stages, four weeks apart.
_STAGES: Final = 4
_CLIENTS_A_COACH: Final = 170
_BATCH: Final = 2_000
_ITEMS: Final[tuple[CaseItem, ...]] = (
    Assignment(coach="TE-toimisto", start=date(2020, 1, 1)),
    Task(text="Päivitä ansioluettelo", responsible=Responsible.CLIENT, due=date(2021, 4, 1)),
    Meeting(
        begins=datetime(2021, 5, 1, 9, tzinfo=UTC),
        kind=MeetingKind.DISCUSSION,
        channel=Channel.PHONE,
    ),
    Enrolment(kind=OfferKind.SERVICE, title="Työhönvalmennus", start=date(2021, 1, 1)),
)
_SEEKING: Final = Situation(
    registrations=(Registration(Period(date(2020, 6, 1))),),
    services=(),
    supported_work=(),
    earnings_related_right=False,
    integration=(),
    immigrant=False,
    first_language="fi",
)


def main(
    clients: Annotated[list[int] | None, typer.Argument(help="How many; three sizes.")] = None,
) -> None:
    """Transfer the clients of an area, and prove that nothing got lost."""
    for size in clients or SIZES:
        typer.echo(f"{size:,} clients: {measured(size)}")


def measured(size: int) -> str:
    """Return the seconds of each step, and the balance, of a transfer of so many clients."""
    area = area_named("pirkanmaa-2021")
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder, 's')}") as store:
        grow(store, area, size)
        begun = perf_counter()
        timetable = Timetable(FIRST, 28, -(-size // _STAGES))
        plan = make_plan(store, area, timetable, _coaches(area, size), NOW)
        planned = perf_counter()
        carry_out(store, plan.id, date(2022, 1, 1), NOW)
        done = perf_counter()
        found = balance(store, plan.id)
        proved = perf_counter()
    even = "even" if found.is_even else "NOT even"
    return (
        f"plan {planned - begun:.1f} s, run {done - planned:.1f} s, verify {proved - done:.1f} s; "
        f"{found.moved:,} moved with {found.kept:,} things, balance {even}"
    )


def grow(store: Store, area: Area, size: int) -> None:
    """Fill a store with so many clients of an area."""
    rng = Random(7)
    ids = [f"c{n:06}" for n in range(size)]
    for start in range(0, size, _BATCH):
        part = ids[start : start + _BATCH]
        store.profiles.upsert([_client(id, area.municipalities, rng) for id in part], NOW)
        store.situations.put_many(dict.fromkeys(part, _SEEKING), NOW)
        store.cases.add_many([NewEntry(id, item) for id in part for item in _ITEMS], "te", NOW)


def _client(id: str, homes: Sequence[str], rng: Random) -> Profile:
    born = date(rng.randint(1960, 2002), rng.randint(1, 12), 1)
    return Profile(id=id, municipality=rng.choice(homes), birth_date=born)


def _coaches(area: Area, size: int) -> list[CoachPlace]:
    each = -(-size // (_CLIENTS_A_COACH * len(area.municipalities)))
    return [
        CoachPlace(f"{municipalities()[code].name.fi} {n}", "", municipalities()[code].name.fi, 170)
        for code in area.municipalities
        for n in range(each)
    ]


if __name__ == "__main__":
    typer.run(main)
