from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.lexical import LexicalModel
from matcher.encode.protocol import Vectors
from matcher.encode.text import PhraseRole
from matcher.index.blend import NOT_FOUND, OCCUPATION, by_group
from matcher.index.corpus import Corpus
from matcher.index.protocol import Among
from tests.unit.match.samples import DIMENSION, Said, axis, batch
from tests.unit.tables import group_table

LEXICAL = LexicalModel(np.ones(2**18, np.float32))


def records(n: int, rng: np.random.Generator, copies: int = 1) -> EncodedBatch:
    """Records with random vectors and groups, each so many times."""
    pooled = rng.standard_normal((n, DIMENSION)).astype(np.float32)
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
    groups = Groups.likeliest(rng.random((n, 20)).astype(np.float32) ** 8)
    whole = batch(*([[Said(PhraseRole.TITLE, axis(0))]] * n), pooled=list(pooled), groups=groups)
    return whole.take(np.repeat(np.arange(n), copies))


def scores(queries: EncodedBatch, corpus: EncodedBatch) -> Vectors:
    """The score of every pair, in double precision."""
    near = queries.pooled.astype(np.float64) @ corpus.pooled.astype(np.float64).T
    alike = group_table(queries.groups) @ group_table(corpus.groups).T
    every: Vectors = (near + float(OCCUPATION) * alike).astype(np.float32)
    return every


def of(rows: EncodedBatch) -> Corpus:
    named = [f"v{row}" for row in range(len(rows))]
    return Corpus.of_batch(RecordKind.VACANCY, _named(rows, named), LEXICAL)


def _named(rows: EncodedBatch, ids: list[str]) -> EncodedBatch:
    return EncodedBatch(
        tuple(ids),
        rows.hashes,
        rows.pooled,
        rows.phrases,
        rows.offsets,
        rows.roles,
        rows.weights,
        rows.lexical,
        rows.groups,
        rows.openness,
    )


def test_records_stand_under_each_of_their_groups_in_their_order() -> None:
    groups = Groups.likeliest(np.array([[3, 4, 0], [4, 3, 0], [0, 0, 0], [0, 0, 1]], np.float32))
    starts, rows, shares = by_group(groups)
    table = np.zeros_like(group_table(groups))
    for group in range(3):
        there = slice(starts[group], starts[group + 1])
        assert rows[there].tolist() == sorted(rows[there].tolist())
        table[rows[there], group] = shares[there]
    np.testing.assert_array_equal(table, group_table(groups))
    assert starts[-1] == 5
    assert [len(one) for one in by_group(Groups.unknown(2))[1:]] == [0, 0]


@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(1, 70), st.integers(1, 3))
def test_the_best_rows_are_those_of_all_scores_in_double_precision(
    seed: int, n: int, k: int, copies: int
) -> None:
    rng = np.random.default_rng(seed)
    rows, queries = records(n, rng, copies), records(5, rng)
    hits = of(rows).search_blend(queries, k)
    every = scores(queries, rows)
    expected = np.argsort(-every, axis=1, kind="stable")[:, :k]
    assert hits.rows.tolist() == expected.tolist()
    assert hits.scores == pytest.approx(np.take_along_axis(every, expected, axis=1), abs=1e-6)


def test_a_query_finds_the_same_alone_and_among_many() -> None:
    rng = np.random.default_rng(1)
    corpus, queries = of(records(500, rng, 2)), records(40, rng)
    together = corpus.search_blend(queries, 30)
    for query in range(len(queries)):
        alone = corpus.search_blend(queries.rows(query, query + 1), 30)
        assert alone.rows[0].tolist() == together.rows[query].tolist()
        assert alone.scores[0].tolist() == together.scores[query].tolist()


def test_what_changed_is_found_where_it_belongs_and_what_is_gone_is_not() -> None:
    rng = np.random.default_rng(2)
    rows, queries = records(200, rng), records(3, rng)
    first = of(rows).search_blend(queries, 200)
    best = int(first.rows[0, 0])
    moved = _named(rows.take(np.array([best])), ["v-new"])
    after = of(rows).changed(moved, [f"v{best}"])
    found = after.search_blend(queries, 200)
    assert after.ids_of(found.rows[0])[0] == "v-new"
    assert f"v{best}" not in after.ids_of(found.rows.ravel())
    assert found.scores[0].tolist() == first.scores[0].tolist()


def test_nobody_asks_and_nothing_is_there() -> None:
    rng = np.random.default_rng(3)
    assert of(records(4, rng)).search_blend(records(0, rng), 2).rows.shape == (0, 2)
    assert of(records(0, rng)).search_blend(records(2, rng), 5).rows.shape == (2, 0)


@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 30), st.floats(0, 1))
def test_among_some_rows_the_best_of_these_are_found_and_no_others(
    seed: int, n: int, k: int, share: float
) -> None:
    rng = np.random.default_rng(seed)
    rows, queries = records(n, rng), records(6, rng)
    # Of three sorts of queries one may find nothing, and one all.
    open_ = np.stack([np.zeros(n, np.bool_), np.ones(n, np.bool_), rng.random(n) < share])
    whose = rng.integers(0, 3, 6)
    hits = of(rows).search_blend(queries, k, Among(open_, whose))
    every = scores(queries, rows)
    for query, sort in enumerate(whose):
        allowed = np.flatnonzero(open_[sort])
        expected = allowed[np.argsort(-every[query, allowed], kind="stable")][:k]
        found = hits.rows[query][hits.scores[query] > NOT_FOUND]
        assert found.tolist() == expected.tolist()


def test_what_changed_is_found_among_some_rows_too() -> None:
    rng = np.random.default_rng(4)
    rows, queries = records(20, rng), records(1, rng)
    corpus = of(rows).changed(_named(rows.take(np.array([7])), ["v-new"]), ["v3"])
    open_ = np.zeros((1, 20), np.bool_)
    open_[0, [3, 5]] = True
    hits = corpus.search_blend(queries, 10, Among(open_, np.zeros(1, np.int64)))
    found = hits.rows[0][hits.scores[0] > NOT_FOUND]
    assert sorted(corpus.ids_of(found)) == ["v-new", "v5"]
