"""What employers answered of the people shown to them, and how their needs ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from matcher.domain.answer import Answer, EmployerAnswer, NeedOutcome, Outcome, WhyNot
from matcher.store.database import Database, parts
from matcher.store.schema import card_answers, need_outcomes
from matcher.store.writes import check_people

_ANSWER: Final = tuple(EmployerAnswer.__dataclass_fields__)
_OUTCOME: Final = tuple(NeedOutcome.__dataclass_fields__)


class Answers:
    """The log of employers' answers and of the outcomes of their needs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, answer: EmployerAnswer) -> None:
        """Write an answer down.

        Raises
        ------
        NotFoundError
            If the person is not there any more.
        """
        values = {name: getattr(answer, name) for name in _ANSWER}
        with self._database.write() as connection:
            check_people(connection, [answer.profile_id])
            connection.execute(insert(card_answers).values(values))

    def of_needs(self, need_ids: Collection[str]) -> list[EmployerAnswer]:
        """Return all answers about the people shown for some needs, oldest first."""
        return self._answers(card_answers.c.need_id, need_ids)

    def of_people(self, profile_ids: Collection[str]) -> list[EmployerAnswer]:
        """Return all answers about some people, oldest first."""
        return self._answers(card_answers.c.profile_id, profile_ids)

    def end(self, outcome: NeedOutcome) -> None:
        """Write down how a need ended."""
        values = {name: getattr(outcome, name) for name in _OUTCOME}
        with self._database.write() as connection:
            connection.execute(insert(need_outcomes).values(values))

    def ended_by(self, by: str) -> list[NeedOutcome]:
        """Return the outcomes that a caller told, newest first."""
        columns = [need_outcomes.c[name] for name in _OUTCOME]
        query = select(*columns).where(need_outcomes.c.by == by)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(need_outcomes.c.number.desc())).all()
        return [NeedOutcome(row.need_id, Outcome(row.outcome), row.at, row.by) for row in rows]

    def _answers(self, column: ColumnElement[str], ids: Collection[str]) -> list[EmployerAnswer]:
        columns = [card_answers.c[name] for name in _ANSWER]
        query = select(*columns, card_answers.c.number)
        with self._database.read() as connection:
            rows = [
                row
                for part in parts(sorted(set(ids)))
                for row in connection.execute(query.where(column.in_(part)))
            ]
        return [
            EmployerAnswer(
                request=row.request,
                profile_id=row.profile_id,
                need_id=row.need_id,
                answer=Answer(row.answer),
                reason=None if row.reason is None else WhyNot(row.reason),
                at=row.at,
                by=row.by,
            )
            for row in sorted(rows, key=lambda row: row.number)
        ]


def forget_answers(connection: Connection, profile_id: str) -> None:
    """Erase what employers answered about a person."""
    connection.execute(delete(card_answers).where(card_answers.c.profile_id == profile_id))
