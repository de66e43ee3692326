"""How well unmet gates agree with what a judge says rules pairs out.

One pair counts once for each kind of gate: agreed if the judge names the kind and a gate of
it is unmet. What the judge names is complete for pairs of grade 1 and better alone, and so
only these count; the place is judged for all pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from matcher.domain.match import GateKind, GateOutcome, GateResult
from matcher.errors import InputError
from matcher.evaluate.blocked import Judgement, gate_of, read_judgements
from matcher.evaluate.matching_set import MatchingSet, read_matching
from matcher.match.gates.judge import judge

#: Pairs from this grade on have all that rules them out noted.
COMPLETE_FROM: Final = 1
#: Professional competence (041) is entered on the driving licence (code 95), and the judge
#: speaks of the licence alone; the first day of work is a part of its time.
_DRIVER_CARD: Final = "041"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one kind of gate agrees with the judge.

    Parameters
    ----------
    agreed, found, noted
        Pairs with an unmet gate that the judge names too, with an unmet gate, and where the
        judge names it.
    asked
        Of those that the judge names: pairs where a gate of the kind is unknown, so that one
        asks, and none is unmet.
    """

    agreed: int
    found: int
    noted: int
    asked: int

    @property
    def precision(self) -> float | None:
        """Share of unmet gates that the judge names too; None if there is none."""
        return self.agreed / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what the judge names that a gate finds unmet; None if there is none."""
        return self.agreed / self.noted if self.noted else None


@dataclass(frozen=True, slots=True)
class GateReport:
    """What an evaluation of gates says of one directory.

    Parameters
    ----------
    name
        Of the directory.
    pairs
        How many judged pairs of a grade of 1 or better.
    kinds
        Agreement by kind of gate, the commute among them over all pairs.
    unmapped
        The judge's phrases that no kind of gate speaks of, with their number of pairs.
    data
        Fingerprint of the files.
    """

    name: str
    pairs: int
    kinds: Mapping[GateKind, Agreement]
    unmapped: Mapping[str, int]
    data: str

    def as_json(self) -> dict[str, object]:
        """Return the object that ``--json`` prints."""
        return {
            "name": self.name,
            "n_queries": self.pairs,
            "gates": {
                kind.value: {
                    "precision": one.precision,
                    "recall": one.recall,
                    "agreed": one.agreed,
                    "found": one.found,
                    "noted": one.noted,
                    "asked": one.asked,
                }
                for kind, one in self.kinds.items()
            },
            "unmapped": dict(self.unmapped),
            "model": "gates",
            "snapshot": None,
            "data": self.data,
        }


def evaluate_gates(directory: Path, on: date) -> GateReport:
    """Hold the gates of all judged pairs of a directory against what the judge says.

    Parameters
    ----------
    directory
        As `matcher.evaluate.matching_set.read_matching` reads it, with ``judgments.jsonl``.
    on
        The day on which age limits are judged.

    Raises
    ------
    InputError
        If a file is missing, a row cannot be used, or a judged profile or ad does not exist.
    """
    task = read_matching(directory)
    judgements = read_judgements(directory)
    tally = _Tally()
    for one, gates in zip(judgements, _gates(task, judgements, on), strict=True):
        tally.count(one, gates)
    return GateReport(
        name=task.name,
        pairs=sum(one.grade >= COMPLETE_FROM for one in judgements),
        kinds=tally.kinds(),
        unmapped=dict(tally.unmapped.most_common()),
        data=task.data,
    )


class _Tally:
    """Counts pairs by kind of gate."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[GateKind]] = {
            each.name: Counter() for each in fields(Agreement)
        }
        self.unmapped: Counter[str] = Counter()

    def count(self, judged: Judgement, gates: Sequence[GateResult]) -> None:
        """Count one pair."""
        found = {_kind(gate) for gate in gates if gate.outcome is GateOutcome.UNMET}
        asked = {_kind(gate) for gate in gates if gate.outcome is GateOutcome.UNKNOWN} - found
        noted: set[GateKind] = set()
        judgeable: set[GateKind] = set()
        if judged.grade >= COMPLETE_FROM:
            named = {phrase: gate_of(phrase) for phrase in judged.blocked_by}
            self.unmapped.update(phrase for phrase, kind in named.items() if kind is None)
            noted |= {kind for kind in named.values() if kind}
            judgeable |= set(GateKind) - {GateKind.COMMUTE}
        if judged.in_reach is not None:
            judgeable.add(GateKind.COMMUTE)
        if judged.in_reach is False:
            noted.add(GateKind.COMMUTE)
        self._counts["noted"].update(noted)
        self._counts["found"].update(found & judgeable)
        self._counts["agreed"].update(found & noted)
        self._counts["asked"].update(asked & noted)

    def kinds(self) -> dict[GateKind, Agreement]:
        """Return the agreement of each kind that any side named."""
        return {
            kind: Agreement(**{name: each[kind] for name, each in self._counts.items()})
            for kind in GateKind
            if self._counts["found"][kind] or self._counts["noted"][kind]
        }


def _gates(
    task: MatchingSet, judgements: Iterable[Judgement], on: date
) -> Iterator[tuple[GateResult, ...]]:
    people = {profile.id: profile for profile in task.profiles}
    ads = {ad.id: ad for ad in task.ads}
    for one in judgements:
        if one.profile not in people or one.ad not in ads:
            raise InputError(
                f"The pair {one.profile}, {one.ad} names a profile or an ad that is not there.",
                where="judgments.jsonl",
                remedy="Give the profiles and the ads that were judged.",
            )
        yield judge(people[one.profile], ads[one.ad], on)


def _kind(gate: GateResult) -> GateKind:
    driver = gate.gate is GateKind.CARD and gate.required == _DRIVER_CARD
    if driver:
        return GateKind.LICENCE
    return GateKind.WORKING_TIME if gate.gate is GateKind.START else gate.gate
