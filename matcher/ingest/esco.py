"""ESCO: the official CSV packages, one per language, or the combined TSV tables.

This service uses the ESCO classification of the European Commission. The official package
of a language holds ``occupations_fi.csv``, ``skills_fi.csv``, ``ISCOGroups_fi.csv`` and
``occupationSkillRelations_fi.csv`` among others; further labels stand one on a line inside
a cell. The combined tables hold all languages side by side, further labels between bars.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.esco_files import TableFile, table_files
from matcher.ingest.importer import Progress
from matcher.store.concepts import Concept, ConceptKind, Relation
from matcher.store.store import Store

_VERSION = re.compile(r"v(\d+\.\d+(?:\.\d+)?)")
_OFFICIAL = re.compile(
    r"(occupations|skills|ISCOGroups|occupationSkillRelations)(?:_([a-z]{2}))?\.csv"
)
_COMBINED = re.compile(r"(occupations|skills|isco_groups|occupation_skill_relations)\.tsv(?:\.gz)?")
_KINDS = {
    "occupations": ConceptKind.OCCUPATION,
    "skills": ConceptKind.SKILL,
    "ISCOGroups": ConceptKind.ISCO_GROUP,
    "isco_groups": ConceptKind.ISCO_GROUP,
}
_RELATIONS = ("occupationSkillRelations", "occupation_skill_relations")
_RELATION_COLUMNS = ("occupationUri", "relationType", "skillUri")
_STEP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoReport:
    """What was imported of ESCO.

    Parameters
    ----------
    version
        Its number, where a file name tells it, and a hash of the files.
    changed
        False if the store had exactly this already.
    concepts, relations
        How many there are now.
    dropped
        Relations that name a concept which the files do not have.
    languages
        Languages with labels.
    """

    version: str
    changed: bool
    concepts: int
    relations: int
    dropped: int
    languages: tuple[Lang, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoTables:
    """What the files of ESCO hold.

    Parameters
    ----------
    version
        Its number, where a file name tells it, and a hash of the files.
    concepts, relations
        All of them.
    dropped
        Relations that name a concept which the files do not have.
    """

    version: str
    concepts: tuple[Concept, ...]
    relations: tuple[Relation, ...]
    dropped: int


def import_esco(
    store: Store, paths: Sequence[Path], *, progress: Progress | None = None
) -> EscoReport:
    """Put the ESCO of some files in the place of the one in the store.

    Parameters
    ----------
    store
        Into what.
    paths
        Folders, zip archives or tables; all languages together, since the taxonomy is
        replaced as a whole.
    progress
        Called now and then with the number of rows read.

    Returns
    -------
    EscoReport

    Raises
    ------
    InputError
        If there are no occupations or no skills in the files, or a table cannot be read.
    """
    read = read_esco(paths, progress=progress)
    changed = store.concepts.version() != read.version
    if changed:
        store.concepts.replace_all(read.concepts, read.relations, read.version)
    labels = [concept.labels for concept in read.concepts]
    return EscoReport(
        version=read.version,
        changed=changed,
        concepts=len(read.concepts),
        relations=len(read.relations),
        dropped=read.dropped,
        languages=tuple(lang for lang in Lang if any(text.get(lang) for text in labels)),
    )


def read_esco(paths: Sequence[Path], *, progress: Progress | None = None) -> EscoTables:
    """Read ESCO without putting it into a store.

    Parameters
    ----------
    paths
        Folders, zip archives or tables; all languages together.
    progress
        Called now and then with the number of rows read.

    Returns
    -------
    EscoTables

    Raises
    ------
    InputError
        If there are no occupations or no skills in the files, or a table cannot be read.
    """
    tables = [table for table in table_files(paths) if _is_known(table)]
    reading = _Reading(progress)
    for table in tables:
        reading.read(table)
    if lacking := reading.lacking():
        raise InputError(
            f"There is no ESCO here, or only a part of it: no {lacking}.",
            remedy="Give the official CSV packages (folders or zip archives) of fi, sv and en, "
            "or a folder with occupations.tsv and skills.tsv.",
            where=", ".join(map(str, paths)),
        )
    relations = reading.known_relations()
    return EscoTables(
        version=_version(tables),
        concepts=tuple(reading.concepts.values()),
        relations=tuple(relations),
        dropped=len(reading.relations) - len(relations),
    )


class _Reading:
    """What has been read so far: concepts grow language by language."""

    def __init__(self, progress: Progress | None) -> None:
        self.concepts: dict[str, Concept] = {}
        self.relations: dict[tuple[str, str], bool] = {}
        self._progress = progress
        self._rows = 0

    def read(self, table: TableFile) -> None:
        if table.name.startswith(_RELATIONS):
            for row in self._told(table.rows(_RELATION_COLUMNS)):
                pair = (row["occupationUri"], row["skillUri"])
                essential = row["relationType"] == "essential"
                self.relations[pair] = essential or self.relations.get(pair, False)
        elif official := _OFFICIAL.fullmatch(table.name):
            self._read_official(table, _KINDS[official[1]], Lang(official[2] or "en"))
        else:
            self._read_combined(table)

    def lacking(self) -> str:
        """Return what a taxonomy cannot do without and the files do not have; may be empty."""
        kinds = {concept.kind for concept in self.concepts.values()}
        names = {ConceptKind.OCCUPATION: "occupations", ConceptKind.SKILL: "skills"}
        return " and no ".join(name for kind, name in names.items() if kind not in kinds)

    def known_relations(self) -> list[Relation]:
        """Return the relations whose both ends are known."""
        return [
            Relation(occupation, skill, essential)
            for (occupation, skill), essential in self.relations.items()
            if occupation in self.concepts and skill in self.concepts
        ]

    def _read_official(self, table: TableFile, kind: ConceptKind, lang: Lang) -> None:
        for row in self._told(table.rows(("conceptUri", "preferredLabel"))):
            uri = row["conceptUri"]
            labels = _lines(row.get("altLabels", ""))
            text = row.get("description", "").strip()
            before = self.concepts.get(uri, Concept(uri, kind))
            self.concepts[uri] = Concept(
                uri,
                kind,
                code=before.code or row.get("code", "") or row.get("iscoGroup", ""),
                labels=_with(before.labels, lang, row["preferredLabel"].strip()),
                alt={**before.alt, lang: labels} if labels else before.alt,
                # English first: only there is every concept described.
                description=text if text and lang is Lang.EN else before.description or text,
            )

    def _read_combined(self, table: TableFile) -> None:
        kind = _KINDS[table.name.partition(".")[0]]
        for row in self._told(table.rows(("uri", *(f"label_{lang.value}" for lang in Lang)))):
            cells = {name: cell.replace("\\\\", "\\").strip() for name, cell in row.items()}
            alt = {lang: _bars(cells, lang) for lang in Lang}
            self.concepts[cells["uri"]] = Concept(
                cells["uri"],
                kind,
                code=cells.get("code", ""),
                labels=LocalText(*(cells[f"label_{lang.value}"] for lang in Lang)),
                alt={lang: labels for lang, labels in alt.items() if labels},
                description=cells.get("description_en", ""),
            )

    def _told(self, rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
        for row in rows:
            self._rows += 1
            if self._progress and self._rows % _STEP == 0:
                self._progress(self._rows, None)
            yield row


def _is_known(table: TableFile) -> bool:
    official = _OFFICIAL.fullmatch(table.name)
    if official:
        return official[2] in (None, *(lang.value for lang in Lang))
    return _COMBINED.fullmatch(table.name) is not None


def _version(tables: Sequence[TableFile]) -> str:
    """Return a version that names the content, so that the same files are recognised."""
    digest = hashlib.sha256()
    numbers = set()
    for table in tables:
        with table.open() as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        numbers |= set(_VERSION.findall(table.where))
    return "+".join([*sorted(numbers)[-1:], digest.hexdigest()[:12]])


def _with(labels: LocalText, lang: Lang, label: str) -> LocalText:
    return LocalText(**{each.value: label if each is lang else labels.get(each) for each in Lang})


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for line in cell.splitlines() if (label := line.strip())))


def _bars(cells: dict[str, str], lang: Lang) -> tuple[str, ...]:
    cell = cells.get(f"alt_{lang.value}") or cells.get(f"alt_{lang.value}_v10", "")
    return tuple(dict.fromkeys(label for part in cell.split(" | ") if (label := part.strip())))
