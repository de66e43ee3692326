"""One suite of rules that every index must keep."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encode.protocol import Vectors
from matcher.errors import InputError
from matcher.index.exact import ExactIndex
from matcher.index.faiss_index import FaissIndex
from matcher.index.protocol import Index

Build = Callable[[Vectors], Index]

BUILDS: dict[str, Build] = {"exact": ExactIndex, "faiss": FaissIndex.of}


@pytest.fixture(params=list(BUILDS))
def build(request: pytest.FixtureRequest) -> Build:
    return BUILDS[request.param]


def unit(rows: list[list[float]]) -> Vectors:
    vectors = np.array(rows, np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def random_unit(n: int, dimension: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((n, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


AXES = unit([[1, 0], [0, 1], [3, 4], [-1, 0]])


def test_rows_come_by_falling_inner_product(build: Build) -> None:
    hits = build(AXES).search(unit([[1, 0]]), 4)
    assert hits.rows.tolist() == [[0, 2, 1, 3]]
    np.testing.assert_allclose(hits.scores, [[1.0, 0.6, 0.0, -1.0]], atol=1e-7)


def test_answer_has_int64_rows_and_float32_scores(build: Build) -> None:
    hits = build(AXES).search(AXES, 2)
    assert (hits.rows.dtype.name, hits.scores.dtype.name) == ("int64", "float32")


def test_size_dimension_and_vectors_are_those_it_was_built_from(build: Build) -> None:
    index = build(AXES)
    assert (index.size, index.dimension) == (4, 2)
    np.testing.assert_array_equal(index.vectors, AXES)


def test_ties_are_ordered_by_row(build: Build) -> None:
    index = build(np.repeat(unit([[0, 1], [1, 0]]), 3, axis=0))
    assert index.search(unit([[1, 0]]), 6).rows.tolist() == [[3, 4, 5, 0, 1, 2]]


@pytest.mark.parametrize("copies", [5, 40, 500])
def test_ties_are_ordered_by_row_also_at_the_cut(build: Build, copies: int) -> None:
    filler = random_unit(7, 24, seed=1)
    wanted = random_unit(1, 24, seed=2)
    vectors = np.concatenate([filler, np.repeat(wanted, copies, axis=0)])
    assert build(vectors).search(wanted, 3).rows.tolist() == [[7, 8, 9]]


def test_copies_scattered_over_the_rows_score_alike(build: Build) -> None:
    vectors = random_unit(1_001, 37, seed=3)
    places = [0, 3, 17, 64, 500, 999, 1_000]
    vectors[places] = vectors[0]
    hits = build(vectors).search(random_unit(1, 37, seed=4) + 2 * vectors[:1], 7)
    assert hits.rows.tolist() == [places]
    assert len(set(hits.scores[0].tolist())) == 1


def test_k_beyond_the_size_returns_everything_once(build: Build) -> None:
    hits = build(AXES).search(unit([[0, -1]]), 99)
    assert hits.rows.tolist() == [[0, 3, 2, 1]]
    np.testing.assert_allclose(hits.scores, [[0.0, 0.0, -0.8, -1.0]], atol=1e-7)


def test_empty_index_answers_with_no_columns(build: Build) -> None:
    hits = build(np.empty((0, 2), np.float32)).search(AXES, 5)
    assert (hits.rows.shape, hits.scores.shape) == ((4, 0), (4, 0))


def test_no_queries_get_no_rows(build: Build) -> None:
    assert build(AXES).search(np.empty((0, 2), np.float32), 3).rows.shape == (0, 3)


def test_k_of_zero_returns_no_columns(build: Build) -> None:
    assert build(AXES).search(AXES, 0).rows.shape == (4, 0)


def test_a_query_gets_the_same_answer_alone_as_in_a_batch(build: Build) -> None:
    index = build(random_unit(700, 48, seed=5))
    queries = random_unit(65, 48, seed=6)
    together = index.search(queries, 20)
    for row, query in enumerate(queries):
        alone = index.search(query[None], 20)
        np.testing.assert_array_equal(alone.rows[0], together.rows[row])
        np.testing.assert_array_equal(alone.scores[0], together.scores[row])


def test_another_dimension_is_refused_with_both_numbers(build: Build) -> None:
    with pytest.raises(InputError, match=r"shape \(1, 3\) do not fit an index of dimension 2"):
        build(AXES).search(np.ones((1, 3), np.float32), 1)


def test_a_single_vector_is_refused_because_queries_are_batches(build: Build) -> None:
    with pytest.raises(InputError, match=r"shape \(2,\)"):
        build(AXES).search(np.ones(2, np.float32), 1)


def test_numbers_that_are_not_finite_are_refused(build: Build) -> None:
    with pytest.raises(InputError, match="not finite"):
        build(AXES).search(np.array([[np.nan, 0]], np.float32), 1)


def test_a_negative_k_is_refused(build: Build) -> None:
    with pytest.raises(InputError, match="k is -1"):
        build(AXES).search(AXES, -1)


@given(
    n=st.integers(1, 60),
    dimension=st.integers(1, 12),
    k=st.integers(1, 70),
    distinct=st.integers(1, 60),
    seed=st.integers(0, 2**16),
)
def test_both_indexes_agree_to_the_last_bit_with_double_precision(
    n: int, dimension: int, k: int, distinct: int, seed: int
) -> None:
    pool = random_unit(distinct, dimension, seed)
    rng = np.random.default_rng(seed)
    vectors, queries = pool[rng.integers(0, distinct, n)], random_unit(3, dimension, seed + 1)
    scores = np.einsum("nd,qd->qn", vectors, queries, dtype=np.float64).astype(np.float32)
    rows = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    for make in BUILDS.values():
        hits = make(vectors).search(queries, k)
        np.testing.assert_array_equal(hits.rows, rows)
        np.testing.assert_array_equal(hits.scores, np.take_along_axis(scores, rows, axis=1))
