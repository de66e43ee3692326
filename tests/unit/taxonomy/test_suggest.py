from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.domain.text import Lang, LocalText
from matcher.encode.checks import unit_rows
from matcher.encode.protocol import TextRole, Vectors
from matcher.errors import InputError
from matcher.store.concepts import Concept, ConceptKind
from matcher.store.store import Store
from matcher.taxonomy import meaning
from matcher.taxonomy.meaning import Meanings
from matcher.taxonomy.suggest import FoundBy, Suggester
from tests.fakes import FakeEncoder

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
    found = Suggester(FakeEncoder(256)).suggest(store.concepts, typed, kind)
    return [one.uri for one in found if one.found_by is FoundBy.WORDS]


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
    suggester = Suggester(FakeEncoder(256))
    store.concepts.replace_all(CONCEPTS, [], "1")
    assert suggester.suggest(store.concepts, "leipoa", ConceptKind.SKILL)
    store.concepts.replace_all(CONCEPTS[:1], [], "2")
    assert suggester.suggest(store.concepts, "leipoa", ConceptKind.SKILL) == []


#: What the words of the tests mean, as an encoder would tell it.
MEANT = {
    "ajaa trukkia": (1.0, 0.0, 0.0),
    "köra truck": (1.0, 0.0, 0.0),
    "leipoa": (0.0, 1.0, 0.0),
    "baka": (0.0, 1.0, 0.0),
    "bake": (0.0, 1.0, 0.0),
    "koristella kakkuja": (0.0, 0.8, 0.6),
    "pullien tekoa": (0.0, 1.0, 0.0),
    "rekkaa": (0.6, -0.8, 0.0),
    "juttelua": (0.28, -0.96, 0.0),
    "kakkuja": (0.0, 1.0, 0.0),
}


class Knowing(FakeEncoder):
    """An encoder that knows what the words of the tests mean, and counts what it was asked."""

    def __init__(self) -> None:
        super().__init__(3)

    def encode(self, texts: Sequence[str], role: TextRole = TextRole.PASSAGE) -> Vectors:
        self.asked += texts
        vectors = np.array([MEANT.get(text, (0.0, 0.0, -1.0)) for text in texts], np.float32)
        return unit_rows(vectors.reshape(len(texts), 3))


def _both(store: Store, typed: str, k: int = 8) -> list[tuple[str, str]]:
    store.concepts.replace_all(CONCEPTS, [], "1")
    found = Suggester(Knowing()).suggest(store.concepts, typed, ConceptKind.SKILL, k)
    return [(one.uri, one.found_by.value) for one in found]


def test_what_is_meant_follows_what_is_spelled_and_nothing_comes_twice(store: Store) -> None:
    assert _both(store, "pullien tekoa") == [("s:bake", "meaning"), ("s:cake", "meaning")]
    assert _both(store, "  Pullien   TEKOA ") == [("s:bake", "meaning"), ("s:cake", "meaning")]
    assert _both(store, "kakkuja") == [("s:cake", "words"), ("s:bake", "meaning")]
    assert _both(store, "kakkuja", k=1) == [("s:cake", "words")]


def test_what_is_too_far_from_it_in_meaning_is_not_shown(store: Store) -> None:
    assert _both(store, "rekkaa") == [("s:truck", "meaning")]
    assert _both(store, "juttelua") == []


def test_a_concept_of_another_kind_is_never_meant(store: Store) -> None:
    store.concepts.replace_all(CONCEPTS, [], "1")
    suggester = Suggester(Knowing())
    assert suggester.suggest(store.concepts, "pullien tekoa", ConceptKind.OCCUPATION) == []


def test_only_what_the_words_leave_open_is_encoded_and_only_once(store: Store) -> None:
    store.concepts.replace_all(CONCEPTS, [], "1")
    encoder = Knowing()
    suggester = Suggester(encoder)
    suggester.warm(store.concepts)
    encoder.asked.clear()
    suggester.suggest(store.concepts, "leipo", ConceptKind.SKILL, k=2)
    suggester.suggest(store.concepts, "re", ConceptKind.SKILL)
    suggester.suggest(store.concepts, "1 2 3", ConceptKind.SKILL)
    assert encoder.asked == []
    for typed in ("rekkaa", "Rekkaa ", "rekkaa"):
        suggester.suggest(store.concepts, typed, ConceptKind.SKILL)
    assert encoder.asked == ["rekkaa"]


def test_concepts_mean_the_same_however_many_are_encoded_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = [
        (one.uri, one.kind, lang, label, preferred)
        for one in sorted(CONCEPTS, key=lambda one: one.uri)
        for lang, label, preferred in one.names()
    ]
    for at_once in (1, 2, 3):
        monkeypatch.setattr(meaning, "_AT_ONCE", at_once)
        meanings = Meanings(Knowing(), labels, ConceptKind.SKILL)
        assert meanings.near("pullien tekoa") == ("s:bake", "s:cake")
        assert meanings.near("rekkaa") == ("s:truck",)


def test_a_taxonomy_without_labels_and_unknown_letters_mean_nothing() -> None:
    def nothing(*_: object) -> Vectors:
        raise InputError("holds nothing that the encoder knows")

    encoder = Knowing()
    assert Meanings(encoder, [], ConceptKind.SKILL).near("rekkaa") == ()
    signs = [("s:sign", ConceptKind.SKILL, Lang.FI, "+++", True)]
    assert Meanings(encoder, signs, ConceptKind.SKILL).near("rekkaa") == ()
    labels = [("s:truck", ConceptKind.SKILL, Lang.FI, "ajaa trukkia", True)]
    meanings = Meanings(encoder, labels, ConceptKind.SKILL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "encode", nothing)
        assert meanings.near("ᚠᚢᚦ") == ()
