from __future__ import annotations

from math import log

import numpy as np
import pytest

from matcher.domain.text import Lang
from matcher.encode.bm25 import FEATURES, K1, B, Bm25Model, count_stems, stems


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (Lang.EN, "Managing managers in C++", ["manag", "manag", "in", "c++"]),
        (Lang.FI, "siivoojat siivoavat", ["siivoo", "siivoav"]),
        (Lang.SV, "kockar och kocken", ["kock", "och", "kock"]),
    ],
)
def test_endings_are_cut_as_each_language_has_them(
    lang: Lang, text: str, expected: list[str]
) -> None:
    assert stems(text, lang) == expected


def test_single_letters_are_left_out() -> None:
    assert stems("a b cd", Lang.EN) == ["cd"]


def test_words_and_pairs_of_neighbours_are_counted() -> None:
    # "team", "lead", "team lead", "lead team": the first twice
    row = count_stems(["team lead team"], Lang.EN)
    assert row.shape == (1, FEATURES)
    assert sorted(row.data.tolist()) == [1.0, 1.0, 1.0, 2.0]


def test_no_texts_give_no_rows() -> None:
    assert count_stems([], Lang.EN).shape == (0, FEATURES)


def test_scores_by_hand() -> None:
    # Two texts of 3 and 1 terms: "nurse" in one of them, twice.
    rows = count_stems(["nurse nurse", "cook"], Lang.EN)
    model = Bm25Model.fit(rows)
    query = count_stems(["nurse"], Lang.EN)
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 3 / 2))
    scores = ((query > 0).astype(np.float32) @ model.weigh(rows).T).toarray()
    np.testing.assert_allclose(scores, [[expected, 0]], rtol=1e-6)


def test_a_word_of_every_text_still_tells_a_little() -> None:
    rows = count_stems(["work", "work"], Lang.EN)
    weighed = Bm25Model.fit(rows).weigh(rows)
    assert weighed.data.tolist() == pytest.approx([log(1.2), log(1.2)])


def test_weighing_leaves_the_counts_as_they_were() -> None:
    rows = count_stems(["nurse nurse"], Lang.EN)
    Bm25Model.fit(rows).weigh(rows)
    assert sorted(rows.data.tolist()) == [1.0, 2.0]
