from __future__ import annotations

import pytest

from matcher.encode.protocol import TextRole
from matcher.match.reasons.clauses import LONGEST, SHORT, Clauses, opening
from tests.fakes import FakeEncoder

LONG = (
    "Asiakas on työskennellyt kuusi vuotta sisätautiosastolla, vastannut lääkityksistä ja "
    "haavanhoidosta, ja haluaa nyt päivätyötä"
)


def carrying(text: str, other: str) -> str:
    encoder = FakeEncoder(64)
    return Clauses(encoder).carrying(text, TextRole.QUERY, encoder.encode([other])[0])


def test_short_texts_are_quoted_whole_without_the_full_stop() -> None:
    text = " ".join(["sana"] * SHORT)
    assert carrying(f"{text}.", "muuta") == text


@pytest.mark.parametrize(
    ("other", "quoted"),
    [
        ("sisätautiosasto", "Asiakas on työskennellyt kuusi vuotta sisätautiosastolla …"),
        ("lääkitykset ja haavanhoito", "… vastannut lääkityksistä ja haavanhoidosta …"),
        ("haluaa päivätyötä", "… ja haluaa nyt päivätyötä"),
    ],
)
def test_of_a_long_sentence_the_clause_most_like_the_other_side_is_quoted(
    other: str, quoted: str
) -> None:
    assert carrying(LONG, other) == quoted


def test_a_long_clause_is_parted_where_its_halves_join() -> None:
    text = (
        "Hitsasin konepajalla mustaa terästä kymmenen vuotta ja opetin uusille työntekijöille työt"
    )
    assert carrying(text, "uusien työntekijöiden opettaminen") == (
        "… ja opetin uusille työntekijöille työt"
    )


def test_decimals_and_ranges_do_not_part_a_clause() -> None:
    text = "Tukiasemien radiotekniikkaa olen tehnyt 0,7–6 GHz taajuuksilla, lisäksi vedin tiimiä"
    assert carrying(text, "taajuuksilla 0,7–6 GHz") == (
        "Tukiasemien radiotekniikkaa olen tehnyt 0,7–6 GHz taajuuksilla …"
    )


def test_where_no_clause_stands_for_the_sentence_its_opening_is_quoted() -> None:
    text = "yksi kaksi, kolme neljä, viisi kuusi, seitsemän kahdeksan, yhdeksän kymmenen"
    assert carrying(text, text) == opening(text) == text


def test_an_opening_ends_with_a_clause_and_is_no_longer_than_so_many_words() -> None:
    words = [f"sana{i}" for i in range(LONGEST + 5)]
    assert opening(" ".join(words)) == " ".join(words[:LONGEST]) + " …"
    words[9] += ","
    assert opening(" ".join(words)) == " ".join(words[:10]).rstrip(",") + " …"


def test_sentences_are_encoded_once() -> None:
    encoder = FakeEncoder(64)
    clauses = Clauses(encoder)
    other = encoder.encode(["muuta"])[0]
    clauses.carrying(LONG, TextRole.QUERY, other)
    asked = len(encoder.asked)
    clauses.carrying(LONG, TextRole.QUERY, other)
    assert len(encoder.asked) == asked
