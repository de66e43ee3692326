from __future__ import annotations

from math import log

import pytest

from matcher.domain.text import Lang
from matcher.taxonomy.words import (
    ALIKE,
    INSIDE,
    SECOND_HALF,
    WordWeights,
    alike,
    of_one_root,
    plain,
    said,
    same_words,
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
    ("text", "expected"), [("omalta", 0.0), ("kotimalta", INSIDE), ("malta", 1.0)]
)
def test_what_stands_before_a_stem_is_a_part_of_a_compound(text: str, expected: float) -> None:
    assert said("malta", [text]) == expected


@pytest.mark.parametrize(
    ("lang", "label", "text", "expected"),
    [
        (Lang.FI, "kokki", "kokin", True),
        (Lang.FI, "hoitaa hevosia", "hevosia hoitaa", True),
        (Lang.SV, "sjuksköterska", "sjuksköterskor", True),
        (Lang.EN, "truck driver", "truck drivers", True),
        (Lang.EN, "truck driver", "truck", False),
        (Lang.SV, "jaga", "jag", False),
    ],
)
def test_the_same_words_may_have_other_endings(
    lang: Lang, label: str, text: str, expected: bool
) -> None:
    assert same_words(label, text, lang) is expected


def test_likeness_is_the_share_of_common_trigrams_of_the_worst_word() -> None:
    # " ab", "ab " and " ac", "ac ": none in common; of " ab", "abc", "bc " and " ab", "abd",
    # "bd " one is.
    assert alike("siivooja", "siivooja") == 1.0
    assert alike("ab xyz", "ac xyz") == 0.0
    assert alike("abc", "abd") == 2 * 1 / (3 + 3)


def test_texts_of_another_number_of_words_or_much_longer_are_not_alike() -> None:
    assert alike("hitsaaja", "hitsaaja töissä") == 0.0
    assert alike("toimistonhoitaja", "toimistoja") == 0.0


def test_the_noun_that_a_trade_is_made_of_says_nothing_of_it() -> None:
    assert not says_who("kuormaaja", "kuorma-autoa")
    assert says_who("kuormaaja", "kuormaajana")


def test_a_short_word_needs_its_light_verb() -> None:
    weights = WordWeights.fit(["perform live", "use forklifts"])
    assert not weights.says_what_is_done("perform live", "live in town")
    assert weights.says_what_is_done("perform live", "performed live")
    assert weights.says_what_is_done("use forklifts", "forklifts")
