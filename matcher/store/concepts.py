"""ESCO's occupations and skills with their labels and relations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Row, delete, insert, or_, select

from matcher.domain.text import Lang, LocalText
from matcher.errors import NotFoundError
from matcher.store.database import Database, parts
from matcher.store.schema import concepts, relations, taxonomies


class ConceptKind(StrEnum):
    """What a concept stands for."""

    OCCUPATION = "occupation"
    SKILL = "skill"
    ISCO_GROUP = "isco_group"


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the taxonomy.

    Parameters
    ----------
    uri, kind
        Which, and what it stands for.
    code
        ISCO or ESCO code; empty if it has none.
    labels
        Preferred labels.
    alt
        Further labels by language.
    description
        In one language, English first; may be empty.
    """

    uri: str
    kind: ConceptKind
    code: str = ""
    labels: LocalText = field(default_factory=LocalText)
    alt: dict[Lang, tuple[str, ...]] = field(default_factory=dict)
    description: str = ""

    def names(self) -> Iterator[tuple[Lang, str, bool]]:
        """Yield language, label and whether it is preferred, language by language."""
        for lang in Lang:
            if label := self.labels.get(lang):
                yield lang, label, True
            for label in self.alt.get(lang, ()):
                yield lang, label, False


@dataclass(frozen=True, slots=True)
class Relation:
    """An occupation and a skill that it needs."""

    occupation: str
    skill: str
    essential: bool


class Concepts:
    """The taxonomy in the store; empty until one is imported."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_all(
        self, new: Iterable[Concept], related: Iterable[Relation], version: str
    ) -> None:
        """Put a taxonomy in the place of the one before, all or nothing.

        Of several entries for one concept the last wins; of several relations between the
        same two the essential one.
        """
        rows = {concept.uri: _row(concept) for concept in new}
        pairs: dict[tuple[str, str], bool] = {}
        for relation in related:
            pair = (relation.occupation, relation.skill)
            pairs[pair] = relation.essential or pairs.get(pair, False)
        with self._database.write() as connection:
            for table in (concepts, relations, taxonomies):
                connection.execute(delete(table))
            if rows:
                connection.execute(insert(concepts), list(rows.values()))
            if pairs:
                connection.execute(
                    insert(relations),
                    [
                        {"occupation": occupation, "skill": skill, "essential": essential}
                        for (occupation, skill), essential in pairs.items()
                    ],
                )
            connection.execute(insert(taxonomies).values(version=version))

    def version(self) -> str | None:
        """Return the version of the loaded taxonomy; None if there is none."""
        with self._database.read() as connection:
            return connection.scalar(select(taxonomies.c.version))

    def fingerprint(self) -> str:
        """Return a text that is the same as long as all preferred labels are."""
        columns = (concepts.c.uri, concepts.c.label_fi, concepts.c.label_sv, concepts.c.label_en)
        found = sha256()
        with self._database.read() as connection:
            for row in connection.execute(select(*columns).order_by(concepts.c.uri)):
                found.update("\0".join([*row, "\n"]).encode())
        return found.hexdigest()

    def get(self, uri: str) -> Concept:
        """Return a concept.

        Raises
        ------
        NotFoundError
            If the taxonomy does not have it.
        """
        with self._database.read() as connection:
            row = connection.execute(select(concepts).where(concepts.c.uri == uri)).one_or_none()
        if row is None:
            raise NotFoundError("concept", uri)
        return _concept(row)

    def labels(self, uris: Collection[str]) -> dict[str, LocalText]:
        """Return preferred labels by URI; unknown URIs are absent."""
        query = select(
            concepts.c.uri, concepts.c.label_fi, concepts.c.label_sv, concepts.c.label_en
        )
        with self._database.read() as connection:
            return {
                row.uri: LocalText(row.label_fi, row.label_sv, row.label_en)
                for part in parts(sorted(set(uris)))
                for row in connection.execute(query.where(concepts.c.uri.in_(part)))
            }

    def all_labels(self) -> Iterator[tuple[str, ConceptKind, Lang, str, bool]]:
        """Yield URI, kind, language, label and whether it is preferred, ordered by URI."""
        with self._database.read() as connection:
            rows = connection.execute(select(concepts).order_by(concepts.c.uri)).all()
        for concept in map(_concept, rows):
            for lang, label, preferred in concept.names():
                yield concept.uri, concept.kind, lang, label, preferred

    def relations(self, uri: str) -> list[Relation]:
        """Return the relations of an occupation or a skill, ordered by URIs."""
        query = select(relations).where(
            or_(relations.c.occupation == uri, relations.c.skill == uri)
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(relations.c.occupation, relations.c.skill))
            return [Relation(row.occupation, row.skill, row.essential) for row in rows]


def _row(concept: Concept) -> dict[str, object]:
    return {
        "uri": concept.uri,
        "kind": concept.kind,
        "code": concept.code,
        "label_fi": concept.labels.fi,
        "label_sv": concept.labels.sv,
        "label_en": concept.labels.en,
        "alt": {lang.value: list(labels) for lang, labels in concept.alt.items()},
        "description": concept.description,
    }


def _concept(row: Row[tuple[object, ...]]) -> Concept:
    return Concept(
        uri=row.uri,
        kind=ConceptKind(row.kind),
        code=row.code,
        labels=LocalText(row.label_fi, row.label_sv, row.label_en),
        alt={Lang(lang): tuple(labels) for lang, labels in row.alt.items()},
        description=row.description,
    )
