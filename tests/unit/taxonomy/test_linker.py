from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError, NotReadyError
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.store import Store
from matcher.taxonomy.linker import Link, Linker
from tests.fakes import FakeEncoder

OCCUPATION, SKILL = ConceptKind.OCCUPATION, ConceptKind.SKILL
CONCEPTS = [
    Concept("o/cook", OCCUPATION, labels=LocalText("kokki", "kock", "cook")),
    Concept("o/cleaner", OCCUPATION, labels=LocalText("siivooja", "städare", "cleaner")),
    Concept(
        "o/welder",
        OCCUPATION,
        labels=LocalText("hitsaaja", "svetsare", "welder"),
        alt={Lang.FI: ("levyseppähitsaaja",)},
    ),
    Concept("o/teacher", OCCUPATION, labels=LocalText("peruskoulun opettaja")),
    Concept("s/python", SKILL, labels=LocalText("Python (ohjelmointi)", en="Python")),
    Concept("s/wound", SKILL, labels=LocalText("hoitaa haavaa", en="treat wounds")),
    Concept("s/care", SKILL, labels=LocalText("lääkehoito", "läkemedelsbehandling")),
    Concept("i/91", ConceptKind.ISCO_GROUP, labels=LocalText("kotiapulaiset")),
]


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as store:
        store.concepts.replace_all(CONCEPTS, [], "test")
        yield store


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder(dimension=256)


@pytest.fixture
def linker(store: Store, encoder: FakeEncoder, tmp_path: Path) -> Linker:
    return Linker(store, encoder, tmp_path / "taxonomy")


def found(links: list[Link]) -> dict[str, str]:
    return {link.uri: link.matched.text for link in links}


def test_labels_are_found_word_for_word_with_score_1(linker: Linker) -> None:
    (link,) = linker.link("Ammatti: kokki.", Lang.FI)
    assert (link.uri, link.kind, link.lang, link.label) == ("o/cook", OCCUPATION, Lang.FI, "kokki")
    assert (link.score, link.matched.start, link.matched.end) == (1.0, 9, 14)


def test_inflected_and_compound_words_are_found_with_less(linker: Linker) -> None:
    links = linker.link("Toimin siivoojana, osaan hoitaa haavoja", Lang.FI)
    assert found(links) == {"o/cleaner": "siivoojana", "s/wound": "hoitaa haavoja"}
    assert all(0.65 <= link.score < 1 for link in links)


def test_what_a_label_says_in_parentheses_need_not_be_said(linker: Linker) -> None:
    (link,) = linker.link("Python", Lang.FI)
    assert (link.label, link.score) == ("Python (ohjelmointi)", 1.0)


def test_further_labels_lead_to_the_concept_too(linker: Linker) -> None:
    (link,) = linker.link("levyseppähitsaaja", Lang.FI)
    assert (link.uri, link.label) == ("o/welder", "levyseppähitsaaja")


def test_the_best_comes_first_and_each_concept_stands_once(linker: Linker) -> None:
    links = linker.link("siivoojana, kokki, siivooja", Lang.FI)
    assert [(link.uri, link.matched.text) for link in links] == [
        ("o/cleaner", "siivooja"),
        ("o/cook", "kokki"),
    ]


def test_spans_of_links_do_not_overlap(linker: Linker) -> None:
    links = linker.link("lääkehoito haavaa siivooja kokki", Lang.FI)
    for link in links:
        assert not any(link.matched.overlaps(other.matched) for other in links if other is not link)


def test_a_field_alone_is_no_occupation(linker: Linker) -> None:
    assert linker.link("Peruskoulu käyty", Lang.FI) == []


@pytest.mark.parametrize(
    ("text", "uri"),
    [("siivoojaks", "o/cleaner"), ("siivoja", "o/cleaner"), ("hitsari", "o/welder")],
)
def test_spoken_mistyped_and_everyday_words_are_found(linker: Linker, text: str, uri: str) -> None:
    (link,) = linker.link(text, Lang.FI)
    assert (link.uri, link.matched.text) == (uri, text)


def test_groups_of_occupations_are_not_linked(linker: Linker) -> None:
    assert linker.link("kotiapulaiset", Lang.FI) == []


def test_words_that_name_nothing_are_not_linked(linker: Linker) -> None:
    assert linker.link("Tulin eilen bussilla kaupunkiin", Lang.FI) == []


def test_without_a_language_the_one_that_fits_best_is_taken(linker: Linker) -> None:
    assert [link.lang for link in linker.link("städare och kock")] == [Lang.SV, Lang.SV]
    assert [link.lang for link in linker.link("cook, welder")] == [Lang.EN, Lang.EN]


def test_k_limits_how_many_concepts_come_back(linker: Linker) -> None:
    assert len(linker.link("kokki, siivooja, hitsaaja", Lang.FI, k=2)) == 2


def test_labels_are_encoded_once_and_texts_are_never_kept(
    linker: Linker, store: Store, encoder: FakeEncoder, tmp_path: Path
) -> None:
    linker.link("kokki", Lang.FI)
    assert "lääkehoito" in encoder.asked
    again = FakeEncoder(dimension=256)
    Linker(store, again, tmp_path / "taxonomy").link("salaisuus", Lang.FI)
    assert again.asked == ["salaisuus"]
    again.asked.clear()
    Linker(store, again, tmp_path / "taxonomy").link("salaisuus", Lang.FI)
    assert again.asked == ["salaisuus"]


def test_without_a_taxonomy_it_says_how_to_load_one(tmp_path: Path, encoder: FakeEncoder) -> None:
    with (
        Store.open(f"sqlite:///{tmp_path}/empty.sqlite") as store,
        pytest.raises(NotReadyError, match="matcher import esco PATH"),
    ):
        Linker(store, encoder, tmp_path).link("kokki", Lang.FI)


@pytest.mark.parametrize("text", ["", "  ", "...!"])
def test_a_text_without_words_is_refused(linker: Linker, text: str) -> None:
    with pytest.raises(InputError, match="no word in the text"):
        linker.link(text, Lang.FI)
