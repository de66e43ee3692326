"""The rules answer the golden cases, and the golden cases notice every change to a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from matcher.pathways.conditions import (
    All,
    Any,
    Bound,
    CodeIs,
    Condition,
    FlagIs,
    Not,
    NumberIs,
    evaluate,
)
from matcher.pathways.factnames import FactName
from tests.unit.pathways.golden import Stated, stated

AGE = FactName.AGE


def mutants(condition: Condition) -> Iterator[Condition]:
    """Every condition that differs by one change: a comparison turned or moved, a join swapped."""
    match condition:
        case FlagIs(fact, value):
            yield FlagIs(fact, not value)
        case NumberIs(fact, bound, limit):
            other = Bound.AT_LEAST if bound is Bound.BELOW else Bound.BELOW
            yield NumberIs(fact, other, limit)
            yield from (NumberIs(fact, bound, limit + step) for step in (-1, 1))
        case CodeIs(fact, codes):
            yield Not(condition)
            if len(codes) > 1:
                yield from (
                    CodeIs(fact, tuple(each for each in codes if each != code)) for code in codes
                )
        case Not(part):
            yield part
            yield from (Not(each) for each in mutants(part))
        case All(parts) | Any(parts):
            if len(parts) > 1:
                yield Any(parts) if isinstance(condition, All) else All(parts)
            for i, part in enumerate(parts):
                for each in mutants(part):
                    yield replace(condition, parts=(*parts[:i], each, *parts[i + 1 :]))


def caught(mutant: Condition, rule: Stated) -> bool:
    return any(evaluate(mutant, case.facts).truth is not case.truth for case in rule.cases)


@pytest.mark.parametrize("rule", stated(), ids=lambda rule: rule.name)
def test_a_rule_answers_its_golden_cases(rule: Stated) -> None:
    assert rule.cases, "add cases to tests/unit/pathways/golden.toml"
    for case in rule.cases:
        verdict = evaluate(rule.condition, case.facts)
        assert (verdict.truth, verdict.missing) == (case.truth, case.missing), case


@pytest.mark.parametrize("rule", stated(), ids=lambda rule: rule.name)
def test_the_golden_cases_notice_every_turned_comparison(rule: Stated) -> None:
    unnoticed = [mutant for mutant in mutants(rule.condition) if not caught(mutant, rule)]
    assert unnoticed == []


def test_a_rule_is_changed_in_each_of_its_places() -> None:
    young = NumberIs(AGE, Bound.BELOW, 30)
    paid = CodeIs(FactName.BENEFIT, ("basic", "none"))
    rule = All((young, Not(paid)))
    assert list(mutants(rule)) == [
        Any(rule.parts),
        All((NumberIs(AGE, Bound.AT_LEAST, 30), Not(paid))),
        All((NumberIs(AGE, Bound.BELOW, 29), Not(paid))),
        All((NumberIs(AGE, Bound.BELOW, 31), Not(paid))),
        All((young, paid)),
        All((young, Not(Not(paid)))),
        All((young, Not(CodeIs(FactName.BENEFIT, ("none",))))),
        All((young, Not(CodeIs(FactName.BENEFIT, ("basic",))))),
    ]


def test_a_case_that_says_too_little_lets_a_change_pass() -> None:
    rule = next(each for each in stated() if each.name.startswith("oulu-2021 target"))
    thin = replace(rule, cases=rule.cases[:1])
    assert [mutant for mutant in mutants(rule.condition) if not caught(mutant, thin)] != []
