from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.text import Lang, LocalText

texts = st.builds(LocalText, st.text(), st.text(), st.text())


@pytest.mark.parametrize(
    ("text", "lang", "best"),
    [
        (LocalText("työ", "jobb", "job"), Lang.SV, "jobb"),
        (LocalText("työ", "", "job"), Lang.SV, "työ"),
        (LocalText("", "jobb", "job"), Lang.FI, "jobb"),
        (LocalText("", "", "job"), Lang.FI, "job"),
        (LocalText("", "jobb", ""), Lang.EN, "jobb"),
        (LocalText(), Lang.EN, ""),
    ],
)
def test_the_best_text_is_in_the_language_or_the_next_that_is_there(
    text: LocalText, lang: Lang, best: str
) -> None:
    assert text.best(lang) == best


def test_get_does_not_fall_back() -> None:
    assert LocalText(fi="työ").get(Lang.SV) == ""


def test_values_are_distinct_and_in_order() -> None:
    assert LocalText("Oulu", "Uleåborg", "Oulu").values() == ("Oulu", "Uleåborg")
    assert LocalText(en="Oulu").values() == ("Oulu",)
    assert LocalText().values() == ()


def test_langs_are_those_that_are_there() -> None:
    assert LocalText(fi="työ", en="job").langs() == (Lang.FI, Lang.EN)


@given(st.sampled_from(Lang), st.text())
def test_a_text_of_one_language_is_found_in_it_only(lang: Lang, text: str) -> None:
    one = LocalText.of(lang, text)
    assert [one.get(other) for other in Lang] == [text if other is lang else "" for other in Lang]


@given(texts, st.sampled_from(Lang))
def test_the_best_text_is_empty_only_if_all_are(text: LocalText, lang: Lang) -> None:
    assert bool(text.best(lang)) == bool(text.values())
