from __future__ import annotations

import pytest

from matcher.evaluate.finnish.sounds import harmonised, strengthen, weaken


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talo", "ssa"),
        ("kylä", "ssä"),
        ("tie", "ssä"),
        ("työnjohtaja", "ssa"),
        ("lääkäri", "ssä"),
        ("agentti", "ssa"),
        ("palomies", "ssä"),
        ("luonnontiede", "ssä"),
        ("opintosihteeri", "ssä"),
    ],
)
def test_the_last_part_of_a_word_decides_the_vowels(word: str, expected: str) -> None:
    assert harmonised("ssa", word) == expected


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("kokki", "koki"),
        ("seppä", "sepä"),
        ("agentti", "agenti"),
        ("kuski", "kuski"),
        ("hoito", "hoido"),
        ("kaupunki", "kaupungi"),
        ("ilta", "illa"),
        ("hoitaja", "hoitaja"),
        ("lampi", "lammi"),
        ("tapa", "tava"),
        ("luku", None),
        ("opisto", "opisto"),
    ],
)
def test_strong_stems_grow_weak(strong: str, weak: str | None) -> None:
    assert weaken(strong) == weak


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        ("op", "opp"),
        ("tied", "tiet"),
        ("suhd", "suht"),
        ("mit", "mitt"),
        ("test", "test"),
        ("tarv", None),
    ],
)
def test_weak_stems_grow_strong(weak: str, strong: str | None) -> None:
    assert strengthen(weak) == strong
