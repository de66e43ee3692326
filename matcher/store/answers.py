"""What employers answered of the people shown to them, and how their needs ended."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from matcher.domain.answer import Answer, EmployerAnswer, NeedOutcome, Outcome, WhyNot
from matcher.store.database import Database, parts
from matcher.store.schema import card_answers, need_outcomes, needs
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

    def ended(self, owner: str | None, limit: int) -> list[NeedOutcome]:
        """Return how needs of an owner ended, whoever closed them, newest first.

        Parameters
        ----------
        owner
            Id of the key that posted them; None means anybody's.
        limit
            At most so many.
        """
        columns = [need_outcomes.c[name] for name in _OUTCOME]
        query = select(*columns).join(needs, needs.c.id == need_outcomes.c.need_id)
        if owner is not None:
            query = query.where(needs.c.owner == owner)
        with self._database.read() as connection:
            newest_first = query.order_by(need_outcomes.c.number.desc()).limit(limit)
            rows = connection.execute(newest_first).all()
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
