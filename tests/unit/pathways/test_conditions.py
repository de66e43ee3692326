from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.pathways.conditions import (
    All,
    Any,
    Bound,
    CodeIs,
    Condition,
    Facts,
    FlagIs,
    Not,
    NumberIs,
    comparisons,
    evaluate,
)
from matcher.pathways.factnames import FACTS, FactKind, FactName, FactValue, Span
from matcher.pathways.load import areas
from matcher.pathways.truth import Truth, Verdict

AGE, BENEFIT = FactName.AGE, FactName.BENEFIT
YOUNG = NumberIs(AGE, Bound.BELOW, 30)
IMMIGRANT = FlagIs(FactName.IMMIGRANT, True)
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def flag_fact(truth: Truth) -> Facts:
    return {} if truth is UNKNOWN else {FactName.IMMIGRANT: truth is YES}


def age_fact(truth: Truth) -> Facts:
    return {} if truth is UNKNOWN else {AGE: Span.exactly(29 if truth is YES else 30)}


@pytest.mark.parametrize(("one", "other"), list(product(Truth, repeat=2)))
def test_all_and_any_follow_kleenes_tables(one: Truth, other: Truth) -> None:
    facts = {**flag_fact(one), **age_fact(other)}
    order = (NO, UNKNOWN, YES)
    least, most = sorted((one, other), key=order.index)
    assert evaluate(All((IMMIGRANT, YOUNG)), facts).truth is least
    assert evaluate(Any((IMMIGRANT, YOUNG)), facts).truth is most


@pytest.mark.parametrize(("one", "other"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_not_turns_yes_and_no_and_leaves_unknown(one: Truth, other: Truth) -> None:
    assert evaluate(Not(IMMIGRANT), flag_fact(one)).truth is other


def test_unknown_names_the_missing_facts_and_only_those() -> None:
    verdict = evaluate(All((YOUNG, IMMIGRANT, CodeIs(BENEFIT, ("basic",)))), {BENEFIT: "basic"})
    assert verdict == Verdict(UNKNOWN, (AGE, FactName.IMMIGRANT))
    assert verdict.missing == (AGE, FactName.IMMIGRANT)
    assert verdict.because == ()


def test_a_no_names_the_facts_that_decided() -> None:
    verdict = evaluate(All((YOUNG, IMMIGRANT)), {AGE: Span.exactly(30)})
    assert verdict == Verdict(NO, (AGE,))
    assert (verdict.because, verdict.missing) == ((AGE,), ())


@pytest.mark.parametrize(
    ("bound", "low", "high", "truth"),
    [
        (Bound.BELOW, 498, 499, YES),
        (Bound.BELOW, 499, 500, UNKNOWN),
        (Bound.BELOW, 500, 501, NO),
        (Bound.AT_LEAST, 500, 500, YES),
        (Bound.AT_LEAST, 499, 500, UNKNOWN),
        (Bound.AT_LEAST, 498, 499, NO),
    ],
)
def test_a_number_known_by_bounds_decides_only_if_both_agree(
    bound: Bound, low: float, high: float, truth: Truth
) -> None:
    rule = NumberIs(FactName.BENEFIT_DAYS, bound, 500)
    assert evaluate(rule, {FactName.BENEFIT_DAYS: Span(low, high)}).truth is truth


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(InputError, match="age cannot be compared"):
        evaluate(YOUNG, {AGE: True})


def values(name: FactName) -> st.SearchStrategy[FactValue]:
    spec = FACTS[name]
    match spec.kind:
        case FactKind.FLAG:
            return st.booleans()
        case FactKind.NUMBER:
            return st.integers(0, 1100).map(Span.exactly)
        case FactKind.CODE:
            return st.sampled_from(sorted(spec.codes))
        case FactKind.MUNICIPALITY:
            return st.sampled_from(["564", "837", "091"])


#: One or two of every kind; more would only take longer.
NAMES = (AGE, FactName.BENEFIT_DAYS, FactName.IMMIGRANT, FactName.UNEMPLOYED, BENEFIT)
FACT_SETS = st.fixed_dictionaries({}, optional={name: values(name) for name in NAMES})
ALL_FACT_SETS = st.fixed_dictionaries({}, optional={name: values(name) for name in FactName})


def leaf(name: FactName) -> st.SearchStrategy[Condition]:
    spec = FACTS[name]
    match spec.kind:
        case FactKind.FLAG:
            return st.builds(FlagIs, st.just(name), st.booleans())
        case FactKind.NUMBER:
            return st.builds(
                NumberIs, st.just(name), st.sampled_from(Bound), st.integers(0, 1100).map(float)
            )
        case _:
            codes = sorted(spec.codes) or ["564", "837", "091"]
            chosen = st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
            return st.builds(CodeIs, st.just(name), chosen)


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.one_of([leaf(name) for name in NAMES]),
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@given(condition=CONDITIONS, facts=FACT_SETS, more=FACT_SETS)
def test_learning_a_fact_never_overturns_an_answer(
    condition: Condition, facts: dict[FactName, FactValue], more: dict[FactName, FactValue]
) -> None:
    before = evaluate(condition, facts)
    after = evaluate(condition, {**more, **facts})
    assert before.truth in (UNKNOWN, after.truth)


@given(condition=CONDITIONS, facts=FACT_SETS)
def test_what_is_missing_is_asked_for_and_not_told(
    condition: Condition, facts: dict[FactName, FactValue]
) -> None:
    verdict = evaluate(condition, facts)
    asked = {each.fact for each in comparisons(condition)}
    assert set(verdict.facts) <= asked
    assert set(verdict.missing) & set(facts) == set()
    assert (verdict.missing == ()) is (verdict.truth is not UNKNOWN)


@given(condition=CONDITIONS, facts=FACT_SETS)
def test_the_opposite_of_all_is_any_of_the_opposites(
    condition: Condition, facts: dict[FactName, FactValue]
) -> None:
    parts = (condition, IMMIGRANT, YOUNG)
    opposites = Any(tuple(Not(part) for part in parts))
    assert evaluate(Not(All(parts)), facts) == evaluate(opposites, facts)


#: Every condition of every area, once.
RULES = list(
    dict.fromkeys(
        condition
        for area in areas()
        for condition in (
            *(rule.when for rule in area.target),
            *(rule.when for rule in area.routing if rule.when),
            *(rule.begins for rule in area.phases),
            *(rule.when for rule in area.instruments),
        )
    )
)


@given(facts=ALL_FACT_SETS)
def test_no_rule_of_an_area_fails_on_any_facts(facts: dict[FactName, FactValue]) -> None:
    for condition in RULES:
        verdict = evaluate(condition, facts)
        assert set(verdict.missing) & set(facts) == set()
