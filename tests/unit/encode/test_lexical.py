from __future__ import annotations

from math import log

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from matcher.encode.lexical import FEATURES, MAX_CHARACTERS, LexicalModel, count_rows

TEXTS = ["hitsaus ja levytyö", "hitsaus hitsaus hitsaus", "siivous"]


def test_a_text_is_counted_by_its_trigrams_to_fivegrams_within_words() -> None:
    # " ab ": two trigrams and one of four; " ab" and "ab " differ, so three features.
    rows = count_rows(["ab"])
    assert rows.shape == (1, FEATURES)
    assert (rows.nnz, rows.data.tolist()) == (3, [1.0, 1.0, 1.0])


def test_repeated_ngrams_count_logarithmically() -> None:
    once, thrice = count_rows(["hitsaus", "hitsaus hitsaus hitsaus"])
    assert once.indices.tolist() == thrice.indices.tolist()
    np.testing.assert_allclose(thrice.data / once.data, 1 + log(3), rtol=1e-6)


def test_case_does_not_count() -> None:
    lower, upper = count_rows(["hitsaus", "HITSAUS"])
    assert (lower != upper).nnz == 0


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    long = "a" * MAX_CHARACTERS
    one, other = count_rows([f"{long} hitsaus", f"{long} siivous"])
    assert (one != other).nnz == 0


def test_no_texts_give_no_rows() -> None:
    assert count_rows([]).shape == (0, FEATURES)


def test_idf_is_that_of_scikit_learn() -> None:
    rows = count_rows(TEXTS)
    expected = TfidfTransformer(smooth_idf=True).fit(rows).idf_
    np.testing.assert_allclose(LexicalModel.fit(rows).idf, expected, rtol=1e-6)


def test_idf_by_hand() -> None:
    rows = csr_matrix((np.ones(3, np.float32), ([0, 1, 1], [5, 5, 7])), shape=(2, FEATURES))
    idf = LexicalModel.fit(rows).idf
    np.testing.assert_allclose(idf[5], 1 + log(3 / 3))
    np.testing.assert_allclose(idf[7], 1 + log(3 / 2), rtol=1e-6)
    np.testing.assert_allclose(idf[0], 1 + log(3 / 1), rtol=1e-6)


def test_weighed_rows_are_those_of_scikit_learn_and_have_unit_length() -> None:
    rows = count_rows(TEXTS)
    weighed = LexicalModel.fit(rows).weigh(rows)
    expected = TfidfTransformer(smooth_idf=True).fit(rows).transform(rows)
    assert abs(weighed - expected).max() < 1e-6
    np.testing.assert_allclose(np.sqrt(weighed.multiply(weighed).sum(axis=1)), 1, rtol=1e-6)


def test_rows_without_text_stay_empty_wherever_they_stand() -> None:
    rows = count_rows(["", "hitsaus", "", "siivous", ""])
    weighed = LexicalModel.fit(rows).weigh(rows)
    lengths = np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()
    np.testing.assert_allclose(lengths, [0, 1, 0, 1, 0], rtol=1e-6)


def test_weighing_leaves_the_counts_as_they_were() -> None:
    rows = count_rows(TEXTS)
    before = rows.data.copy()
    LexicalModel.fit(rows).weigh(rows)
    np.testing.assert_array_equal(rows.data, before)
