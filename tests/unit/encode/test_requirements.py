from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encode.requirements import (
    MAX_WORDS,
    MIN_WORDS,
    SentenceSense,
    plain_sentences,
    sort_sentences,
)

ESSENTIAL, OPTIONAL = SentenceSense.ESSENTIAL, SentenceSense.OPTIONAL
TASK, OTHER = SentenceSense.TASK, SentenceSense.OTHER


def senses(text: str) -> list[SentenceSense]:
    return [sense for _, sense in sort_sentences(text)]


@pytest.mark.parametrize(
    ("sentence", "sense"),
    [
        ("Edellytämme voimassa olevaa hygieniapassia.", ESSENTIAL),
        ("Osaat lukea sähköpiirustuksia.", ESSENTIAL),
        ("Sinulla on kokemusta trukin ajamisesta.", ESSENTIAL),
        ("Kokemus kassatyöstä on eduksi.", OPTIONAL),
        ("Arvostamme hyvää huumorintajua.", OPTIONAL),
        ("Vastaat aamuvuoron leivonnasta.", TASK),
        ("Työtehtäviin kuuluu hyllyjen täyttö.", TASK),
        ("Kahvilamme sijaitsee torin laidalla.", OTHER),
        ("Vi kräver körkort för lastbil.", ESSENTIAL),
        ("Du har erfarenhet av vård.", ESSENTIAL),
        ("Kunskaper i finska är meriterande.", OPTIONAL),
        ("Dina arbetsuppgifter är att sköta kassan.", TASK),
        ("Bageriet ligger vid hamnen.", OTHER),
        ("You must have a valid forklift licence.", ESSENTIAL),
        ("Knowledge of Swedish cooking is required.", ESSENTIAL),
        ("A driving licence is nice to have.", OPTIONAL),
        ("You will clean offices in the mornings.", TASK),
        ("The bakery has stood by the harbour since 1950.", OTHER),
    ],
)
def test_a_sentence_is_judged_by_its_cue(sentence: str, sense: SentenceSense) -> None:
    assert sort_sentences(sentence) == [(sentence, sense)]


def test_a_plus_is_a_plus_even_if_it_speaks_of_experience_and_tasks() -> None:
    assert senses("Aiempi kokemus vastaavista tehtävistä katsotaan eduksi.") == [OPTIONAL]


@pytest.mark.parametrize(
    "sentence",
    [
        "Aiempaa kokemusta ei tarvita.",
        "Työ ei vaadi tutkintoa.",
        "Tidigare erfarenhet krävs inte.",
        "No previous experience is needed.",
        "Driving skills are not required.",
    ],
)
@pytest.mark.parametrize("heading", ["", "Vaatimukset:\n"])
def test_what_a_sentence_says_is_not_asked_is_not_asked(heading: str, sentence: str) -> None:
    assert sort_sentences(heading + sentence) == [(sentence, OTHER)]


@pytest.mark.parametrize(
    ("heading", "sense"),
    [
        ("Edellytykset:", ESSENTIAL),
        ("Katsomme eduksi:", OPTIONAL),
        ("Työtehtävät:", TASK),
        ("Yritys:", OTHER),
        ("VAATIMUKSET", ESSENTIAL),
        ("Mitä odotamme sinulta?", ESSENTIAL),
        ("Dina arbetsuppgifter:", TASK),
        ("What you’ll do:", TASK),
    ],
)
def test_a_heading_lends_its_sense_to_the_lines_below(heading: str, sense: SentenceSense) -> None:
    text = f"{heading}\n- kassan hoito\n• hyllyjen täyttö"
    assert sort_sentences(text) == [("kassan hoito", sense), ("hyllyjen täyttö", sense)]


def test_a_line_below_a_heading_keeps_its_own_sense_if_it_has_one() -> None:
    text = "Tehtävät:\n- kassan hoito\n- hygieniapassi on eduksi\n- tilausten vastaanotto"
    assert senses(text) == [TASK, OPTIONAL, TASK]


def test_the_next_heading_ends_the_section() -> None:
    text = "Tehtävät:\nkassan hoito\nTarjoamme:\nilmainen lounas joka päivä"
    assert senses(text) == [TASK, OTHER]


def test_a_long_line_in_a_colon_is_no_heading() -> None:
    line = "Me olemme jo sadan vuoden ajan leiponeet leipää tälle kaupungille:"
    assert sort_sentences(line) == [(line, OTHER)]


def test_capitals_without_a_cue_are_a_sentence() -> None:
    assert sort_sentences("KAHVILA TORIN LAIDALLA") == [("KAHVILA TORIN LAIDALLA", OTHER)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Leivomme leipää. Osaat leipoa pullaa.", ["Leivomme leipää.", "Osaat leipoa pullaa."]),
        ("Paikkoja on 2. Aloitus heti.", ["Paikkoja on 2.", "Aloitus heti."]),
        ("kassan hoito • hyllyjen täyttö • siivous illalla",
         ["kassan hoito", "hyllyjen täyttö", "siivous illalla"]),
        ("kassan hoito\r\n\r\n* hyllyjen täyttö\n – siivous  illalla",
         ["kassan hoito", "hyllyjen täyttö", "siivous illalla"]),
        ("Leivomme leipää.Osaat leipoa pullaa.", ["Leivomme leipää.", "Osaat leipoa pullaa."]),
        ("Avoinna klo 8.30 alkaen joka päivä", ["Avoinna klo 8.30 alkaen joka päivä"]),
        ("Pullaa.\nLeipää.\nkaksi sanaa", ["kaksi sanaa"]),
        ("", []),
        (" \n • \n - ", []),
    ],
)  # fmt: skip
def test_where_a_sentence_ends(text: str, sentences: list[str]) -> None:
    assert [sentence for sentence, _ in sort_sentences(text)] == sentences


def test_a_long_sentence_is_cut() -> None:
    words = [f"sana{i}" for i in range(MAX_WORDS + 5)]
    assert sort_sentences(" ".join(words)) == [(" ".join(words[:MAX_WORDS]), OTHER)]


pieces = st.sampled_from(
    ["Osaat leipoa.", "eduksi", "Tehtävät:", "\n", "\r\n", "• ", " - ", "  ", "Pulla", "?", "…"]
)
texts = st.text(max_size=60) | st.lists(pieces | st.text(max_size=8), max_size=12).map("".join)


def spaced(text: str) -> str:
    return " ".join(text.split())


@given(texts)
def test_every_sentence_stands_in_the_text_in_this_order(text: str) -> None:
    rest = spaced(text)
    for sentence, _ in sort_sentences(text):
        assert sentence in rest
        rest = rest[rest.index(sentence) + len(sentence) :]


@given(texts)
def test_a_sentence_is_of_words_on_one_line(text: str) -> None:
    for sentence, sense in sort_sentences(text):
        assert MIN_WORDS <= len(sentence.split()) <= MAX_WORDS
        assert not re.search(r"[\r\n]|^\s|\s$", sentence)
        assert sense in SentenceSense


@pytest.mark.parametrize(
    ("heading", "sense"),
    [
        ("Tehtävän kuvaus", SentenceSense.TASK),
        ("Kelpoisuusvaatimukset", SentenceSense.ESSENTIAL),
        ("Eduksi katsotaan", SentenceSense.OPTIONAL),
        ("Arbetsuppgifter", SentenceSense.TASK),
        ("Responsibilities", SentenceSense.TASK),
    ],
)
def test_a_usual_heading_needs_no_colon(heading: str, sense: SentenceSense) -> None:
    assert sort_sentences(f"{heading}\nlumen auraus ja hiekoitus") == [
        ("lumen auraus ja hiekoitus", sense)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Toivomme hakijoiksi kaikenlaisia ihmisiä.",
        "Kokemuksen määrä ei ole kuitenkaan tärkein.",
        "Et tarvitse aiempaa kokemusta.",
    ],
)
def test_what_is_said_not_to_matter_is_not_asked(sentence: str) -> None:
    assert sort_sentences(sentence) == [(sentence, SentenceSense.OTHER)]


@given(st.text(alphabet="aA bB.:!?\n•-1", max_size=80))
def test_plain_sentences_are_the_sorted_ones_without_their_sense(text: str) -> None:
    told = f"{text}\nVaatimukset:\nOsaat lukea piirustuksia. TARJOAMME\n{text}"
    assert plain_sentences(told) == [sentence for sentence, _ in sort_sentences(told)]
