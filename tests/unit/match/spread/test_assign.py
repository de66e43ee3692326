from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.match.spread.assign import POSITIONS, Ranking, SpreadRule, capacities, spread
from matcher.match.spread.curve import figures, trade_off
from matcher.metrics.exposure import order_ndcg

OFFERS = ("a", "b", "c")


def three() -> list[Ranking]:
    """Three people who all like a best, then b, then c, but not equally much."""
    scores = {"p": (1.0, 0.99, 0.90), "q": (1.0, 0.95, 0.94), "r": (1.0, 0.91, 0.90)}
    return [Ranking(person, OFFERS, row) for person, row in scores.items()]


def firsts(rankings: list[Ranking], orders: list[tuple[int, ...]]) -> dict[str, str]:
    return {one.person: one.offers[order[0]] for one, order in zip(rankings, orders, strict=True)}


def test_three_people_and_three_offers_are_assigned_at_the_least_loss() -> None:
    # Of the six assignments a for r, b for p and c for q loses least: 0 + .01 + .06.
    orders = spread(three(), {}, SpreadRule(slack=0.2, multiple=1))
    assert firsts(three(), orders) == {"p": "b", "q": "c", "r": "a"}


def test_whom_nothing_nearly_equal_is_left_for_keeps_the_best() -> None:
    # Only p has an offer within 2 % of a; q and r keep a although it has room for one.
    orders = spread(three(), {}, SpreadRule(slack=0.02, multiple=1))
    assert firsts(three(), orders) == {"p": "b", "q": "a", "r": "a"}


def test_an_offer_with_more_places_may_come_first_more_often() -> None:
    # Three first positions, five places: a may come first 3 / 5 * 3 = 1.8 times, at most 1 ...
    rule = SpreadRule(slack=0.2, multiple=1)
    assert capacities(three(), {"a": 3}, rule, 1) == {"a": 1, "b": 1, "c": 1}
    # ... and with twice that, 3 times.
    rule = SpreadRule(slack=0.2, multiple=2)
    assert capacities(three(), {"a": 3, "b": None}, rule, 1) == {"a": 3, "b": 1, "c": 1}
    assert firsts(three(), spread(three(), {"a": 3}, rule)) == {"p": "a", "q": "a", "r": "a"}


def test_without_slack_only_equal_offers_change_places() -> None:
    equal = [Ranking("p", ("a", "b"), (0.5, 0.5)), Ranking("q", ("a", "b"), (0.5, 0.4))]
    orders = spread(equal, {}, SpreadRule(slack=0, multiple=1))
    assert firsts(equal, orders) == {"p": "b", "q": "a"}


def test_what_follows_the_first_positions_keeps_its_order() -> None:
    long = [
        Ranking(person, ("a", "b", "c", "d", "e"), (0.9, 0.8, 0.7, 0.6, 0.5)) for person in "pqr"
    ]
    for order in spread(long, {}, SpreadRule(slack=0.5, multiple=1)):
        assert list(order[POSITIONS:]) == sorted(order[POSITIONS:])


def test_empty_lists_stay_empty() -> None:
    assert spread([], {}, SpreadRule()) == []
    assert spread([Ranking("p", (), ())], {}, SpreadRule()) == [()]


@pytest.mark.parametrize("rule", [(1.0, 2.0), (-0.1, 2.0), (0.1, 0.0)])
def test_what_is_no_rule_is_refused(rule: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="make no rule"):
        SpreadRule(*rule)


def test_figures_of_a_spread_by_hand() -> None:
    rankings = three()
    before = figures(rankings, [(0, 1, 2)] * 3, {})
    assert (before.loss, before.moved, before.starving, before.gini) == (0, 0, 0, 0)
    assert (before.top_first, before.top_places) == (1, 1)
    points = trade_off(rankings, {}, [0, 0.2], multiple=1)
    assert [slack for slack, _ in points] == [0, 0.2]
    assert points[0][1].loss == 0
    assert 0 < points[1][1].loss <= points[1][1].worst <= 0.2


@st.composite
def regions(draw: st.DrawFn) -> list[Ranking]:
    names = [f"o{number}" for number in range(draw(st.integers(1, 8)))]
    rankings = []
    for person in range(draw(st.integers(0, 8))):
        offers = draw(st.lists(st.sampled_from(names), unique=True))
        scores = [draw(st.integers(1, 100)) / 100 for _ in offers]
        rankings.append(Ranking(f"p{person}", tuple(offers), tuple(sorted(scores, reverse=True))))
    return rankings


@given(regions(), st.sampled_from([0.0, 0.05, 0.3]), st.sampled_from([1.0, 2.0]))
@settings(max_examples=60, deadline=None)
def test_lists_are_permuted_lose_little_and_come_out_the_same_again(
    rankings: list[Ranking], slack: float, multiple: float
) -> None:
    rule = SpreadRule(slack, multiple)
    orders = spread(rankings, {}, rule)
    for ranking, order in zip(rankings, orders, strict=True):
        assert sorted(order) == list(range(len(ranking.offers)))
        for cut in (1, 3, 10):
            shown = [ranking.scores[place] for place in order]
            assert order_ndcg(shown, cut) >= 1 - slack - 1e-9
    assert spread(rankings, {}, rule) == orders


@given(regions())
@settings(max_examples=60, deadline=None)
def test_an_offer_comes_first_beyond_its_room_only_where_all_nearly_equal_ones_are_full(
    rankings: list[Ranking],
) -> None:
    rule = SpreadRule(slack=0.1, multiple=1)
    room = capacities([one for one in rankings if one.offers], {}, rule, 1)
    first = Counter[str]()
    for ranking, order in zip(rankings, spread(rankings, {}, rule), strict=True):
        if order:
            first[ranking.offers[order[0]]] += 1
    for ranking, order in zip(rankings, spread(rankings, {}, rule), strict=True):
        if order and first[ranking.offers[order[0]]] > room[ranking.offers[order[0]]]:
            near = [
                offer
                for offer, value in zip(ranking.offers, ranking.scores, strict=True)
                if value >= 0.9 * ranking.scores[0]
            ]
            assert all(first[offer] >= room[offer] for offer in near)
