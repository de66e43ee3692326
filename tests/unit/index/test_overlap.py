from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array

from matcher.index.overlap import arrays_of, pair_products


def sparse(rows: int, rng: np.random.Generator) -> csr_matrix:
    made = random_array((rows, 50), density=0.2, rng=rng, dtype=np.float32)
    return csr_matrix(made)


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6))
def test_each_pair_has_the_product_of_its_two_rows(seed: int, queries: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    asking, asked = sparse(queries, rng), sparse(rows, rng)
    query, row = rng.integers(0, queries, 20), rng.integers(0, rows, 20)
    expected = (asking @ asked.T).toarray()[query, row]
    assert pair_products(asking, arrays_of(asked), 50, query, row) == pytest.approx(
        expected, abs=1e-5
    )


def test_no_pairs_have_no_products() -> None:
    rng = np.random.default_rng(0)
    none = np.zeros(0, np.int64)
    assert pair_products(sparse(2, rng), arrays_of(sparse(2, rng)), 50, none, none).shape == (0,)
