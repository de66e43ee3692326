"""The indicators of a month as a table for programs and a page for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from matcher.casework.client_month import UNKNOWN
from matcher.casework.indicators import ALL, GroupRow, Indicator
from matcher.casework.tightness import Tightness
from matcher.domain.codes import municipalities
from matcher.domain.sheets import inert
from matcher.domain.text import Lang
from matcher.i18n.message import Message, msg, msg_in
from matcher.i18n.words import Words

#: Stands in a table for a figure that would tell of a small group.
HIDDEN: Final = "…"
#: What each is called.
NAMES: Final[dict[Indicator, Message]] = {
    Indicator.CLIENTS: msg("Clients"),
    Indicator.NEW_CLIENTS: msg("New clients"),
    Indicator.FOUND_WORK: msg("Found work"),
    Indicator.STARTED_TRAINING: msg("Began a training"),
    Indicator.COST_EUR: msg("Cost of trainings and services, €"),
    Indicator.COST_PER_CLIENT_EUR: msg("Cost for each client, €"),
    Indicator.COST_UNKNOWN: msg("Clients with a service of unknown cost"),
    Indicator.WORK_ABILITY: msg("Work ability, 0–10"),
    Indicator.WELLBEING: msg("Well-being, 0–100"),
    Indicator.READINESS: msg("Readiness for work, 0–10"),
    Indicator.WAIT_DAYS: msg("Days of waiting for the first meeting"),
    Indicator.ON_TIME_SHARE: msg("Discussions held on time"),
}
#: What the tables are called.
DIMENSION_TITLES: Final[dict[str, Message]] = {
    "municipality": msg("By municipality"),
    "age": msg("By age"),
    "language": msg("By language"),
    "duration": msg("By length of the job search"),
}
_GROUPS: Final[dict[str, Message]] = {
    ALL: msg("Everybody"),
    UNKNOWN: msg("not known"),
    "fi": msg("Finnish"),
    "sv": msg("Swedish"),
    "other": msg_in("language", "Another language"),
    "under 25": msg("under 25"),
    "50 and over": msg("50 and over"),
    "under 3 months": msg("under 3 months"),
    "3–11 months": msg("3–11 months"),
    "12–23 months": msg("12–23 months"),
    "24 months and over": msg("24 months and over"),
}
#: Groups of municipalities have their Finnish names.
_TOWNS: Final = {one.name.fi: one.name for one in municipalities().values()}
_TITLE: Final = msg("Employment services, {month}")
_NOTE: Final = msg(
    "Groups of fewer than five are hidden ({sign}), and others with them where one could subtract."
)
_TIGHT: Final = msg("Unemployed people for each open vacancy in Finland, by occupation group")
#: Drawn as bars: how many clients, and how many of them found work.
_CHARTS: Final = (Indicator.CLIENTS, Indicator.FOUND_WORK, Indicator.ON_TIME_SHARE)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its name, its value in words, and its length in per cent."""

    name: str
    value: str
    length: float


def as_json(rows: Sequence[GroupRow]) -> list[dict[str, Any]]:
    """Return the table as JSON values: null is unknown or hidden, and `hidden` names which."""
    return [
        {
            "dimension": row.dimension,
            "group": row.group,
            **{name.value: figure.value for name, figure in row.figures.items()},
            "hidden": [name.value for name, figure in row.figures.items() if figure.hidden],
        }
        for row in rows
    ]


def as_csv(rows: Sequence[GroupRow]) -> str:
    """Return the table as CSV; hidden figures are written as `HIDDEN`, unknown ones empty."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["dimension", "group", *Indicator])
    for row in rows:
        cells = [
            HIDDEN if figure.hidden else "" if figure.value is None else round(figure.value, 3)
            for figure in row.figures.values()
        ]
        writer.writerow([inert(row.dimension), inert(row.group), *cells])
    return stream.getvalue()


def as_html(rows: Sequence[GroupRow], crowded: Sequence[Tightness], month: date, lang: Lang) -> str:
    """Return a page with charts and the tables that they show.

    Parameters
    ----------
    rows
        The table of a month.
    crowded
        Occupations of the month; empty if there are no statistics of it.
    month
        A day of it.
    lang
        Language of the page.
    """
    words = Words.of(lang)
    templates = Environment(
        loader=PackageLoader("matcher.casework", "."), autoescape=True, undefined=StrictUndefined
    )
    tables = []
    for dimension, title in DIMENSION_TITLES.items():
        of_dimension = [row for row in rows if row.dimension in {ALL, dimension}]
        charts = [(words(NAMES[name]), _bars(of_dimension[1:], name, words)) for name in _CHARTS]
        lines = [
            (group_name(row.group, words), [cell(row, name, words) for name in Indicator])
            for row in of_dimension
        ]
        tables.append((words(title), charts, lines))
    return templates.get_template("indicators.html").render(
        lang=lang.value,
        title=words(_TITLE, month=f"{month:%Y-%m}"),
        note=words(_NOTE, sign=HIDDEN),
        columns=[words(NAMES[name]) for name in Indicator],
        tables=tables,
        tight_title=words(_TIGHT),
        tight=_tight_bars(crowded, words),
    )


def group_name(name: str, words: Words) -> str:
    """Return what a group is called."""
    if name in _GROUPS:
        return words(_GROUPS[name])
    return _TOWNS[name].best(Lang(words.tongue)) if name in _TOWNS else name


def cell(row: GroupRow, name: Indicator, words: Words) -> str:
    """Return a figure as it stands in a table."""
    figure = row.figures[name]
    if figure.value is None:
        return HIDDEN if figure.hidden else "–"
    if name is Indicator.ON_TIME_SHARE:
        return words.percent(figure.value)
    return words.number(round(figure.value, 1))


def _bars(rows: Sequence[GroupRow], name: Indicator, words: Words) -> list[Bar]:
    longest = max((row.figures[name].value or 0 for row in rows), default=0) or 1
    return [
        Bar(
            group_name(row.group, words),
            cell(row, name, words),
            100 * (row.figures[name].value or 0) / longest,
        )
        for row in rows
    ]


def _tight_bars(crowded: Sequence[Tightness], words: Words) -> list[Bar]:
    known = [(one, one.per_vacancy) for one in crowded if one.per_vacancy is not None]
    longest = max((ratio for _, ratio in known), default=0.0) or 1
    return [
        Bar(one.code, words.number(round(ratio, 1)), 100 * ratio / longest) for one, ratio in known
    ]
