"""Which offers trainings could open to a person: within reach, and not good already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import GateKind, GateResult
from matcher.domain.offer import OfferKind
from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.match.bands import GOOD_FROM
from matcher.match.book import Entry, OfferBook
from matcher.match.upskill.field import View
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.gifts import Gift

#: The screen may err by so much: what it sees this far below the threshold is looked at too.
MARGIN: Final = 0.03
#: A score must rise by so much, a fifth of the band's width: what rises less does so because
#: of common words, and answers nothing that the offer asks for.
RISE_FROM: Final = 0.03
#: Offers that come this near the threshold are looked at for sequences of trainings.
NEAR: Final = 0.05


@dataclass(frozen=True, slots=True)
class Reach:
    """The offers that one training, or two, could open.

    Parameters
    ----------
    columns
        int64, shape (n,): their columns in the view, ascending.
    entries
        The offers with their words, n of them.
    locks
        The unmet gates of each; all of them can be opened by trainings.
    keyholes
        int32, shape (n, locks): 1 where an offer has a lock, of all different ones.
    keys
        int32, shape (trainings, locks): 1 where a training opens a lock.
    """

    columns: Rows
    entries: tuple[Entry, ...]
    locks: tuple[tuple[GateResult, ...], ...]
    keyholes: NDArray[np.int32]
    keys: NDArray[np.int32]

    @classmethod
    def of(cls, view: View, gifts: Sequence[Gift], book: OfferBook, keeper: Gatekeeper) -> Reach:
        """Look at every offer that some training brings near the threshold.

        Parameters
        ----------
        view
            How the person sees the offers.
        gifts
            What each training gives.
        book
            Where offers are read.
        keeper
            Judges gates for the person.
        """
        found: list[tuple[int, Entry, tuple[GateResult, ...]]] = []
        digests: set[str] = set()
        openable: dict[tuple[GateKind, str], bool] = {}
        for column, entry in _entries(np.flatnonzero(_lifted(view)), view, book):
            # Copies may differ in place: one within reach stands for all.
            if entry.digest in digests or keeper.is_over(entry.offer):
                continue
            if not keeper.gets_to(entry.offer):
                continue
            locks = keeper.locks(entry, view.corpus_of(column), int(view.row[column]))
            if not locks and view.before[column] >= GOOD_FROM:
                continue
            for lock in locks:
                openable.setdefault(key_of(lock), any(gift.opens(lock) for gift in gifts))
            if all(openable[key_of(lock)] for lock in locks):
                digests.add(entry.digest)
                found.append((column, entry, locks))
        different = {key_of(lock): lock for _, _, locks in found for lock in locks}
        held = [[key_of(lock) for lock in locks] for _, _, locks in found]
        openers = [[gift.opens(lock) for lock in different.values()] for gift in gifts]
        return cls(
            np.array([column for column, _, _ in found], np.int64),
            tuple(entry for _, entry, _ in found),
            tuple(locks for _, _, locks in found),
            _table([[key in each for key in different] for each in held], len(different)),
            _table(openers, len(different)),
        )

    @property
    def locked(self) -> NDArray[np.bool_]:
        """bool, shape (n,): whether a gate is unmet."""
        locked: NDArray[np.bool_] = self.keyholes.sum(axis=1) > 0
        return locked

    def open_to(self, combinations: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
        """Tell which offers are open after trainings.

        Parameters
        ----------
        combinations
            Of trainings, by number.

        Returns
        -------
        ndarray of bool, shape (combinations, n)
        """
        if not combinations:
            return np.zeros((0, len(self.columns)), np.bool_)
        lacking = np.array([1 - self.keys[list(one)].max(axis=0) for one in combinations])
        opened: NDArray[np.bool_] = lacking @ self.keyholes.T == 0
        return opened


def key_of(gate: GateResult) -> tuple[GateKind, str]:
    """Return what tells one lock from another."""
    return gate.gate, gate.required


def _table(rows: Sequence[Sequence[bool]], columns: int) -> NDArray[np.int32]:
    return np.array(rows, np.int32).reshape(len(rows), columns)


def _lifted(view: View) -> NDArray[np.bool_]:
    """Tell which offers a training lifts over the threshold, or lifts enough to come near it."""
    best: Vectors = view.after.max(axis=0, initial=0)
    return (best >= GOOD_FROM - NEAR) & (
        (best - view.before >= RISE_FROM) | (view.before >= GOOD_FROM)
    )


def _entries(columns: Rows, view: View, book: OfferBook) -> list[tuple[int, Entry]]:
    """Return the offers of columns; what changed since the coverage was made is left out."""
    found: list[tuple[int, Entry]] = []
    for number, covered in enumerate(view.covered):
        here = columns[view.part[columns] == number]
        corpus, rows = covered.coverage.corpus, view.row[here]
        ids, digests = corpus.ids_of(rows), corpus.digests_of(rows)
        entries = book.get(OfferKind(covered.kind), ids)
        for column, id, digest in zip(here.tolist(), ids, digests, strict=True):
            entry = entries.get(id)
            if entry is not None and entry.digest == digest:
                found.append((column, entry))
    return found
