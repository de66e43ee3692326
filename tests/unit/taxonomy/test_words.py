from __future__ import annotations

from math import log

import pytest

from matcher.taxonomy.words import (
    ALIKE,
    SECOND_HALF,
    WordWeights,
    of_one_root,
    plain,
    said,
    says_who,
    stem,
    words,
)


def test_words_are_lower_case_and_hyphens_and_slashes_separate_them() -> None:
    assert words("MIG/MAG-hitsaaja, C++ ja C#") == ["mig", "mag", "hitsaaja", "c++", "ja", "c#"]


def test_what_stands_in_parentheses_is_left_out_unless_it_is_all() -> None:
    assert plain("Python (tietokoneohjelmointi)") == "Python"
    assert plain("(nimetön)") == "(nimetön)"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("työ", "työ"),
        ("suomi", "suom"),
        ("saksa", "saksa"),
        ("haavaa", "haav"),
        ("siivooja", "siivoo"),
        ("keräilijä", "keräil"),
        ("lähihoitaja", "lähihoi"),
        ("muuttomies", "muuttom"),
    ],
)
def test_longer_words_lose_more_of_their_ending(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("siivooja", "toimin siivoojana", 1.0),
        ("haavaa", "haavanhoito", 1.0),
        ("suomi", "suomen kieli", 1.0),
        ("opettaa", "opetan", ALIKE),
        ("haarukkatrukkia", "trukkia", SECOND_HALF),
        ("perheoikeus", "perhe", 0.0),
        ("muuttomies", "muutto", 0.0),
        ("ajankäyttöä", "ajan", 0.0),
        ("ja", "kaija", 0.0),
    ],
)
def test_a_word_is_said_wherever_its_stem_occurs(word: str, text: str, expected: float) -> None:
    assert said(word, words(text)) == expected


LABELS = ["lukea kirjoja", "lukea karttaa", "hitsaaja"]


def test_coverage_is_the_share_by_rarity() -> None:
    weights = WordWeights.fit(LABELS)
    common, rare = log(4 / 2), log(4 / 1)
    assert weights.coverage("lukea kirjoja", "luen ja lukea") == common / (common + rare)
    assert weights.coverage("lukea kirjoja", "lukea kirjoja") == 1.0
    assert weights.coverage("hitsaaja", "kokki") == 0.0


def test_light_verbs_weigh_nothing_unless_they_are_all() -> None:
    weights = WordWeights.fit(LABELS)
    assert weights.coverage("hoitaa haavaa", "haavanhoito") == 1.0
    assert weights.coverage("hoitaa", "kokki") == 0.0


def test_a_skill_needs_its_verb_and_a_thing_its_last_noun() -> None:
    weights = WordWeights.fit([f"valvoa asiaa {number}" for number in range(15)])
    assert weights.verbs == {"valvoa"}
    assert not weights.says_what_is_done("valvoa lapsia", "lapsia")
    assert weights.says_what_is_done("valvoa lapsia", "valvon lapsia")
    assert not weights.says_what_is_done("vanhusten tarpeet", "vanhusten")
    assert weights.says_what_is_done("vanhusten tarpeet", "tarpeet")
    assert weights.says_what_is_done("käyttää haarukkatrukkia", "trukkia")


def test_an_occupation_needs_its_noun_before_the_comma() -> None:
    assert says_who("hitsaaja, laivat", "hitsaajana")
    assert not says_who("peruskoulun opettaja", "peruskoulu")


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("hitsaaja", "hitsailin rosteria", True),
        ("bussinkuljettaja", "bussi kulkee", False),
        ("pakkaaja", "pakastin", False),
        ("hitsaaja, kaarihitsaus", "hitsailin", False),
    ],
)
def test_a_trade_is_of_one_root_with_a_word_that_is_as_long(
    label: str, text: str, expected: bool
) -> None:
    assert of_one_root(label, text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("omalta", 0.0), ("kotimalta", 1.0), ("malta", 1.0)]
)
def test_what_stands_before_a_stem_is_a_part_of_a_compound(text: str, expected: float) -> None:
    assert said("malta", [text]) == expected
