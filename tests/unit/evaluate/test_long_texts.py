"""How advertisements are scored for statements."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.text import Lang
from matcher.evaluate.long_texts import (
    Bm25Scorer,
    LateScorer,
    TitleScorer,
    clauses,
    statement_fusion,
    windows,
)
from tests.fakes import FakeEncoder


def test_windows_of_ten_words_overlap_by_half() -> None:
    words = [f"w{number}" for number in range(17)]
    assert windows(" ".join(words)) == [" ".join(words[at : at + 10]) for at in (0, 5, 10)]
    assert windows("short text") == ["short text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I cooked, cleaned and served.", ["I cooked", "cleaned", "served."]),
        ("Siivosin ja keitin. Hoidin!", ["Siivosin", "keitin.", "Hoidin!"]),
        ("Lagade mat och städade", ["Lagade mat", "städade"]),
        ("version 2.5 of it", ["version 2.5 of it"]),
        ("a, b", ["a, b"]),
    ],
)
def test_clauses_end_at_stops_commas_and_the_word_and(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_each_clause_counts_by_its_best_window() -> None:
    encoder = FakeEncoder()
    welding, talk, cleaning = "hitsaaja " * 10, "puhetta " * 10, "siivooja " * 10
    scores = LateScorer(encoder).fit([welding + talk + cleaning, welding])(
        [f"{welding}, {cleaning}", "hitsaaja"]
    )
    assert scores[0, 0] == pytest.approx(1)
    assert scores[0, 1] < 0.9
    assert scores[1, 0] == pytest.approx(scores[1, 1])


def test_a_clause_weighs_the_logarithm_of_its_words() -> None:
    encoder = FakeEncoder()
    scores = LateScorer(encoder).fit(["hitsaaja"])(["hitsaaja, kokki keittää"])
    cosines = encoder.encode(["hitsaaja", "kokki keittää"]) @ encoder.encode(["hitsaaja"])[0]
    expected = np.average(cosines, weights=[np.log(2), np.log(3)])
    assert scores[0, 0] == pytest.approx(expected, abs=1e-6)


def test_a_title_is_the_first_line() -> None:
    scores = TitleScorer(FakeEncoder()).fit(["Cook\nWe weld.", "Welder\nWe cook."])(["cook"])
    assert scores[0, 0] == pytest.approx(1)
    assert scores[0, 1] < 0.5


def test_words_are_compared_by_their_stems() -> None:
    scores = Bm25Scorer(Lang.EN).fit(["managed teams", "cooked food"])(["I manage a team"])
    assert scores[0, 0] > 0
    assert scores[0, 1] == 0


def test_statements_are_ranked_by_four_equal_signals() -> None:
    assert statement_fusion(FakeEncoder(), Lang.EN).name == (
        "1 bm25 en stems 1-2 + 1 tfidf char_wb 3-5"
        " + 1 late fake-32-0 windows of 10 words + 1 title fake-32-0"
    )
