from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import KEPT, Groups
from matcher.encode.lexical import FEATURES, count_rows
from matcher.encode.protocol import Vectors

LENGTHS = [2, 0, 3, 1]
WORDS = ["hitsaus", "", "siivous", "myynti"]


def batch(lengths: list[int] = LENGTHS, first: int = 0) -> EncodedBatch:
    """Return a batch in which every number tells where it came from."""
    total = sum(lengths)
    return EncodedBatch(
        ids=tuple(f"r{first + row}" for row in range(len(lengths))),
        hashes=tuple(f"h{first + row}" for row in range(len(lengths))),
        pooled=_numbered(len(lengths), first),
        phrases=_numbered(total, 10 * first),
        offsets=np.cumsum([0, *lengths]).astype(np.int64),
        roles=np.arange(total, dtype=np.uint8),
        weights=np.arange(total, dtype=np.float32),
        lexical=count_rows([WORDS[row % len(WORDS)] for row in range(len(lengths))]),
        groups=Groups(
            np.repeat(np.arange(first, first + len(lengths)), KEPT)
            .reshape(-1, KEPT)
            .astype(np.uint16),
            np.full((len(lengths), KEPT), 0.25, np.float32),
        ),
        openness=np.arange(first, first + len(lengths), dtype=np.float32),
    )


def _numbered(n: int, first: int) -> Vectors:
    return np.arange(first, first + n, dtype=np.float32)[:, None] * np.ones(3, np.float32)


def test_rows_are_taken_with_their_phrases_in_the_order_asked_for() -> None:
    taken = batch().take(np.array([2, 0, 2]))
    assert (taken.ids, taken.hashes) == (("r2", "r0", "r2"), ("h2", "h0", "h2"))
    assert taken.pooled[:, 0].tolist() == [2, 0, 2]
    assert taken.offsets.tolist() == [0, 3, 5, 8]
    assert taken.phrases[:, 0].tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert taken.roles.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert taken.weights.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert (taken.lexical != count_rows(["siivous", "hitsaus", "siivous"])).nnz == 0
    assert taken.groups.ids[:, 0].tolist() == [2, 0, 2]
    assert taken.openness.tolist() == [2, 0, 2]


def test_records_without_phrases_can_be_taken() -> None:
    taken = batch().take(np.array([1, 3, 1]))
    assert taken.offsets.tolist() == [0, 0, 1, 1]
    assert taken.phrases[:, 0].tolist() == [5]


def test_taking_nothing_gives_an_empty_batch() -> None:
    taken = batch().take(np.array([], np.int64))
    assert (len(taken), taken.phrases.shape, taken.offsets.tolist()) == (0, (0, 3), [0])


def test_batches_are_joined_one_after_another() -> None:
    joined = EncodedBatch.concatenate([batch([1, 2]), batch([2], first=7)])
    assert joined.ids == ("r0", "r1", "r7")
    assert joined.offsets.tolist() == [0, 1, 3, 5]
    assert joined.phrases[:, 0].tolist() == [0, 1, 2, 70, 71]
    assert joined.pooled[:, 0].tolist() == [0, 1, 7]
    assert joined.offsets.dtype == np.int64


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_empty_batch_joins_without_a_trace(place: int) -> None:
    parts = [batch([1, 2]), batch([2], first=7)]
    parts.insert(place, EncodedBatch.empty(3))
    joined = EncodedBatch.concatenate(parts)
    assert joined.offsets.tolist() == [0, 1, 3, 5]
    assert joined.lexical.shape == (3, FEATURES)


def test_an_empty_batch_has_the_dimension_it_was_given() -> None:
    empty = EncodedBatch.empty(5)
    assert (len(empty), empty.pooled.shape, empty.phrases.shape) == (0, (0, 5), (0, 5))
    assert empty.offsets.tolist() == [0]


@given(
    lengths=st.lists(st.integers(0, 4), min_size=1, max_size=8),
    cut=st.integers(0, 8),
)
def test_cutting_and_joining_gives_the_same_batch(lengths: list[int], cut: int) -> None:
    whole = batch(lengths)
    rows = np.arange(len(lengths))
    again = EncodedBatch.concatenate([whole.take(rows[:cut]), whole.take(rows[cut:])])
    assert again.ids == whole.ids
    np.testing.assert_array_equal(again.offsets, whole.offsets)
    np.testing.assert_array_equal(again.phrases, whole.phrases)
    np.testing.assert_array_equal(again.roles, whole.roles)
    assert (again.lexical != whole.lexical).nnz == 0
