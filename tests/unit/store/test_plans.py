"""What is asked again and again looks at few rows, however many there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from matcher.domain.offer import OfferKind
from matcher.store.store import Store
from tests.contract.store.records import TODAY


def test_what_changed_is_found_without_looking_at_every_row(tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    path = f"sqlite:///{tmp_path / 'store.sqlite'}"
    with Store.open(path) as store:
        event.listen(Engine, "before_cursor_execute", note)
        try:
            store.offers(OfferKind.VACANCY).changed_since(7, TODAY)
            store.offers(OfferKind.VACANCY).is_same_since(7)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    engine = create_engine(path)
    with engine.connect() as connection:
        plans = [
            str(row[-1])
            for statement, parameters in asked
            if "vacancies" in statement
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    engine.dispose()
    assert len(plans) == 3
    assert all("ix_vacancies_revision" in plan for plan in plans)
