from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.encode.lexical import FEATURES, MAX_CHARACTERS, LexicalModel, count_rows

TEXTS = ["hitsaaja telakalla", "hitsaus", "leipuri", "leipuri ja kokki"]


def cosines(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = count_rows(texts)
    weighed = LexicalModel.fit(rows).weigh(rows)
    return np.asarray((weighed @ weighed.T).todense(), np.float32)


def test_cosines_are_those_of_sublinear_tfidf_over_the_same_ngrams() -> None:
    oracle = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    rows = oracle.fit_transform(TEXTS)
    assert cosines(TEXTS) == pytest.approx((rows @ rows.T).toarray(), abs=1e-5)


def test_the_same_words_have_cosine_1_and_strangers_0() -> None:
    found = cosines(["hitsaus", "HITSAUS", "kokki"])
    assert found[0] == pytest.approx([1, 1, 0], abs=1e-6)


def test_an_ngram_counts_by_one_plus_the_logarithm_of_its_occurrences() -> None:
    rows = count_rows(["abc abc abc"])
    # " ab", "abc", "bc ", " abc", "abc ", " abc ": each of them three times.
    assert sorted(rows.data.tolist()) == pytest.approx([1 + log(3)] * 6)


def test_texts_are_read_up_to_a_limit() -> None:
    long = "x" * MAX_CHARACTERS
    assert (count_rows([long + " hitsaus"]) != count_rows([long])).nnz == 0


def test_ngrams_that_most_offers_hold_weigh_less() -> None:
    rows = count_rows(["abc", "abc", "abc def"])
    model = LexicalModel.fit(rows)
    weights = {float(model.idf[column]) for column in rows.indices}
    rare, common = 1 + log(4 / 2), 1 + log(4 / 4)
    assert sorted(weights) == pytest.approx([common, rare])
    assert model.idf.shape == (FEATURES,)


def test_no_texts_make_no_rows() -> None:
    rows = count_rows([])
    assert rows.shape == (0, FEATURES)
    assert LexicalModel.fit(rows).weigh(rows).shape == (0, FEATURES)


@given(st.lists(st.text("abå ", max_size=8), min_size=1, max_size=5))
def test_weighed_rows_have_unit_length_and_empty_ones_stay_empty(texts: list[str]) -> None:
    rows = count_rows(texts)
    weighed = LexicalModel.fit(rows).weigh(rows)
    lengths = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
    filled = [1.0 if text.strip() else 0.0 for text in texts]
    assert lengths == pytest.approx(filled, abs=1e-6)
