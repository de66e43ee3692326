from __future__ import annotations

import pytest

from matcher.domain.sheets import inert


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_could_be_a_formula_is_marked_as_text(start: str) -> None:
    assert inert(f"{start}cmd|' /c calc'!A0") == f"'{start}cmd|' /c calc'!A0"


@pytest.mark.parametrize("text", ["", "Oulu", "18–24", "a=b", "'x"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert inert(text) == text
