"""The taxonomy that evaluations compare with: the real tables, else what the store holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.text import Lang
from matcher.ingest.esco import read_esco
from matcher.store.concepts import ConceptKind
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept.

    Parameters
    ----------
    uri, kind
        The concept.
    lang, text
        The name.
    preferred
        Whether it is the concept's first name in the language.
    """

    uri: str
    kind: ConceptKind
    lang: Lang
    text: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All labels of occupations, skills and groups.

    Parameters
    ----------
    version
        Names the content.
    labels
        In the order of their source.
    """

    version: str
    labels: tuple[Label, ...]

    def of(self, kind: ConceptKind, lang: Lang) -> list[Label]:
        """Return the labels of a kind in a language."""
        return [label for label in self.labels if label.kind is kind and label.lang is lang]

    def folded(self) -> frozenset[str]:
        """Return all labels in all languages, folded."""
        return frozenset(label.text.strip().casefold() for label in self.labels)


def load_taxonomy(data: Path, url: str) -> Taxonomy | None:
    """Load the taxonomy.

    Parameters
    ----------
    data
        Folder of the real data; its folder ``esco`` comes first.
    url
        Of the store, which is asked otherwise.

    Returns
    -------
    Taxonomy or None
        None if there is no taxonomy in either place.

    Raises
    ------
    InputError
        If the tables cannot be read.
    StoreError
        If the store cannot be opened.
    """
    folder = data / "esco"
    if folder.is_dir():
        tables = read_esco([folder])
        named = (
            Label(concept.uri, concept.kind, *name)
            for concept in tables.concepts
            for name in concept.names()
        )
        return Taxonomy(tables.version, tuple(named))
    with Store.open(url) as store:
        version = store.concepts.version()
        return Taxonomy(version, tuple(_stored(store))) if version else None


def _stored(store: Store) -> Iterator[Label]:
    for row in store.concepts.all_labels():
        yield Label(*row)
