"""Monthly indicators (R28): employment, cost, readiness, wellbeing and service level.

Small groups are hidden, also from those who subtract
(`matcher.metrics.suppression.hidden_groups`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import Final

from matcher.casework.client_month import ORDER, UNKNOWN, ClientMonth, Month, client_month
from matcher.domain.casework.item import CaseItem
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.metrics.suppression import hidden_groups
from matcher.store.store import Store

#: Name of the row that holds everybody.
ALL: Final = "all"
DIMENSIONS: Final = ("municipality", "age", "language", "duration")
_PAGE: Final = 500


class Indicator(StrEnum):
    """What is told of a group, in the order of the table."""

    CLIENTS = "clients"
    NEW_CLIENTS = "new_clients"
    FOUND_WORK = "found_work"
    STARTED_TRAINING = "started_training"
    COST_EUR = "cost_eur"
    COST_PER_CLIENT_EUR = "cost_per_client_eur"
    COST_UNKNOWN = "cost_unknown"
    WORK_ABILITY = "work_ability"
    WELLBEING = "wellbeing"
    READINESS = "readiness"
    WAIT_DAYS = "wait_days"
    ON_TIME_SHARE = "on_time_share"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the table.

    Parameters
    ----------
    value
        None if nobody has told, or if it is hidden.
    hidden
        Whether it is hidden to protect a small group.
    """

    value: float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The figures of one group: ``all`` of dimension ``all``, or as in ``age``, ``25–29``."""

    dimension: str
    group: str
    figures: Mapping[Indicator, Figure]


#: Counts of a part of a group's clients.
_PARTS: Final[dict[Indicator, Callable[[ClientMonth], bool]]] = {
    Indicator.NEW_CLIENTS: lambda one: one.is_new,
    Indicator.FOUND_WORK: lambda one: one.found_work,
    Indicator.STARTED_TRAINING: lambda one: one.started_training,
    Indicator.COST_UNKNOWN: lambda one: one.has_unknown_cost,
}
#: Means over the clients of whom something is known.
_MEANS: Final[dict[Indicator, Callable[[ClientMonth], float | None]]] = {
    Indicator.WORK_ABILITY: lambda one: one.work_ability,
    Indicator.WELLBEING: lambda one: one.wellbeing,
    Indicator.READINESS: lambda one: one.readiness,
    Indicator.WAIT_DAYS: lambda one: one.wait_days,
    Indicator.ON_TIME_SHARE: lambda one: one.on_time,
}


def indicators(clients: Sequence[ClientMonth]) -> list[GroupRow]:
    """Return the table of a month: everybody first, then each dimension by group.

    Parameters
    ----------
    clients
        Everybody who was a client in the month.
    """
    rows = _table(ALL, {ALL: list(clients)})
    for dimension in DIMENSIONS:
        groups: dict[str, list[ClientMonth]] = {}
        for one in clients:
            groups.setdefault(one.groups[dimension], []).append(one)
        rows += _table(dimension, {name: groups[name] for name in sorted(groups, key=_place)})
    return rows


def clients_of(
    store: Store, month: Month, municipalities: Sequence[str] | None
) -> Iterator[ClientMonth]:
    """Yield everybody who was a client in a month.

    Parameters
    ----------
    store
        Profiles, situations and case files.
    month
        Which month.
    municipalities
        Only people who live there; None means all.
    """
    for page in client_months(store, (month,), municipalities):
        yield from (found[month] for _, found in page if month in found)


def client_months(
    store: Store, months: Sequence[Month], municipalities: Sequence[str] | None
) -> Iterator[list[tuple[str | None, dict[Month, ClientMonth]]]]:
    """Yield everybody page by page: the home municipality, and the client's months.

    Parameters
    ----------
    store, municipalities
        As in `clients_of`.
    months
        Which months; those in which somebody was no client are absent.
    """
    after = ""
    while page := store.profiles.page(after=after, limit=_PAGE, municipalities=municipalities):
        ids = [profile.id for profile in page]
        situations, items = store.situations.get_many(ids), store.cases.items_of(ids)
        yield [
            (
                profile.municipality,
                _months_of(
                    profile,
                    situations.get(profile.id, Situation()),
                    items.get(profile.id, ()),
                    months,
                ),
            )
            for profile in page
        ]
        after = ids[-1]


def _months_of(
    profile: Profile, situation: Situation, items: Sequence[CaseItem], months: Sequence[Month]
) -> dict[Month, ClientMonth]:
    found = {month: client_month(profile, situation, items, month) for month in months}
    return {month: one for month, one in found.items() if one is not None}


def _table(dimension: str, groups: Mapping[str, Sequence[ClientMonth]]) -> list[GroupRow]:
    """Return the rows of one dimension, each column with its own groups hidden."""
    sizes = {name: len(some) for name, some in groups.items()}
    small = hidden_groups(sizes)
    columns: dict[Indicator, dict[str, Figure]] = {
        Indicator.CLIENTS: {name: _figure(n, name in small) for name, n in sizes.items()}
    }
    for part, belongs in _PARTS.items():
        counts = {name: sum(map(belongs, some)) for name, some in groups.items()}
        hidden = hidden_groups(counts, sizes) | small
        columns[part] = {name: _figure(n, name in hidden) for name, n in counts.items()}
    for mean, value in _MEANS.items():
        columns[mean] = _means(groups, value, small)
    for name, some in groups.items():
        cost, hide = sum(one.cost_eur for one in some), name in small
        columns.setdefault(Indicator.COST_EUR, {})[name] = _figure(cost, hide)
        each = _figure(cost / len(some), hide) if some else Figure(None)
        columns.setdefault(Indicator.COST_PER_CLIENT_EUR, {})[name] = each
    return [
        GroupRow(dimension, name, {column: columns[column][name] for column in Indicator})
        for name in groups
    ]


def _means(
    groups: Mapping[str, Sequence[ClientMonth]],
    value: Callable[[ClientMonth], float | None],
    small: Iterable[str],
) -> dict[str, Figure]:
    known = {
        name: [float(told) for one in some if (told := value(one)) is not None]
        for name, some in groups.items()
    }
    answered = {name: len(values) for name, values in known.items() if values}
    hidden = hidden_groups(answered) | set(small)
    return {
        name: _figure(fmean(values), name in hidden) if values else Figure(None)
        for name, values in known.items()
    }


def _place(group: str) -> tuple[bool, int, str]:
    """Return where a group stands in its dimension: those not known are last."""
    return group == UNKNOWN, ORDER.index(group) if group in ORDER else 0, group


def _figure(value: float, hidden: bool) -> Figure:
    return Figure(None, hidden=True) if hidden else Figure(float(value))
