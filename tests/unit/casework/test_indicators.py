from __future__ import annotations

from dataclasses import replace
from typing import Any

from matcher.casework.client_month import ClientMonth
from matcher.casework.indicators import ALL, Figure, GroupRow, Indicator, indicators

HIDDEN = Figure(None, hidden=True)
ONE = ClientMonth(
    groups={"municipality": "Oulu", "age": "25–29", "language": "fi", "duration": "3–11 months"},
    is_new=False,
    found_work=False,
    started_training=False,
    cost_eur=0.0,
    has_unknown_cost=False,
    work_ability=None,
    wellbeing=None,
    readiness=None,
    wait_days=None,
    on_time=None,
)


def some(n: int, home: str = "Oulu", **changes: Any) -> list[ClientMonth]:
    return [replace(ONE, groups={**ONE.groups, "municipality": home}, **changes)] * n


def row(rows: list[GroupRow], group: str, dimension: str = "municipality") -> GroupRow:
    return next(one for one in rows if (one.dimension, one.group) == (dimension, group))


def test_everybody_comes_first_and_each_dimension_adds_up() -> None:
    rows = indicators([*some(6), *some(9, "Ii")])
    assert (rows[0].dimension, rows[0].figures[Indicator.CLIENTS]) == (ALL, Figure(15.0))
    assert row(rows, "Oulu").figures[Indicator.CLIENTS] == Figure(6.0)
    assert row(rows, "Ii").figures[Indicator.CLIENTS] == Figure(9.0)
    assert row(rows, "fi", "language").figures[Indicator.CLIENTS] == Figure(15.0)


def test_a_small_group_is_hidden_with_the_one_that_would_tell_of_it() -> None:
    rows = indicators([*some(3, "Hailuoto"), *some(7, "Ii"), *some(20)])
    clients = {
        one.group: one.figures[Indicator.CLIENTS] for one in rows if one.dimension == "municipality"
    }
    assert clients == {"Hailuoto": HIDDEN, "Ii": HIDDEN, "Oulu": Figure(20.0)}
    assert row(rows, "Hailuoto").figures[Indicator.COST_EUR] == HIDDEN


def test_who_found_work_is_hidden_when_few_did_or_few_did_not() -> None:
    few = indicators([*some(4, found_work=True), *some(20)])
    most = indicators([*some(20, found_work=True), *some(4)])
    half = indicators([*some(10, found_work=True), *some(10)])
    assert few[0].figures[Indicator.FOUND_WORK] == HIDDEN
    assert most[0].figures[Indicator.FOUND_WORK] == HIDDEN
    assert half[0].figures[Indicator.FOUND_WORK] == Figure(10.0)


def test_costs_are_summed_and_shared_and_unknown_ones_counted() -> None:
    rows = indicators([*some(5, cost_eur=300.0), *some(5, has_unknown_cost=True)])
    assert rows[0].figures[Indicator.COST_EUR] == Figure(1500.0)
    assert rows[0].figures[Indicator.COST_PER_CLIENT_EUR] == Figure(150.0)
    assert rows[0].figures[Indicator.COST_UNKNOWN] == Figure(5.0)


def test_means_are_of_those_who_answered() -> None:
    rows = indicators([*some(5, wellbeing=40), *some(5, wellbeing=60), *some(10)])
    assert rows[0].figures[Indicator.WELLBEING] == Figure(50.0)
    assert rows[0].figures[Indicator.READINESS] == Figure(None)


def test_a_mean_of_four_is_hidden() -> None:
    rows = indicators([*some(4, wait_days=10), *some(16)])
    assert rows[0].figures[Indicator.WAIT_DAYS] == HIDDEN


def test_the_share_on_time_is_of_those_to_whom_something_was_due() -> None:
    rows = indicators([*some(6, on_time=True), *some(2, on_time=False), *some(12)])
    assert rows[0].figures[Indicator.ON_TIME_SHARE] == Figure(0.75)


def test_groups_stand_in_their_own_order_and_the_unknown_last() -> None:
    ages = ("unknown", "50 and over", "25–29", "under 25")
    clients = [replace(ONE, groups={**ONE.groups, "age": age}) for age in ages]
    shown = [one.group for one in indicators(clients) if one.dimension == "age"]
    assert shown == ["under 25", "25–29", "50 and over", "unknown"]


def test_a_month_without_clients_has_a_row_without_figures() -> None:
    assert [(one.dimension, one.figures[Indicator.CLIENTS]) for one in indicators([])] == [
        (ALL, HIDDEN)
    ]
