from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.match.spread.assign import Ranking, SpreadRule, spread
from matcher.match.spread.bounded import MOST_LOST, spread_within
from matcher.match.spread.curve import losses

#: Everybody's best offer is the same, and the others are less than half as good.
CROWDED = [
    Ranking(f"p{n}", ("a", *(f"o{(n + i) % 40}" for i in range(5))), (1.0, *[0.4] * 5))
    for n in range(40)
]
WIDE = SpreadRule(slack=0.7, multiple=1)


def test_a_rule_that_loses_little_is_applied_as_it_is() -> None:
    found = spread_within(CROWDED, {"a": 40}, SpreadRule())
    assert (found.slack, found.orders) == (0.1, spread(CROWDED, {"a": 40}, SpreadRule()))
    assert found.loss == 0


def test_where_a_rule_loses_too_much_the_slack_is_lowered_until_it_does_not() -> None:
    wide = losses(CROWDED, spread(CROWDED, {}, WIDE))
    assert sum(wide) / len(wide) > MOST_LOST
    found = spread_within(CROWDED, {}, WIDE)
    # Nobody can leave the best offer with a slack below three fifths.
    assert 0.58 < found.slack < 0.6
    assert found.loss == 0
    assert found.orders == spread(CROWDED, {}, SpreadRule(found.slack, 1))


def test_without_any_loss_allowed_only_equal_offers_change_places() -> None:
    found = spread_within(CROWDED, {}, WIDE, most_lost=0)
    assert [order[0] for order in found.orders] == [0] * len(CROWDED)
    assert found.loss == 0


@pytest.mark.parametrize("bound", [-0.01, 1.0])
def test_what_is_no_bound_is_refused(bound: float) -> None:
    with pytest.raises(InputError, match="is no bound"):
        spread_within(CROWDED, {}, WIDE, most_lost=bound)


@st.composite
def regions(draw: st.DrawFn) -> list[Ranking]:
    names = [f"o{number}" for number in range(draw(st.integers(1, 6)))]
    people = []
    for person in range(draw(st.integers(1, 8))):
        scores = [draw(st.integers(1, 100)) / 100 for _ in names]
        people.append(Ranking(f"p{person}", tuple(names), tuple(sorted(scores, reverse=True))))
    return people


@given(regions(), st.sampled_from([0.0, 0.01, 0.05]), st.sampled_from([0.1, 0.5, 0.9]))
@settings(max_examples=60, deadline=None)
def test_the_bound_holds_whatever_the_region_and_again_in_the_same_way(
    rankings: list[Ranking], most_lost: float, slack: float
) -> None:
    found = spread_within(rankings, {}, SpreadRule(slack, 1), most_lost)
    measured = losses(rankings, found.orders)
    assert sum(measured) / len(measured) <= most_lost + 1e-12
    assert found.loss == pytest.approx(sum(measured) / len(measured))
    assert spread_within(rankings, {}, SpreadRule(slack, 1), most_lost) == found
