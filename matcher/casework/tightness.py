"""Unemployed people for each open vacancy, by occupation, from public statistics."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from matcher.errors import InputError

#: Where the statistics lie below the folder of real data.
FILE: Final = Path("labour_market_fi") / "vacancies_unemployed_by_occupation_monthly.tsv.gz"
_COLUMNS: Final = (
    "ammattiryhma_code",
    "time",
    "ammattiryhma_codetaso",
    # Not those that begin with kokomaa_: they repeat the sum over all occupations.
    "TYOTTOMATLOPUSSA",
    "AVPAIKATLOPUSSA",
)


@dataclass(frozen=True, slots=True)
class Tightness:
    """One occupation group at the end of a month.

    Parameters
    ----------
    code
        Of the classification of occupations 2010 (ISCO-08).
    unemployed, vacancies
        In the whole country.
    """

    code: str
    unemployed: int
    vacancies: int

    @property
    def per_vacancy(self) -> float | None:
        """Unemployed people for each vacancy; None if there is no vacancy."""
        return self.unemployed / self.vacancies if self.vacancies else None


def tightness(file: Path, month: date, level: int) -> list[Tightness]:
    """Read the occupations of one level at the end of a month, most crowded first.

    Parameters
    ----------
    file
        The statistics, as in `FILE` below the folder of real data.
    month
        Any day of it.
    level
        1 to 4: length of the codes.

    Returns
    -------
    list of Tightness
        Empty if the statistics do not reach that month.

    Raises
    ------
    InputError
        If the file cannot be read as these statistics.
    """
    wanted = f"{month:%Y-%m}-01"
    return _crowded_first(one for time, one in _read(file, level) if time == wanted)


def latest_tightness(file: Path, month: date, level: int) -> tuple[date | None, list[Tightness]]:
    """Read the occupations of one level at the end of the newest month up to a month.

    Parameters
    ----------
    file, month, level
        As for `tightness`.

    Returns
    -------
    first day of the month, list of Tightness
        None and an empty list if the statistics begin later.

    Raises
    ------
    InputError
        If the file cannot be read as these statistics.
    """
    by_time: dict[str, list[Tightness]] = {}
    for time, one in _read(file, level):
        by_time.setdefault(time, []).append(one)
    newest = max((time for time in by_time if time <= f"{month:%Y-%m}-01"), default=None)
    if newest is None:
        return None, []
    return date.fromisoformat(newest), _crowded_first(by_time[newest])


def _read(file: Path, level: int) -> Iterator[tuple[str, Tightness]]:
    """Yield month and figures of the occupations of one level."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t")
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"Column {missing[0]!r} is missing.",
                remedy="Fetch the statistics again, or take the file away.",
                where=str(file),
            )
        code, time, depth, unemployed, vacancies = _COLUMNS
        for row in reader:
            if row[depth] == str(level):
                yield (
                    row[time],
                    Tightness(row[code], _count(row[unemployed]), _count(row[vacancies])),
                )


def _crowded_first(found: Iterable[Tightness]) -> list[Tightness]:
    return sorted(found, key=lambda one: (-(one.per_vacancy or float("inf")), one.code))


def _count(cell: str) -> int:
    # Statistics write counts with a decimal, and nothing where there is none.
    return int(float(cell)) if cell and cell != "NA" else 0
