"""The figures of a month as tables and charts for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from api.web.charts import Bar, bars
from api.web.small_groups import hidden_groups
from matcher.casework.indicator_report import DIMENSION_TITLES, NAMES, cell, group_name
from matcher.casework.indicators import ALL, GroupRow, Indicator
from matcher.casework.tightness import FILE, Tightness, latest_tightness
from matcher.i18n.message import Message, msg
from matcher.i18n.words import Words

#: Drawn of each dimension; what is a share is drawn as one of all.
_DRAWN: Final = (Indicator.CLIENTS, Indicator.FOUND_WORK, Indicator.ON_TIME_SHARE)
_SHARES: Final = frozenset({Indicator.ON_TIME_SHARE})
#: The ten major groups of the classification of occupations.
_LEVEL: Final = 1
#: References: International Standard Classification of Occupations ISCO-08; Tilastokeskus,
#: Ammattiluokitus 2010.
_OCCUPATIONS: Final[dict[str, Message]] = {
    "1": msg("Managers"),
    "2": msg("Professionals"),
    "3": msg("Technicians and associate professionals"),
    "4": msg("Clerical support workers"),
    "5": msg("Service and sales workers"),
    "6": msg("Skilled agricultural, forestry and fishery workers"),
    "7": msg("Craft and related trades workers"),
    "8": msg("Plant and machine operators, and assemblers"),
    "9": msg("Elementary occupations"),
    "0": msg("Armed forces occupations"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A dimension of the month: its charts, and all its figures.

    Parameters
    ----------
    title
        By what people are told apart.
    charts
        Name and bars of each.
    lines
        Group and figures, in the order of `columns`; only of groups that may be shown.
    hidden
        Sentence about the groups that are too small to be shown; empty if none is.
    """

    title: str
    charts: Sequence[tuple[str, Sequence[Bar]]]
    lines: Sequence[tuple[str, Sequence[str]]]
    hidden: str

    @property
    def is_drawn(self) -> bool:
        """Whether a chart has anything in it: small groups are hidden."""
        return any(bars for _, bars in self.charts)


@dataclass(frozen=True, slots=True)
class Everybody:
    """The figures of everybody.

    Parameters
    ----------
    shown
        Name and figure.
    hidden
        Names of the figures that would tell of a small group.
    unknown
        Names of the figures of which nothing is known.
    """

    shown: Sequence[tuple[str, str]]
    hidden: Sequence[str]
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True)
class Crowding:
    """How many unemployed people there are for each vacancy, by occupation, in a month."""

    month: date
    bars: Sequence[Bar]
    lines: Sequence[tuple[str, Sequence[str]]]


def columns(words: Words) -> list[str]:
    """Return what the figures are called."""
    return [words(NAMES[indicator]) for indicator in Indicator]


def everybody(rows: Sequence[GroupRow], words: Words) -> Everybody:
    """Return the figures of everybody, and the names of those that have none to show."""
    row = next(row for row in rows if row.dimension == ALL)
    missing = [(each, figure) for each, figure in row.figures.items() if figure.value is None]
    return Everybody(
        [
            (words(NAMES[each]), cell(row, each, words))
            for each, figure in row.figures.items()
            if figure.value is not None
        ],
        [words(NAMES[each]) for each, figure in missing if figure.hidden],
        [words(NAMES[each]) for each, figure in missing if not figure.hidden],
    )


def tables(rows: Sequence[GroupRow], words: Words) -> list[Table]:
    """Return the tables by dimension; one in which nobody is, is left out."""
    found = []
    for dimension, title in DIMENSION_TITLES.items():
        of_it = [row for row in rows if row.dimension == dimension]
        if of_it:
            charts = [(words(NAMES[each]), _bars(of_it, each, words)) for each in _DRAWN]
            shown = [row for row in of_it if _is_shown(row)]
            lines = [(group_name(row.group, words), _cells(row, words)) for row in shown]
            names = [group_name(row.group, words) for row in of_it if not _is_shown(row)]
            found.append(Table(words(title), charts, lines, hidden_groups(names, words)))
    return found


def crowding(data: Path, month: date, words: Words) -> Crowding | None:
    """Return the newest statistics up to a month; None where there are none at hand."""
    file = data / FILE
    if not file.exists():
        return None
    newest, found = _statistics(file, month)
    known = [one for one in found if one.code in _OCCUPATIONS and one.per_vacancy is not None]
    if newest is None or not known:
        return None
    written = [
        (words(_OCCUPATIONS[one.code]), one.per_vacancy, _ratio(one, words)) for one in known
    ]
    lines = [
        (
            words(_OCCUPATIONS[one.code]),
            [words.number(one.unemployed), words.number(one.vacancies), _ratio(one, words)],
        )
        for one in known
    ]
    return Crowding(newest, bars(written), lines)


@lru_cache(maxsize=24)
def _statistics(file: Path, month: date) -> tuple[date | None, tuple[Tightness, ...]]:
    # They are published once a month; to read them takes long.
    newest, found = latest_tightness(file, month, _LEVEL)
    return newest, tuple(found)


def _is_shown(row: GroupRow) -> bool:
    return any(figure.value is not None for figure in row.figures.values())


def _cells(row: GroupRow, words: Words) -> list[str]:
    return [cell(row, indicator, words) for indicator in Indicator]


def _bars(rows: Sequence[GroupRow], indicator: Indicator, words: Words) -> list[Bar]:
    values = [
        (
            group_name(row.group, words),
            row.figures[indicator].value,
            cell(row, indicator, words),
        )
        for row in rows
    ]
    return bars(values, most=1.0 if indicator in _SHARES else None)


def _ratio(one: Tightness, words: Words) -> str:
    return words.number(round(one.per_vacancy or 0.0, 1))
