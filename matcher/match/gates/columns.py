"""The gates of many offers at once, without a loop over pairs.

What offers ask for falls into few different demands a rule (`matcher.match.gates.rules`).
Each demand is numbered, and a person's outcome on it is judged once, by the very rule that
makes the results that are shown; all other offers with the same demand look it up, and so
do all people with the same facts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import IntEnum
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import GateKind, GateOutcome
from matcher.domain.offer import Offer
from matcher.encode.batch import Rows
from matcher.match.gates.crowd import Crowd, Shared
from matcher.match.gates.kept import KeptGates
from matcher.match.gates.rules import RULES, Rule, Unmet
from matcher.match.gates.sides import Facts, demands_of

#: Outcomes kept for each rule, in bytes: of people with the same facts, the latest ones.
KEPT: Final = 32 * 2**20
_UNREAD: Final = -1
_UNJUDGED: Final = -1
#: Outcomes by demand are kept in tables at least as wide as this.
_WIDTH: Final = 16

Outcomes = NDArray[np.int8]
_Codes = NDArray[np.int32]


class Outcome(IntEnum):
    """How a gate came out, as a number; of several results of one kind the greatest counts."""

    ABSENT = 0
    MET = 1
    UNKNOWN = 2
    UNMET = 3


_CODE: Final = {
    GateOutcome.MET: Outcome.MET,
    GateOutcome.UNKNOWN: Outcome.UNKNOWN,
    GateOutcome.UNMET: Outcome.UNMET,
}
#: Columns of outcomes.
GATES: Final = tuple(GateKind)
_COLUMN: Final = [GATES.index(rule.gate) for rule in RULES]


class _Column:
    """One rule over many offers: the different demands, and outcomes of people on them."""

    def __init__(self, rule: Rule[Hashable, Hashable], demands: Iterable[Hashable]) -> None:
        self._rule = rule
        self._demands: list[Hashable] = [None, *demands]
        self._codes = {demand: code for code, demand in enumerate(self._demands)}
        self._judged: dict[Hashable, Outcomes] = {}

    def __len__(self) -> int:
        """Return how many different demands there are, no demand among them."""
        return len(self._demands)

    def code(self, demand: Hashable) -> int:
        """Return the number of a demand; 0 of none."""
        code = self._codes.setdefault(demand, len(self._demands))
        if code == len(self._demands):
            self._demands.append(demand)
        return code

    @property
    def width(self) -> int:
        """How wide a table of outcomes is: a power of two, so that few demands more fit."""
        return max(_WIDTH, 1 << (len(self._demands) - 1).bit_length())

    def outcomes(self, facts: Hashable) -> Outcomes:
        """Return the outcomes of a person by demand: int8, shape (width,), to be judged into."""
        table = self._judged.get(facts)
        if table is None or len(table) < len(self._demands):
            longer = np.full(self.width, _UNJUDGED, np.int8)
            longer[0] = Outcome.ABSENT
            if table is not None:
                longer[: len(table)] = table
            if len(self._judged) * self.width > KEPT:
                self._judged.clear()
            self._judged[facts] = table = longer
        return table

    def judged(self, people: Shared, whose: Rows, codes: _Codes) -> Outcomes:
        """Return how the rule comes out for each pair of a person and a demand: int8, (pairs,)."""
        tables = [self.outcomes(facts) for facts in people.facts]
        starts = np.cumsum([0, *map(len, tables)])
        outcomes = np.concatenate([np.zeros(0, np.int8), *tables])
        cells = starts[people.of[whose]] + codes
        found: Outcomes = outcomes.take(cells)
        if found.size and found.min() == _UNJUDGED:
            for cell in np.unique(cells[found == _UNJUDGED]).tolist():
                one = int(np.searchsorted(starts, cell, side="right")) - 1
                code = cell - int(starts[one])
                judged = outcome(self._rule, people.facts[one], self._demands[code])
                outcomes[cell] = tables[one][code] = judged
            found = outcomes.take(cells)
        return found

    def unmet(self, facts: Hashable, code: int) -> frozenset[Unmet]:
        """Return what a demand asks for and a person does not meet."""
        return self._rule.unmet(facts, self._demands[code])


def outcome(rule: Rule[Hashable, Hashable], facts: Hashable, demand: Hashable) -> Outcome:
    """Return how one rule comes out, by the results that would be shown."""
    found = (_CODE[one.outcome] for one in rule.judge(facts, demand))
    return max(found, default=Outcome.ABSENT)


class OfferGates:
    """Gates of a growing number of offers; safe across threads.

    An offer gets a row when it is first asked for, and keeps it. It is read when it is first
    judged. Offers are known by their identity: one that has changed is another one.

    Parameters
    ----------
    offers
        The first ones, from row 0 or from the one behind the kept.
    kept
        What was read of others before: row i is row i here.
    """

    def __init__(self, offers: Iterable[Offer] = (), kept: KeptGates | None = None) -> None:
        demands = kept.demands if kept else ((),) * len(RULES)
        self._columns = tuple(map(_Column, RULES, demands))
        self._codes: _Codes = kept.codes if kept else np.zeros((0, len(RULES)), np.int32)
        self._kept = len(self._codes)
        self._offers: list[Offer] = []
        self._row_of: dict[int, int] = {}
        self._lock = Lock()
        self.rows_of(offers)

    def __len__(self) -> int:
        """Return how many offers there are."""
        return self._kept + len(self._offers)

    def rows_of(self, offers: Iterable[Offer]) -> Rows:
        """Return the rows of offers; those that are new get the next ones.

        Returns
        -------
        ndarray of int64, shape (offers,)
        """
        with self._lock:
            rows = [self._row(offer) for offer in offers]
            if len(self) > len(self._codes):
                longer = np.full((2 * len(self), len(RULES)), _UNREAD, np.int32)
                longer[: len(self._codes)] = self._codes
                self._codes = longer
        return np.array(rows, np.int64)

    def _row(self, offer: Offer) -> int:
        row = self._row_of.setdefault(id(offer), len(self))
        if row == len(self):
            self._offers.append(offer)
        return row

    def blocked(self, people: Crowd, whose: Rows, rows: Rows) -> NDArray[np.bool_]:
        """Tell which offers people cannot have because a gate is unmet, pair by pair.

        Parameters
        ----------
        people
            What rules read of them.
        whose, rows
            int64, shape (n,): which of the people with which offer.

        Returns
        -------
        ndarray of bool, shape (n,)
        """
        unmet: NDArray[np.bool_] = (self._judged(people, whose, rows) == Outcome.UNMET).any(axis=0)
        return unmet

    def outcomes(self, facts: Facts, rows: Rows) -> Outcomes:
        """Return how each kind of gate comes out.

        Parameters
        ----------
        facts
            Of one person.
        rows
            int64, shape (n,): of offers.

        Returns
        -------
        ndarray of int8, shape (n, gates)
            An `Outcome` for each of `GATES`; of several results of one kind the worst.
        """
        found = np.zeros((len(rows), len(GATES)), np.int8)
        for at, judged in zip(_COLUMN, self._judged_of(facts, rows), strict=True):
            np.maximum(found[:, at], judged, out=found[:, at])
        return found

    def unmet(self, facts: Facts, rows: Rows) -> list[frozenset[Unmet]]:
        """Return what is asked for and unmet.

        Parameters
        ----------
        facts, rows
            As in `outcomes`.

        Returns
        -------
        list of frozenset
            For each row the kinds of gate with what they ask for.
        """
        judged = self._judged_of(facts, rows)
        with self._lock:
            codes = self._codes.take(rows, axis=0)
            found: list[frozenset[Unmet]] = [frozenset()] * len(rows)
            known: dict[tuple[int, int], frozenset[Unmet]] = {}
            for at, rule in np.argwhere(judged.T == Outcome.UNMET).tolist():
                key = rule, int(codes[at, rule])
                if key not in known:
                    known[key] = self._columns[rule].unmet(facts.parts[rule], key[1])
                found[at] |= known[key]
        return found

    def _judged_of(self, facts: Facts, rows: Rows) -> Outcomes:
        """Return how each rule comes out for one person: int8, shape (rules, n)."""
        return self._judged(Crowd.of([facts]), np.zeros(len(rows), np.int64), rows)

    def _judged(self, people: Crowd, whose: Rows, rows: Rows) -> Outcomes:
        """Return how each rule comes out, pair by pair: int8, shape (rules, n)."""
        with self._lock:
            codes = self._read(rows).T
            return np.array(
                [
                    column.judged(part, whose, of_rule)
                    for column, part, of_rule in zip(
                        self._columns, people.parts, codes, strict=True
                    )
                ],
                np.int8,
            )

    def _read(self, rows: Rows) -> _Codes:
        """Return the demands of rows by number: int32, shape (n, rules)."""
        codes = self._codes.take(rows, axis=0)
        unread = codes[:, 0] == _UNREAD
        if unread.any():
            for row in np.unique(rows[unread]).tolist():
                offer = self._offers[row - self._kept]
                demands = zip(self._columns, demands_of(offer), strict=True)
                self._codes[row] = [column.code(demand) for column, demand in demands]
            codes = self._codes.take(rows, axis=0)
        return codes
