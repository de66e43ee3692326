from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack

from matcher.domain.kinds import RecordKind
from matcher.encode.batch import EncodedBatch
from matcher.encode.groups import Groups
from matcher.encode.lexical import LexicalModel, count_rows
from matcher.encode.records import RecordEncoder
from matcher.index.corpus import Corpus
from tests.fakes import FakeEncoder
from tests.unit.index import samples

RECORDS = RecordEncoder(FakeEncoder())
VACANCIES = RECORDS.encode_offers(samples.VACANCIES)
LEXICAL = LexicalModel.fit(VACANCIES.lexical)
QUERY = RECORDS.encoder.encode(["trukkikortti ja keräily varastossa", "lähihoitaja"])


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.of_batch(RecordKind.VACANCY, VACANCIES, LEXICAL)


def _lexical_rows(batch: EncodedBatch) -> list[tuple[str, csr_matrix]]:
    return list(zip(batch.ids, LEXICAL.weigh(batch.lexical), strict=True))


def found(corpus: Corpus, k: int) -> list[list[str]]:
    return [corpus.ids_of(rows) for rows in corpus.search(QUERY, k).rows]


NEW = RECORDS.encode_offers(
    [
        samples.vacancy("v4", "Trukinkuljettaja", "trukkikortti", "keräily varastossa"),
        samples.vacancy("v2", "Lähihoitaja"),
    ]
)


def changed(corpus: Corpus, *removed: str) -> Corpus:
    return corpus.changed(NEW, removed)


def test_the_records_nearest_in_meaning_come_first(corpus: Corpus) -> None:
    assert [ids[0] for ids in found(corpus, 3)] == ["v1", "v3"]


def test_added_records_are_found_and_changed_ones_found_as_they_are_now(corpus: Corpus) -> None:
    after = changed(corpus)
    assert after.size == 4
    assert [ids[0] for ids in found(after, 4)] == ["v4", "v2"]
    assert sorted(found(after, 9)[0]) == ["v1", "v2", "v3", "v4"]


def test_removed_records_are_never_found(corpus: Corpus) -> None:
    after = changed(corpus, "v1", "v3")
    assert after.size == 2
    assert [sorted(ids) for ids in found(after, 9)] == [["v2", "v4"], ["v2", "v4"]]
    assert (after.row_of("v1"), after.row_of("v3")) == (None, None)


def test_a_removed_record_can_come_back(corpus: Corpus) -> None:
    after = corpus.changed(EncodedBatch.empty(32), ["v1"]).changed(VACANCIES.take(_rows(0)), [])
    assert after.size == 3
    assert found(after, 1)[0] == ["v1"]


def test_a_record_changed_twice_is_there_once(corpus: Corpus) -> None:
    after = changed(changed(corpus))
    assert sorted(found(after, 9)[0]) == ["v1", "v2", "v3", "v4"]
    assert changed(after, "v4").row_of("v4") is not None
    assert after.changed(EncodedBatch.empty(32), ["v4"]).row_of("v4") is None


def test_a_record_that_lost_its_words_is_no_longer_found(corpus: Corpus) -> None:
    after = corpus.changed(RECORDS.encode_offers([samples.vacancy("v1", "")]), [])
    assert sorted(found(after, 9)[0]) == ["v2", "v3"]


def test_the_corpus_before_a_change_stays_as_it_was(corpus: Corpus) -> None:
    before = found(corpus, 9)
    changed(corpus, "v1")
    assert found(corpus, 9) == before
    assert corpus.size == 3


def test_scores_are_those_of_one_index_over_the_living_records(corpus: Corpus) -> None:
    after = changed(corpus, "v3")
    whole = after.take(np.array([after.row_of(id) for id in ("v1", "v2", "v4")]))
    expected = np.sort(QUERY @ whole.pooled.T, axis=1)[:, ::-1]
    np.testing.assert_allclose(after.search(QUERY, 3).scores, expected, atol=1e-6)


def test_enough_living_rows_are_found_behind_many_dead_ones() -> None:
    batch = VACANCIES.take(np.zeros(300, np.int64))
    many = EncodedBatch(
        tuple(f"x{row:03}" for row in range(300)),
        batch.hashes,
        batch.pooled,
        batch.phrases,
        batch.offsets,
        batch.roles,
        batch.weights,
        batch.lexical,
        batch.groups,
        batch.openness,
    )
    corpus = Corpus.of_batch(RecordKind.VACANCY, many, LEXICAL)
    after = corpus.changed(EncodedBatch.empty(32), [f"x{row:03}" for row in range(250)])
    assert found(after, 3) == [["x250", "x251", "x252"]] * 2
    lexical = after.search_lexical(LEXICAL.weigh(count_rows(["trukkikortti"])), 3)
    assert after.ids_of(lexical.rows[0]) == ["x250", "x251", "x252"]


def test_rows_are_taken_in_the_order_asked_for_across_base_and_delta(corpus: Corpus) -> None:
    after = changed(corpus)
    rows = [after.row_of(id) for id in ("v4", "v1", "v2", "v3")]
    taken = after.take(np.array(rows))
    assert taken.ids == ("v4", "v1", "v2", "v3")
    np.testing.assert_array_equal(
        taken.phrases[: taken.offsets[1]],
        RECORDS.encoder.encode(["Trukinkuljettaja", "trukkikortti", "keräily varastossa"]),
    )
    assert after.ids_of(np.array(rows)) == ["v4", "v1", "v2", "v3"]


def test_lexical_search_agrees_with_the_products_of_weighted_counts(corpus: Corpus) -> None:
    after = changed(corpus, "v3")
    queries = LEXICAL.weigh(count_rows(["keräily", "lähihoitaja", "zzz"]))
    hits = after.search_lexical(queries, 9)
    row_of = {id: row for batch in (VACANCIES, NEW) for id, row in _lexical_rows(batch)}
    for query, rows in enumerate(hits.rows):
        weighed = vstack([row_of[id] for id in after.ids_of(rows)])
        expected = (queries[query] @ weighed.T).toarray()[0]
        np.testing.assert_allclose(hits.scores[query], expected, atol=1e-6)
    assert after.ids_of(hits.rows[1])[0] == "v2"
    assert hits.scores[2].tolist() == [0, 0, 0]
    np.testing.assert_allclose(after.lexical_scores(queries, hits.rows), hits.scores, atol=1e-6)


def test_occupations_are_found_in_base_and_delta_and_never_among_the_dead() -> None:
    trades = Groups.likeliest(np.eye(4, dtype=np.float32))
    nurse, seller = trades.take(_rows(3, 0, 3)), trades.take(_rows(0))
    corpus = Corpus.of_batch(RecordKind.VACANCY, replace(VACANCIES, groups=nurse), LEXICAL)
    assert corpus.search_groups(trades.take(_rows(3, 0)), 2).rows.tolist() == [[0, 2], [1, 0]]
    after = corpus.changed(replace(NEW, groups=Groups.concatenate([seller] * len(NEW))), ["v1"])
    hits = after.search_groups(trades.take(_rows(3)), 9)
    assert after.ids_of(hits.rows[0])[0] == "v3"
    assert "v1" not in after.ids_of(hits.rows[0])
    assert hits.scores[0].tolist() == [1.0] + [0.0] * (after.size - 1)
    assert [after.search_groups(trades.take(_rows()), 2).rows.shape] == [(0, 2)]


def test_an_empty_corpus_finds_nothing() -> None:
    corpus = Corpus.of_batch(RecordKind.SERVICE, EncodedBatch.empty(32), LEXICAL)
    assert corpus.size == 0
    assert corpus.search(QUERY, 5).rows.shape == (2, 0)
    assert corpus.search_lexical(LEXICAL.weigh(count_rows(["a b"])), 5).rows.shape == (1, 0)
    assert corpus.row_of("v1") is None


def test_the_first_records_of_an_empty_corpus_live_in_the_delta() -> None:
    corpus = Corpus.of_batch(RecordKind.VACANCY, EncodedBatch.empty(32), LEXICAL)
    after = corpus.changed(VACANCIES, [])
    assert [ids[0] for ids in found(after, 1)] == ["v1", "v3"]
    queries = LEXICAL.weigh(count_rows(["lääkehoito"]))
    assert after.ids_of(after.search_lexical(queries, 1).rows[0]) == ["v3"]
    assert after.lexical_scores(queries, np.array([[0, 2]]))[0, 1] > 0


def _rows(*rows: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(rows, np.int64)
