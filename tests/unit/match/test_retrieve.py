from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.lexical import LexicalModel, count_rows
from matcher.encode.protocol import Vectors
from matcher.index.corpus import Corpus
from matcher.match.retrieve import candidates
from tests.unit.match.samples import axis, batch, leaning


def with_words(vectors: list[Vectors], texts: list[str]) -> EncodedBatch:
    made = batch(*([] for _ in vectors), pooled=vectors)
    return replace(made, lexical=count_rows(texts))


OFFERS = with_words(
    [axis(0), leaning(0, 1, 0.9), axis(2), axis(3)],
    ["levyseppä", "asentaja", "hitsaaja", "opettaja"],
)
CORPUS = Corpus.of_batch(RecordKind.VACANCY, OFFERS, LexicalModel.fit(OFFERS.lexical))
QUERY = with_words([axis(0)], ["hitsaaja"])


def rows(query: EncodedBatch, k: int) -> list[list[int]]:
    return [found.tolist() for found in candidates(query, CORPUS, k)]


def test_near_in_meaning_and_same_in_letters_are_both_candidates() -> None:
    assert rows(QUERY, 1) == [[0, 2]]


def test_an_offer_that_both_searches_find_is_one_candidate_and_rows_ascend() -> None:
    both = with_words([axis(2)], ["hitsaaja"])
    assert rows(both, 1) == [[2]]
    assert rows(both, 4) == [[0, 1, 2, 3]]


def test_who_shares_an_occupation_is_a_candidate_however_it_is_worded() -> None:
    trades = Groups.likeliest(np.eye(4, dtype=np.float32)[:, :3])
    corpus = Corpus.of_batch(
        RecordKind.VACANCY, replace(OFFERS, groups=trades), LexicalModel.fit(OFFERS.lexical)
    )
    smith = replace(QUERY, groups=trades.take(np.array([1])))
    assert [found.tolist() for found in candidates(smith, corpus, 1)] == [[0, 1, 2]]
    nothing_known = replace(QUERY, groups=trades.take(np.array([3])))
    assert [found.tolist() for found in candidates(nothing_known, corpus, 1)] == [[0, 2]]


def test_half_as_many_are_looked_for_in_letters_and_in_occupation() -> None:
    trades = Groups.likeliest(np.array([[1, 1], [1, 1], [1, 1], [1, 0]], np.float32))
    corpus = Corpus.of_batch(
        RecordKind.VACANCY, replace(OFFERS, groups=trades), LexicalModel.fit(OFFERS.lexical)
    )
    query = replace(with_words([axis(0)], ["opettaja"]), groups=trades.take(np.array([2])))
    assert [found.tolist() for found in candidates(query, corpus, 2)] == [[0, 1, 3]]


def test_every_query_has_its_own_candidates() -> None:
    queries = with_words([axis(0), axis(3)], ["hitsaaja", "opettaja"])
    assert rows(queries, 1) == [[0, 2], [3]]


def test_more_neighbours_than_offers_means_all_of_them() -> None:
    assert rows(QUERY, 100) == [[0, 1, 2, 3]]


def test_an_empty_corpus_has_no_candidates() -> None:
    nobody = EncodedBatch.empty(4)
    empty = Corpus.of_batch(RecordKind.NEED, nobody, LexicalModel.fit(OFFERS.lexical))
    assert [found.tolist() for found in candidates(QUERY, empty, 3)] == [[]]


def test_no_queries_have_no_candidates() -> None:
    assert candidates(EncodedBatch.empty(4), CORPUS, 3) == []
