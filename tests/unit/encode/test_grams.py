"""N-grams have the columns that scikit-learn gives them."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import HashingVectorizer

from matcher.encode.grams import hash_grams

FEATURES = 2**18
#: Letters of one to four bytes, one that becomes two in lower case, and several white spaces.
texts = st.lists(st.text("aBcåÄöİ€😀'-. \t\n\x1c\u00a0\u2003", max_size=60), max_size=5)


@given(texts)
@example(["", " ", "a", "ab", "abc", "abcd", "hitsaus hitsaus"])
def test_columns_are_those_of_scikit_learn(some: list[str]) -> None:
    columns, counts = hash_grams(some, FEATURES)
    parts = np.split(columns, np.cumsum(counts)[:-1]) if some else []
    assert [sorted(part.tolist()) for part in parts] == [by_scikit_learn(text) for text in some]


def by_scikit_learn(text: str) -> list[int]:
    """Every column as often as it occurs."""
    vectorizer = HashingVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        n_features=FEATURES,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )
    row = vectorizer.transform([text]).tocoo()
    return sorted(np.repeat(row.col, row.data.astype(int)).tolist())
