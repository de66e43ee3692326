from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError
from matcher.metrics.suppression import SMALLEST_COUNT, hidden_groups

GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 10, "b": 20}, set()),
        # One small group: the next smallest hides it from subtraction.
        ({"a": 4, "b": 9, "c": 20}, {"a", "b"}),
        ({"a": 0, "b": 9, "c": 20}, {"a", "b"}),
        # Two small groups hide each other if they are five together.
        ({"a": 4, "b": 3, "c": 20}, {"a", "b"}),
        ({"a": 1, "b": 3, "c": 20}, {"a", "b", "c"}),
        ({"a": 2}, {"a"}),
    ],
)
def test_small_groups_and_those_that_would_tell_of_them_are_hidden(
    counts: dict[str, int], hidden: set[str]
) -> None:
    assert hidden_groups(counts) == hidden


@pytest.mark.parametrize(
    ("counts", "wholes", "hidden"),
    [
        ({"a": 6, "b": 10}, {"a": 20, "b": 30}, set()),
        # Eight of ten found work: two did not, and one could tell who.
        ({"a": 8, "b": 10, "c": 12}, {"a": 10, "b": 30, "c": 30}, {"a", "b"}),
        ({"a": 10, "b": 10, "c": 12}, {"a": 10, "b": 30, "c": 30}, {"a", "b"}),
    ],
)
def test_a_part_that_leaves_few_others_is_hidden(
    counts: dict[str, int], wholes: dict[str, int], hidden: set[str]
) -> None:
    assert hidden_groups(counts, wholes) == hidden


@given(GROUPS)
def test_nothing_small_is_shown_or_left_by_subtraction(counts: dict[str, int]) -> None:
    hidden = hidden_groups(counts)
    assert all(n >= SMALLEST_COUNT for name, n in counts.items() if name not in hidden)
    shown = counts.keys() - hidden
    if hidden and shown:
        assert len(hidden) > 1
        assert sum(counts[name] for name in hidden) >= SMALLEST_COUNT


@given(GROUPS)
def test_what_is_large_enough_is_shown_if_nothing_is_small(counts: dict[str, int]) -> None:
    if min(counts.values()) >= SMALLEST_COUNT:
        assert hidden_groups(counts) == frozenset()


@pytest.mark.parametrize(("counts", "wholes"), [({"a": -1}, None), ({"a": 6}, {"a": 5})])
def test_impossible_counts_are_refused(
    counts: dict[str, int], wholes: dict[str, int] | None
) -> None:
    with pytest.raises(InputError, match="which cannot be"):
        hidden_groups(counts, wholes)
