"""Lists of n-grams give the products of a matrix, and the best of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from matcher.encode.lexical import FEATURES, LexicalModel
from matcher.index.exact import ExactIndex
from matcher.index.letters import COMMON, Letters
from matcher.index.protocol import Hits
from matcher.index.segment import Segment
from tests.unit.index.test_segment import NONE, batch_of

#: N-grams that texts are made of; the first are in most of them.
_DRAWN = 40


def texts(n: int, rng: np.random.Generator) -> csr_matrix:
    """Counted n-grams of n texts, some without any."""
    often = 1 / np.arange(1, _DRAWN + 1)
    there = rng.random((n, _DRAWN)) < often * rng.integers(0, 3, (n, 1))
    rows, columns = np.nonzero(there)
    counts = rng.integers(1, 4, len(rows)).astype(np.float32)
    return csr_matrix((counts, (rows, columns * 7)), shape=(n, FEATURES))


def segment_of(counted: csr_matrix) -> tuple[Segment, LexicalModel]:
    lexical = LexicalModel.fit(counted)
    batch = batch_of(counted)
    return Segment(batch, ExactIndex(batch.pooled), lexical), lexical


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_partial_and_exact_products_are_those_of_the_matrix(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    counted = texts(n, rng)
    lexical = LexicalModel.fit(counted)
    letters, query = Letters.of(counted, lexical.idf), lexical.weigh(texts(1, rng))
    asking = letters.asking(query.data, query.indices)
    expected = (lexical.weigh(counted) @ query.T).toarray().ravel()
    np.testing.assert_allclose(asking.exact(np.arange(n)), expected, atol=1e-5)
    assert (asking.partial <= expected + 1e-5).all()
    assert (asking.partial + asking.slack() >= expected - 1e-5).all()


@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(0, 60))
def test_the_best_rows_are_those_of_all_products(seed: int, n: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    segment, lexical = segment_of(texts(n, rng))
    queries, dead = lexical.weigh(texts(3, rng)), rng.random(n) < 0.2
    k = min(k, int((~dead).sum()))
    products = segment.lexical_products(queries)
    products[:, dead] = -1
    hits = segment.search_lexical(queries, k, dead, NONE)
    check(hits, products, k)


def check(hits: Hits, products: np.ndarray, k: int) -> None:
    """The best scores, each with a row that has it, and no row twice."""
    best = -np.sort(-products, axis=1)[:, :k]
    np.testing.assert_allclose(hits.scores, best, atol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(products, hits.rows, 1), best, atol=1e-5)
    assert all(len(set(rows)) == k for rows in hits.rows.tolist())


def test_what_is_in_every_eighth_record_is_in_no_list() -> None:
    n = 32
    often = {3: 5, 4: 4}  # more than an eighth, and an eighth
    rows = [row for count in often.values() for row in range(count)]
    columns = [column for column, count in often.items() for _ in range(count)]
    ones = np.ones(len(rows), np.float32)
    letters = Letters.of(
        csr_matrix((ones, (rows, columns)), shape=(n, FEATURES)), np.ones(FEATURES, np.float32)
    )
    assert COMMON == 1 / 8
    assert (letters.numbers[3], letters.numbers[4], letters.numbers[5]) == (0, -1, -1)
    assert letters.rows.tolist() == [0, 1, 2, 3]
    assert letters.weights.tolist() == pytest.approx([0.5**0.5] * 4)
    assert letters.own_ends.tolist() == [0, 1, 2, 3, 4, 5, *[5] * 27]
    assert letters.norms[[0, 4, 5]].tolist() == pytest.approx([2**0.5, 1, 1])
