"""The records of lists: what each was made from and what it showed, kept compactly."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, or_, select

from matcher.domain.decision import Basis, Decision, Inputs, Item, Placed, Terms, What
from matcher.errors import NotFoundError
from matcher.store import codec
from matcher.store.database import INSERTS, Database, parts
from matcher.store.replies import purge_replies
from matcher.store.schema import decision_bases, decisions, lists
from matcher.store.versions import purge_versions
from matcher.store.writes import hold_people

_PLACED: Final = TypeAdapter(tuple[Placed, ...])
_ITEMS: Final = TypeAdapter(tuple[Item, ...])
#: What consists of items, and not of matches.
_OF_ITEMS: Final = frozenset({What.TRAIN_UPS, What.PACKAGE})
_ID_LENGTH: Final = 16


class Decisions:
    """The records of all lists that were shown, or may be."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: Sequence[Decision]) -> None:
        """Store records, all or nothing; one of a night takes the place of one never shown.

        Records about people who have been erased meanwhile are left out.
        """
        with self._database.write() as connection:
            add_decisions(connection, new)

    def get(self, id: str) -> Decision:
        """Return the record of a list.

        Raises
        ------
        NotFoundError
            If there is none under that id.
        """
        found = self._first(decisions.c.id == id)
        if found is None:
            raise NotFoundError(
                "list", id, remedy="Its retention is over, its client was erased, or it never was."
            )
        return found

    def of_list(self, id: str) -> list[Decision]:
        """Return the record of a list: one, or of candidates one for each person in it.

        Parameters
        ----------
        id
            Of the list, or of one person's place in a list of candidates.

        Raises
        ------
        NotFoundError
            If there is none under that id, or everybody in it was erased.
        """
        whole = id.partition(".")[0]
        # From the dot on to the sign that follows it: the places of one list.
        places = and_(decisions.c.id >= f"{whole}.", decisions.c.id < f"{whole}/")
        with self._database.read() as connection:
            rows = connection.execute(_joined().where(or_(decisions.c.id == whole, places))).all()
        found = sorted(map(_decision, rows), key=lambda one: _place(one.id))
        return found or [self.get(id)]

    def of_night(self, profile_id: str, run_id: str) -> Decision | None:
        """Return the record of a profile's list of one night; None if it has none."""
        return self._first(and_(decisions.c.profile_id == profile_id, decisions.c.run_id == run_id))

    def of_profile(self, profile_id: str) -> list[Decision]:
        """Return the records of all lists of a client, oldest first."""
        query = _joined().where(decisions.c.profile_id == profile_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(decisions.c.made_at, decisions.c.id))
            return [_decision(row) for row in rows]

    def purge(self, before: datetime, held: Collection[str] = ()) -> int:
        """Erase records made before a moment, with versions and counts that they were made from.

        Lists of the night that were never shown lose their record with the list. What is about
        people who are held stays. Returns how many records went.
        """
        has_list = exists().where(
            lists.c.profile_id == decisions.c.profile_id, lists.c.run_id == decisions.c.run_id
        )
        unseen = and_(decisions.c.placed.is_(None), ~has_list)
        gone = and_(
            or_(decisions.c.made_at < before, unseen), decisions.c.profile_id.not_in(sorted(held))
        )
        with self._database.write() as connection:
            count = connection.execute(delete(decisions).where(gone)).rowcount
            purge_versions(connection, before, held)
            oldest = connection.scalar(select(func.min(decisions.c.made_at)))
            # Of who is held older records stay, with the counts that they go by.
            purge_replies(connection, before if oldest is None else min(before, oldest))
        # On its own: who stores a record holds what it is made from before the record itself.
        with self._database.write() as connection:
            _purge_bases(connection)
        return count

    def _first(self, condition: Any) -> Decision | None:  # noqa: ANN401 - any condition
        with self._database.read() as connection:
            row = connection.execute(_joined().where(condition)).first()
        return None if row is None else _decision(row)


def add_decisions(connection: Connection, new: Sequence[Decision]) -> None:
    """Store records within a transaction that writes; what was shown already stays as it is."""
    if not new:
        return
    there = hold_people(connection, {one.profile_id for one in new})
    shown = _shown(connection, [one.id for one in new])
    kept = [one for one in new if one.profile_id in there and one.id not in shown]
    _hold_bases(connection, {_basis_id(one.basis): one.basis for one in kept})
    for run_id in {one.run_id for one in kept} - {""}:
        of_run = sorted(one.profile_id for one in kept if one.run_id == run_id)
        for part in parts(of_run):
            same = and_(decisions.c.run_id == run_id, decisions.c.profile_id.in_(part))
            # Of what was shown somebody has the id.
            connection.execute(delete(decisions).where(same, decisions.c.placed.is_(None)))
    if kept:
        connection.execute(insert(decisions), [_row(one) for one in kept])


def forget_decisions(connection: Connection, profile_id: str) -> None:
    """Erase the records of a client's lists."""
    connection.execute(delete(decisions).where(decisions.c.profile_id == profile_id))


def _hold_bases(connection: Connection, bases: Mapping[str, Basis]) -> None:
    """Store the bases that are not there, and keep all of them until the transaction ends."""
    here = select(decision_bases.c.id).where(decision_bases.c.id.in_(sorted(bases)))
    held = here.order_by(decision_bases.c.id).with_for_update(read=True, key_share=True)
    new = sorted(bases.keys() - set(connection.scalars(held)))
    if new:
        rows = [{"id": id, "document": codec.dump(bases[id])} for id in new]
        # Another process may be storing the same one: to write it once more is to hold it.
        adding = INSERTS[connection.dialect.name](decision_bases)
        again = {"document": adding.excluded.document}
        connection.execute(adding.on_conflict_do_update(index_elements=["id"], set_=again), rows)


def _purge_bases(connection: Connection) -> None:
    """Erase the bases that no record has, but for those that one is being stored with."""
    unused = ~exists().where(decisions.c.basis == decision_bases.c.id)
    query = select(decision_bases.c.id).where(unused).order_by(decision_bases.c.id)
    # Who is storing a record is waited for, and asked about once more: PostgreSQL would delete
    # what was unused when the statement began.
    for part in parts(connection.scalars(query.with_for_update()).all()):
        these = decision_bases.c.id.in_(part)
        connection.execute(delete(decision_bases).where(these, unused))


def _shown(connection: Connection, ids: Sequence[str]) -> set[str]:
    query = select(decisions.c.id).where(decisions.c.placed.is_not(None))
    return {
        id
        for part in parts(ids)
        for id in connection.scalars(query.where(decisions.c.id.in_(part)))
    }


def _joined() -> Any:  # noqa: ANN401 - a Select of two tables
    on = decisions.c.basis == decision_bases.c.id
    return select(decisions, decision_bases.c.document).join(decision_bases, on)


def _place(id: str) -> int:
    return int(id.partition(".")[2] or 0)


@lru_cache
def _basis_id(basis: Basis) -> str:
    return codec.digest(codec.dump(basis))[:_ID_LENGTH]


def _terms(terms: Terms) -> str:
    """Return terms as they are stored: those of a night are everybody's."""
    return _common_terms(terms) if terms.packing is None else codec.dump(terms)


@lru_cache
def _common_terms(terms: Terms) -> str:
    return codec.dump(terms)


def _row(one: Decision) -> Mapping[str, object]:
    return {
        "id": one.id,
        "profile_id": one.profile_id,
        "run_id": one.run_id,
        "made_at": one.made_at,
        "basis": _basis_id(one.basis),
        "terms": _terms(one.terms),
        "revision": one.inputs.revision,
        "said": one.inputs.said,
        "ranked": one.inputs.ranked,
        "heard": one.inputs.heard,
        "content_hash": one.inputs.content_hash,
        "placed": None if one.placed is None else zlib.compress(_shown_json(one), 1),
    }


def _shown_json(one: Decision) -> bytes:
    of_items = one.terms.what in _OF_ITEMS
    return _ITEMS.dump_json(one.items) if of_items else _PLACED.dump_json(one.placed or ())


def _decision(row: Row[Any]) -> Decision:
    terms = codec.load(Terms, row.terms)
    shown = None if row.placed is None else zlib.decompress(row.placed)
    placed: tuple[Placed, ...] | None = None
    items: tuple[Item, ...] = ()
    if shown is not None and terms.what in _OF_ITEMS:
        placed, items = (), _ITEMS.validate_json(shown)
    elif shown is not None:
        placed = _PLACED.validate_json(shown)
    return Decision(
        id=row.id,
        profile_id=row.profile_id,
        run_id=row.run_id,
        made_at=row.made_at,
        basis=codec.load(Basis, row.document),
        terms=terms,
        inputs=Inputs(row.revision, row.said, row.ranked, row.content_hash, row.heard),
        placed=placed,
        items=items,
    )
