"""What is asked again and again looks at few rows, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from matcher.domain.offer import OfferKind
from matcher.store.portfolio import Ask, Narrowed
from matcher.store.reach import Reach
from matcher.store.store import Store
from tests.contract.store.records import TODAY


def test_what_changed_is_found_without_looking_at_every_row(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        vacancies = store.offers(OfferKind.VACANCY)
        plans = [
            *asked_of(store, lambda: vacancies.changed_since(7, TODAY), "vacancies"),
            *asked_of(store, lambda: vacancies.is_same_since(7), "vacancies"),
        ]
    assert len(plans) == 3
    assert all("ix_vacancies_revision" in plan for plan in plans)


def asked_of(store: Store, work: Callable[[], object], table: str = "") -> list[str]:
    """Return how SQLite goes about what some work asks of a table."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    with store._database.read() as connection:
        return [
            str(row[-1])
            for statement, parameters in asked
            if table in statement and "SELECT" in statement
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


def test_who_is_late_is_found_by_indexes_over_days(tmp_path: Path) -> None:
    ask = Ask(reach=Reach(None, None, "", TODAY), soon=TODAY, narrowed=Narrowed.OVERDUE)
    with Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        page = asked_of(store, lambda: store.portfolios.page(ask))
        waiting = asked_of(store, lambda: store.duties.waiting(10))
    assert any("next_duties USING INDEX ix_next_duties_late_from (late_from<?)" in p for p in page)
    assert any("case_entries USING INDEX ix_case_entries_due (due<?)" in p for p in page)
    assert not any(p.startswith("SCAN next_duties") or p == "SCAN profiles" for p in page)
    assert any("ix_next_duties_waiting" in plan for plan in waiting)
