from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.domain.text import Lang, LocalText
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.store import Store
from matcher.taxonomy.suggest import Suggester

CONCEPTS = [
    Concept("s:truck", ConceptKind.SKILL, labels=LocalText("ajaa trukkia", "köra truck")),
    Concept("s:bake", ConceptKind.SKILL, labels=LocalText("leipoa", "baka", "bake")),
    Concept(
        "s:cake",
        ConceptKind.SKILL,
        labels=LocalText("koristella kakkuja"),
        alt={Lang.FI: ("leipoa kakkuja",)},
    ),
    Concept("o:baker", ConceptKind.OCCUPATION, labels=LocalText("leipuri")),
    Concept("o:driver", ConceptKind.OCCUPATION, labels=LocalText("trukinkuljettaja")),
]


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{store_file}") as store:
        yield store


def _found(store: Store, typed: str, kind: ConceptKind = ConceptKind.SKILL) -> list[str]:
    return [one.uri for one in Suggester().suggest(store.concepts, typed, kind)]


def test_the_same_label_comes_first_then_what_begins_so(store: Store) -> None:
    store.concepts.replace_all(CONCEPTS, [], "1")
    assert _found(store, "leipoa") == ["s:bake", "s:cake"]
    assert _found(store, "leipo") == ["s:bake", "s:cake"]
    assert _found(store, "TRUCK") == ["s:truck"]
    assert _found(store, "kakkuja leipoa") == ["s:cake"]


def test_everyday_words_are_written_out(store: Store) -> None:
    store.concepts.replace_all(CONCEPTS, [], "1")
    assert _found(store, "trukinkuski", ConceptKind.OCCUPATION) == ["o:driver"]


def test_one_letter_signs_and_an_empty_taxonomy_suggest_nothing(store: Store) -> None:
    assert _found(store, "leipoa") == []
    store.concepts.replace_all(CONCEPTS, [], "1")
    assert _found(store, "l") == []
    assert _found(store, "!!") == []


def test_another_taxonomy_is_read_anew(store: Store) -> None:
    suggester = Suggester()
    store.concepts.replace_all(CONCEPTS, [], "1")
    assert suggester.suggest(store.concepts, "leipoa", ConceptKind.SKILL)
    store.concepts.replace_all(CONCEPTS[:1], [], "2")
    assert suggester.suggest(store.concepts, "leipoa", ConceptKind.SKILL) == []
