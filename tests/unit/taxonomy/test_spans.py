from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.taxonomy.spans import LONGEST_PART, Span, spans


def texts(text: str) -> list[str]:
    return [span.text for span in spans(text)]


def test_all_runs_of_words_are_spans() -> None:
    assert texts("ajan isoa trukkia") == [
        "ajan",
        "ajan isoa",
        "ajan isoa trukkia",
        "isoa",
        "isoa trukkia",
        "trukkia",
    ]


def test_punctuation_parts_what_belongs_apart() -> None:
    assert texts("Siivous, ikkunanpesu. Kassa;SQL (MIG)\n• TIG - x") == [
        "Siivous",
        "ikkunanpesu",
        "Kassa",
        "SQL",
        "MIG",
        "TIG",
        "x",
    ]


def test_points_hyphens_and_signs_inside_words_stay() -> None:
    assert texts("kuorma-auto") == ["kuorma-auto"]
    assert texts("C++") == ["C++"]
    assert texts("node.js") == ["node.js"]


def test_no_span_begins_or_ends_with_a_joining_word() -> None:
    assert texts("keittää ja tarjoilla") == ["keittää", "keittää ja tarjoilla", "tarjoilla"]


def test_a_short_part_is_a_span_as_a_whole_and_a_long_one_is_not() -> None:
    five, nine = "a1 b1 c1 d1 e1", " ".join(f"w{n}" for n in range(LONGEST_PART + 1))
    assert five in texts(five)
    assert nine not in texts(nine)


def test_a_text_without_words_has_no_spans() -> None:
    assert spans("... – !") == []
    assert spans("") == []


@given(st.text(max_size=200))
def test_every_span_says_where_it_stands(text: str) -> None:
    found = spans(text)
    assert all(text[span.start : span.end] == span.text for span in found)
    assert len({(span.start, span.end) for span in found}) == len(found)


def test_spans_overlap_when_they_share_a_character() -> None:
    assert Span(0, 4, "ajan").overlaps(Span(3, 5, "n "))
    assert not Span(0, 4, "ajan").overlaps(Span(4, 5, " "))
