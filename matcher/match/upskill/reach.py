"""Which offers trainings could open to a person: within reach, and not good already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matcher.encode.batch import Rows
from matcher.encode.protocol import Vectors
from matcher.match.bands import GOOD_FROM
from matcher.match.book import Entry
from matcher.match.gates.rules import Unmet
from matcher.match.upskill.field import View
from matcher.match.upskill.gates import Gatekeeper
from matcher.match.upskill.gifts import Keyring
from matcher.match.upskill.jobs import Jobs

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
        What each asks for and the person lacks; all of it can be got by trainings.
    keyholes
        int32, shape (n, locks): 1 where an offer has a lock, of all different ones.
    keys
        int32, shape (trainings, locks): 1 where a training opens a lock.
    """

    columns: Rows
    entries: tuple[Entry, ...]
    locks: tuple[tuple[Unmet, ...], ...]
    keyholes: NDArray[np.int32]
    keys: NDArray[np.int32]

    @classmethod
    def of(cls, view: View, jobs: Jobs, keyring: Keyring, keeper: Gatekeeper) -> Reach:
        """Look at every offer that some training brings near the threshold.

        Parameters
        ----------
        view
            How the person sees the offers that are open, or could be opened.
        jobs
            The same offers.
        keyring
            Which trainings open which locks.
        keeper
            Judges gates for the person.
        """
        found: list[tuple[int, Entry, tuple[Unmet, ...]]] = []
        digests: set[str] = set()
        lifted = np.flatnonzero(_lifted(view))
        locked = keeper.locks(jobs.gates, jobs.rows[lifted])
        for column, locks in zip(lifted.tolist(), locked, strict=True):
            entry = jobs.entries[column]
            # Copies may differ in place: one within reach stands for all.
            if entry is None or entry.digest in digests:
                continue
            if not locks and view.before[column] >= GOOD_FROM:
                continue
            if not all(keyring.openers(lock).any() for lock in locks):
                continue
            if not keeper.refused(entry, view.corpus_of(column), int(view.row[column])):
                digests.add(entry.digest)
                found.append((column, entry, locks))
        different = sorted({lock for _, _, locks in found for lock in locks})
        number = {lock: column for column, lock in enumerate(different)}
        keyholes = np.zeros((len(found), len(different)), np.int32)
        for row, (_, _, locks) in enumerate(found):
            for lock in locks:
                keyholes[row, number[lock]] = 1
        return cls(
            np.array([column for column, _, _ in found], np.int64),
            tuple(entry for _, entry, _ in found),
            tuple(locks for _, _, locks in found),
            keyholes,
            keyring.keys(different),
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
            Of trainings, by number; all of one, or all of two.

        Returns
        -------
        ndarray of bool, shape (combinations, n)
        """
        if not combinations:
            return np.zeros((0, len(self.columns)), np.bool_)
        # Products of float32 are exact here, and many times as fast as those of int32.
        lacking = 1 - self.keys[np.array(combinations)].max(axis=1).astype(np.float32)
        opened: NDArray[np.bool_] = lacking @ self.keyholes.T.astype(np.float32) == 0
        return opened


def _lifted(view: View) -> NDArray[np.bool_]:
    """Tell which offers a training lifts over the threshold, or lifts enough to come near it."""
    best: Vectors = view.after.max(axis=0, initial=0)
    return (best >= GOOD_FROM - NEAR) & (
        (best - view.before >= RISE_FROM) | (view.before >= GOOD_FROM)
    )
