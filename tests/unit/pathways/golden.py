"""The golden cases: what every rule answers for known facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from matcher.pathways.area import (
    Area,
    InstrumentRule,
    PhaseRule,
    RoutingRule,
    Rule,
    TargetRule,
)
from matcher.pathways.conditions import Condition
from matcher.pathways.factnames import FACTS, FactKind, FactName, FactValue, Span
from matcher.pathways.load import areas
from matcher.pathways.truth import Truth

_FILE: Final = Path(__file__).with_name("golden.toml")


@dataclass(frozen=True)
class Case:
    """Facts, and what a rule answers for them."""

    facts: Mapping[FactName, FactValue]
    truth: Truth
    missing: tuple[FactName, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A condition as an area has it, with where it stands."""

    name: str
    condition: Condition
    cases: tuple[Case, ...]


@cache
def stated() -> tuple[Stated, ...]:
    """Every condition of every area with its golden cases."""
    return tuple(
        Stated(f"{area.name} {rule.version}", condition, _cases(area.name, rule.id))
        for area in areas()
        for rule, condition in conditions(area)
    )


def conditions(area: Area) -> Iterator[tuple[Rule, Condition]]:
    """Every rule of an area that has a condition, and the condition."""
    for rule in area.rules:
        match rule:
            case TargetRule() | InstrumentRule():
                yield rule, rule.when
            case RoutingRule(when=when) if when:
                yield rule, when
            case PhaseRule():
                yield rule, rule.begins


def _cases(area: str, id: str) -> tuple[Case, ...]:
    found = (
        entry
        for entry in tomllib.loads(_FILE.read_text("utf-8"))["rule"]
        if entry["id"] == id and area in entry.get("areas", [area])
    )
    return tuple(case for entry in found for case in _of(entry))


def _of(entry: dict[str, Any]) -> Iterator[Case]:
    for truth in Truth:
        for change in entry[truth.value]:
            told = {**entry["base"], **change}
            missing = tuple(sorted(map(FactName, told.pop("missing", ()))))
            facts = {FactName(name): _value(FactName(name), value) for name, value in told.items()}
            yield Case({n: v for n, v in facts.items() if n not in missing}, truth, missing)


def _value(name: FactName, value: Any) -> FactValue:
    known: FactValue = Span.exactly(value) if FACTS[name].kind is FactKind.NUMBER else value
    return known
