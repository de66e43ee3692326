"""What gates read of the offers of a snapshot, kept beside it.

To read what the text of an advertisement asks for takes longer than all the rest of a match.
The night does it once; whoever opens the snapshot looks it up by row, and reads only the
offers that come into a list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

import matcher.domain
import matcher.requirements
from matcher.domain.offer import Offer
from matcher.domain.parts import Availability
from matcher.encode.batch import Rows
from matcher.match.gates.ages import Work
from matcher.match.gates.asked import Ask
from matcher.match.gates.journeys import Site
from matcher.match.gates.rules import RULES
from matcher.match.gates.sides import demands_of
from matcher.match.gates.times import Load, Rota
from matcher.store import codec

Codes = NDArray[np.int32]
#: The last day of an offer that does not expire.
_NEVER: Final = date.max.toordinal()
_REVISION_LENGTH: Final = 12
_Asks = list[tuple[Ask, ...]]


@dataclass(frozen=True, slots=True)
class _Demands:
    """The different demands of each rule, in the order of the rules, none left out."""

    licences: _Asks
    own_car: _Asks
    cards: _Asks
    qualifications: _Asks
    languages: _Asks
    sites: list[Site]
    rotas: list[Rota]
    loads: list[Load]
    periods: list[Availability]
    burdens: _Asks
    checks: _Asks
    ages: list[Work]


@dataclass(frozen=True, slots=True)
class KeptGates:
    """What gates read of offers; row i is that of offer i.

    Parameters
    ----------
    codes
        int32, shape (n, rules): the number of what each rule reads of the offer, 0 if nothing.
    last_days
        int32, shape (n,): the last day of each, as ``date.toordinal`` counts.
    demands
        What the numbers of each rule stand for, from 1.
    """

    codes: Codes
    last_days: NDArray[np.int32]
    demands: tuple[tuple[Hashable, ...], ...]

    def __len__(self) -> int:
        return len(self.codes)

    def open_on(self, rows: Rows, on: date) -> NDArray[np.bool_]:
        """Tell which rows are not over on a day."""
        open_: NDArray[np.bool_] = self.last_days[rows] >= on.toordinal()
        return open_

    def take(self, rows: Rows) -> KeptGates:
        """Return the given rows, in the given order."""
        return KeptGates(self.codes[rows], self.last_days[rows], self.demands)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return what is written into files, by name."""
        demands = codec.dump(_Demands(*map(list, self.demands)))  # type: ignore[arg-type]
        return {
            "gate_codes": self.codes,
            "last_days": self.last_days,
            "gate_demands": np.frombuffer(demands.encode(), np.uint8),
            "gate_revision": np.array(gates_revision()),
        }

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]]) -> KeptGates | None:
        """Return what was written; None if nothing was, or by other rules than today's."""
        if "gate_revision" not in arrays or str(arrays["gate_revision"]) != gates_revision():
            return None
        demands = codec.load(_Demands, arrays["gate_demands"].tobytes().decode())
        told = tuple(tuple(getattr(demands, each.name)) for each in fields(_Demands))
        return cls(arrays["gate_codes"], arrays["last_days"], told)


class GatesReader:
    """Reads offers, batch after batch, into numbers."""

    def __init__(self) -> None:
        self._codes: list[Codes] = [np.zeros((0, len(RULES)), np.int32)]
        self._last_days: list[int] = []
        self._numbers: list[dict[Hashable, int]] = [{None: 0} for _ in RULES]

    def read(self, offers: Sequence[Offer]) -> None:
        """Read the next offers."""
        codes = [self._numbered(demands_of(offer)) for offer in offers]
        self._codes.append(np.array(codes, np.int32).reshape(-1, len(RULES)))
        self._last_days += [(offer.expires or date.max).toordinal() for offer in offers]

    def take(self, kept: KeptGates, rows: Rows) -> None:
        """Take over the given rows of what was read before as the next offers."""
        codes = np.zeros((len(rows), len(RULES)), np.int32)
        for rule, (numbers, demands) in enumerate(zip(self._numbers, kept.demands, strict=True)):
            used, places = np.unique(kept.codes[rows, rule], return_inverse=True)
            here = [
                numbers.setdefault(demands[code - 1], len(numbers)) if code else 0
                for code in used.tolist()
            ]
            codes[:, rule] = np.array(here, np.int32)[places]
        self._codes.append(codes)
        self._last_days += kept.last_days[rows].tolist()

    def kept(self) -> KeptGates:
        """Return what was read so far."""
        demands = tuple(tuple(numbers)[1:] for numbers in self._numbers)
        return KeptGates(np.concatenate(self._codes), np.array(self._last_days, np.int32), demands)

    def _numbered(self, demands: Iterable[Hashable]) -> list[int]:
        pairs = zip(self._numbers, demands, strict=True)
        return [numbers.setdefault(demand, len(numbers)) for numbers, demand in pairs]


@cache
def gates_revision() -> str:
    """Fingerprint what decides how offers are read: the sources of gates and of their words."""
    rooms = [Path(str(room.__file__)).parent for room in (matcher.domain, matcher.requirements)]
    digest = hashlib.sha256()
    for room in (*rooms, Path(__file__).parent):
        for path in sorted(room.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{room.name}/{path.relative_to(room).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_REVISION_LENGTH]
