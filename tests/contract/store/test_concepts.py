from __future__ import annotations

import pytest

from matcher.domain.text import Lang, LocalText
from matcher.errors import NotFoundError
from matcher.store.concepts import Concept, ConceptKind, Relation
from matcher.store.store import Store

WELDER = Concept(
    uri="http://data.europa.eu/esco/occupation/1",
    kind=ConceptKind.OCCUPATION,
    code="7212.3",
    labels=LocalText("hitsaaja", "svetsare", "welder"),
    alt={Lang.FI: ("hitsari", "levyseppähitsaaja"), Lang.EN: ("welding operative",)},
    description="Welders join metal.",
)
WELDING = Concept(
    uri="http://data.europa.eu/esco/skill/2",
    kind=ConceptKind.SKILL,
    labels=LocalText(fi="hitsata", en="weld"),
)
BOTH = Relation(WELDER.uri, WELDING.uri, essential=True)


def test_without_a_taxonomy_everything_is_empty(store: Store) -> None:
    assert store.concepts.version() is None
    assert store.concepts.labels([WELDER.uri]) == {}
    assert list(store.concepts.all_labels()) == []
    assert store.concepts.relations(WELDER.uri) == []
    with pytest.raises(NotFoundError, match="There is no concept 'http"):
        store.concepts.get(WELDER.uri)


def test_a_taxonomy_comes_back_as_it_was(store: Store) -> None:
    store.concepts.replace_all([WELDING, WELDER], [BOTH], "1.2.0")
    assert store.concepts.version() == "1.2.0"
    assert store.concepts.get(WELDER.uri) == WELDER
    assert store.concepts.get(WELDING.uri) == WELDING


def test_relations_are_found_from_both_ends(store: Store) -> None:
    other = Relation("occupation:0", WELDING.uri, essential=False)
    store.concepts.replace_all([WELDER, WELDING], [BOTH, other], "1")
    assert store.concepts.relations(WELDER.uri) == [BOTH]
    assert store.concepts.relations(WELDING.uri) == [BOTH, other]


def test_an_essential_relation_outweighs_an_optional_one(store: Store) -> None:
    optional = Relation(WELDER.uri, WELDING.uri, essential=False)
    store.concepts.replace_all([], [optional, BOTH, optional], "1")
    assert store.concepts.relations(WELDER.uri) == [BOTH]


def test_labels_of_unknown_uris_are_absent(store: Store) -> None:
    store.concepts.replace_all([WELDER], [], "1")
    assert store.concepts.labels([WELDER.uri, WELDER.uri, "urn:x"]) == {WELDER.uri: WELDER.labels}


def test_all_labels_come_with_language_and_rank(store: Store) -> None:
    store.concepts.replace_all([WELDING, WELDER], [], "1")
    assert list(store.concepts.all_labels()) == [
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.FI, "hitsaaja", True),
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.FI, "hitsari", False),
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.FI, "levyseppähitsaaja", False),
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.SV, "svetsare", True),
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.EN, "welder", True),
        (WELDER.uri, ConceptKind.OCCUPATION, Lang.EN, "welding operative", False),
        (WELDING.uri, ConceptKind.SKILL, Lang.FI, "hitsata", True),
        (WELDING.uri, ConceptKind.SKILL, Lang.EN, "weld", True),
    ]


def test_a_new_taxonomy_takes_the_place_of_the_old(store: Store) -> None:
    store.concepts.replace_all([WELDER], [BOTH], "1")
    store.concepts.replace_all([WELDING], [], "2")
    assert store.concepts.version() == "2"
    assert store.concepts.labels([WELDER.uri, WELDING.uri]) == {WELDING.uri: WELDING.labels}
    assert store.concepts.relations(WELDER.uri) == []


def test_a_taxonomy_that_breaks_off_leaves_the_old_one(store: Store) -> None:
    def broken() -> list[Relation]:
        raise NotFoundError("file", "relations.csv")

    store.concepts.replace_all([WELDER], [BOTH], "1")
    with pytest.raises(NotFoundError):
        store.concepts.replace_all([WELDING], broken(), "2")
    assert store.concepts.version() == "1"
    assert store.concepts.get(WELDER.uri) == WELDER
