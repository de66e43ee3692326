"""One query against many records, in levels and lists, finds what looking at all of them does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from matcher.encode.batch import EncodedBatch
from matcher.encode.lexical import FEATURES, LexicalModel
from matcher.encode.protocol import Vectors
from matcher.errors import InputError
from matcher.index.bounded import NO_FLOOR
from matcher.index.exact import ExactIndex
from matcher.index.levels import Levels
from matcher.index.segment import Segment
from tests.contract.test_index import random_unit

DIMENSION = 24
#: Of three queries.
NONE = np.full(3, NO_FLOOR)


def batch_of(counted: csr_matrix, pooled: Vectors | None = None) -> EncodedBatch:
    """Records of which only n-grams and vectors are told."""
    n = counted.shape[0]
    return replace(
        EncodedBatch.empty(DIMENSION),
        ids=tuple(f"v{row}" for row in range(n)),
        pooled=np.zeros((n, DIMENSION), np.float32) if pooled is None else pooled,
        lexical=counted,
    )


def segment_of(pooled: Vectors) -> Segment:
    batch = batch_of(csr_matrix((len(pooled), FEATURES), dtype=np.float32), pooled)
    return Segment(batch, ExactIndex(pooled), LexicalModel(np.ones(FEATURES, np.float32)))


@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(0, 200), st.integers(1, 4))
def test_the_nearest_are_those_of_the_exact_index_to_the_last_bit(
    seed: int, n: int, k: int, copies: int
) -> None:
    rng = np.random.default_rng(seed)
    pooled = np.repeat(random_unit(n, DIMENSION, seed), copies, axis=0)
    dead = rng.random(len(pooled)) < 0.2
    alive, queries = np.flatnonzero(~dead), random_unit(3, DIMENSION, seed + 1)
    k = min(k, len(alive))
    expected = ExactIndex(pooled[alive]).search(queries, k)
    hits = segment_of(pooled).search(queries, k, dead, NONE)
    assert hits.rows.tolist() == alive[expected.rows].tolist()
    np.testing.assert_array_equal(hits.scores, expected.scores)


def test_levels_tell_how_far_off_they_are_at_most() -> None:
    vectors, queries = random_unit(500, DIMENSION, 1), random_unit(20, DIMENSION, 2)
    levels = Levels.of(vectors)
    for query in queries:
        off = np.abs(levels.products(query) - vectors @ query)
        assert (off <= levels.errors + 1e-6).all()
    assert levels.errors.max() < 0.02


def test_a_row_of_nothing_has_levels_of_nothing() -> None:
    levels = Levels.of(np.zeros((1, DIMENSION), np.float32))
    assert (levels.levels.tolist(), levels.errors.tolist()) == ([[0] * DIMENSION], [0.0])


def test_a_query_of_another_dimension_is_refused() -> None:
    none = np.zeros(2, np.bool_)
    with pytest.raises(InputError, match="do not fit an index of dimension 24"):
        segment_of(random_unit(2, DIMENSION, 1)).search(random_unit(1, 7, 1), 1, none, NONE[:1])


@given(st.integers(0, 2**32 - 1), st.integers(1, 99), st.integers(1, 99), st.floats(-1, 1))
def test_with_a_floor_all_that_reach_it_are_found(seed: int, n: int, k: int, floor: float) -> None:
    pooled, [query] = random_unit(n, DIMENSION, seed), random_unit(1, DIMENSION, seed + 1)
    least, k = np.float32(floor), min(k, n)
    expected = ExactIndex(pooled).search(query[None], k)
    alive = np.zeros(n, np.bool_)
    hits = segment_of(pooled).search(query[None], k, alive, np.full(1, least))
    reach = expected.scores >= least
    assert hits.scores[reach].tolist() == expected.scores[reach].tolist()
    assert hits.rows[reach].tolist() == expected.rows[reach].tolist()
    assert (hits.scores[~reach] < least).all()
