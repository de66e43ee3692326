"""What the encoder learns from: ESCO, YSO, school texts, library records and trainings.

Nothing is read from the benchmarks or from job advertisements. The names of ISCO groups are
left out on purpose: they are plural, as many lists of titles are, and drew the titles to the
groups, away from the occupations within.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from augment import inflected, plural, spoken, typing_error
from sources import (
    CROSSING,
    LANGUAGES,
    Bag,
    Labels,
    Names,
    Pairs,
    Parts,
    Profiles,
    Source,
    Texts,
)

FOLDERS = ("esco", "yso", "oph_parallel", "finna", "trainings_fi")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
SENTENCES = 12
SHORTEST_SENTENCE = 30
SHORTEST_ABSTRACT = 200
SUBJECTS = 6
LIBRARY_SHARE = 0.5
DISTURBANCES: dict[str, tuple[Callable[[str, np.random.Generator], str], ...]] = {
    "fi": (typing_error, inflected, inflected, spoken),
    "sv": (typing_error,),
    "en": (typing_error, plural),
}


@dataclass(frozen=True)
class Draw:
    """How a source is drawn from.

    Parameters
    ----------
    share
        How often a batch comes from it.
    batch
        Pairs in a batch, each a negative of all others.
    temperature
        Divides the cosines: a low one looks at the hardest negatives only.
    """

    share: float
    batch: int = 1024
    temperature: float = 0.05


# Names decide the linking figures, the rest teaches what lies near what and how long texts
# read. Who looks for a name chooses among thousands, hence their larger batches.
DRAWS = {
    "occupations": Draw(0.34, batch=2048),
    "skills": Draw(0.20, batch=2048),
    "yso": Draw(0.06),
    "school": Draw(0.08),
    "described": Draw(0.08),
    "relations": Draw(0.04),
    "profiles": Draw(0.06),
    "library": Draw(0.06),
    "parts": Draw(0.08),
}


@dataclass(frozen=True)
class Corpus:
    """All texts, and the sources that draw from them; the keys are those of `DRAWS`."""

    texts: Texts
    sources: dict[str, Source]


def read_corpus(data: Path, rng: np.random.Generator) -> Corpus:
    """Read all sources.

    Parameters
    ----------
    data
        Folder with ``esco``, ``yso``, ``oph_parallel``, ``finna`` and ``trainings_fi``.
    rng
        Draws the disturbances of labels and the sample of library records.
    """
    texts = Texts()
    esco = data / "esco"
    occupations = _esco_names(esco / "occupations.tsv", texts)
    skills = _esco_names(esco / "skills.tsv", texts)
    subjects = _subject_names(data / "yso" / "yso_labels.tsv", texts)
    disturbed = _disturb([*occupations.values(), *skills.values()], texts, rng)
    related = _relations(esco / "occupation_skill_relations.tsv.gz", occupations, skills)
    library = list(_library(data / "finna", rng))
    long_texts = [*_long_texts(data), *(t for _, _, t in library if len(t) > SHORTEST_ABSTRACT)]
    return Corpus(
        texts,
        {
            "occupations": Labels(list(occupations.values()), disturbed),
            "skills": Labels(list(skills.values()), disturbed),
            "yso": Labels(list(subjects.values()), {}, CROSSING),
            "school": _school(data / "oph_parallel", texts),
            "described": _described(esco, texts, occupations | skills),
            "relations": _related_pairs(occupations, skills, related),
            "profiles": Profiles(
                [
                    (occupations[one], [skills[other] for other in others])
                    for one, others in related.items()
                    if len(others) > 1
                ]
            ),
            "library": _catalogued(library, subjects, texts),
            "parts": Parts(_sentences(long_texts, texts)),
        },
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _esco_names(path: Path, texts: Texts) -> dict[str, Names]:
    concepts = {}
    for row in _rows(path):
        concepts[row["uri"]] = names = {}
        for lang in LANGUAGES:
            others = row.get(f"alt_{lang}") or row.get(f"alt_{lang}_v10") or ""
            labels = dict.fromkeys([row[f"label_{lang}"], *others.split(" | ")])
            names[lang] = [texts.add(label) for label in labels if label]
    return concepts


def _subject_names(path: Path, texts: Texts) -> dict[str, Names]:
    return {
        row["uri"].rsplit("/", 1)[-1]: {
            lang: [texts.add(row[f"label_{lang}"])] for lang in LANGUAGES if row[f"label_{lang}"]
        }
        for row in _rows(path)
    }


def _disturb(
    concepts: Iterable[Names], texts: Texts, rng: np.random.Generator
) -> dict[int, list[int]]:
    labels = {id: text for text, id in texts.ids.items()}
    return {
        name: [texts.add(disturb(labels[name], rng)) for disturb in DISTURBANCES[lang]]
        for names in concepts
        for lang in LANGUAGES
        for name in names[lang]
    }


def _described(esco: Path, texts: Texts, concepts: dict[str, Names]) -> Pairs:
    """Pair English descriptions with the first two names of their concept, in any language."""
    return Pairs(
        [
            ((texts.add(row["description_en"]),), (name,))
            for file in ("occupations", "skills")
            for row in _rows(esco / f"{file}.tsv")
            if row["description_en"]
            for lang in LANGUAGES
            for name in concepts[row["uri"]][lang][:2]
        ]
    )


def _relations(
    path: Path, occupations: Container[str], skills: Container[str]
) -> dict[str, list[str]]:
    related = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["occupationUri"] in occupations and row["skillUri"] in skills:
                related[row["occupationUri"]].append(row["skillUri"])
    return related


def _related_pairs(
    occupations: dict[str, Names], skills: dict[str, Names], related: dict[str, list[str]]
) -> Pairs:
    """Pair occupations with their skills, the languages taking turns."""
    pairs: list[tuple[Bag, Bag]] = []
    for one, others in related.items():
        for at, other in enumerate(others):
            left, right = LANGUAGES[at % 3], LANGUAGES[at // 3 % 3]
            pairs.append(((occupations[one][left][0],), (skills[other][right][0],)))
    return Pairs(pairs)


def _school(folder: Path, texts: Texts) -> Pairs:
    pairs: list[tuple[Bag, Bag]] = []
    for file in ("pairs_fi-sv.tsv", "pairs_fi-en.tsv"):
        for line in (folder / file).read_text(encoding="utf-8").splitlines():
            one, _, other = line.partition("\t")
            if one != other and min(len(one), len(other)) > 3:
                pairs.append(((texts.add(one),), (texts.add(other),)))
    return Pairs(pairs)


def _library(folder: Path, rng: np.random.Generator) -> Iterator[tuple[str, list[str], str]]:
    """Read a sample of library records: a language for the subjects, the subjects, the text."""
    for lang in LANGUAGES:
        with gzip.open(folder / f"finna_{lang}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if rng.random() < LIBRARY_SHARE:
                    subjects, _, text = line.rstrip("\n").partition("\t")
                    yield LANGUAGES[int(rng.integers(3))], subjects.split(","), text


def _catalogued(
    library: Iterable[tuple[str, list[str], str]], subjects: dict[str, Names], texts: Texts
) -> Pairs:
    """Pair texts with the names of their first subjects."""
    pairs: list[tuple[Bag, Bag]] = []
    for lang, codes, text in library:
        known = [subjects[code] for code in codes if code in subjects][:SUBJECTS]
        names = tuple(names[lang][0] for names in known if lang in names)
        if names:
            pairs.append(((texts.add(text),), names))
    return Pairs(pairs)


def _sentences(long_texts: Sequence[str], texts: Texts) -> list[Bag]:
    split = (
        [
            texts.add(part)
            for part in SENTENCE.split(text)[:SENTENCES]
            if len(part) > SHORTEST_SENTENCE
        ]
        for text in long_texts
    )
    return [tuple(parts) for parts in split if len(parts) > 1]


def _long_texts(data: Path) -> list[str]:
    found = [
        row["description_en"]
        for file in ("occupations", "skills")
        for row in _rows(data / "esco" / f"{file}.tsv")
    ]
    with gzip.open(data / "trainings_fi" / "offers.jsonl.gz", "rt", encoding="utf-8") as lines:
        found += [json.loads(line)["text"] for line in lines]
    return list(dict.fromkeys(text for text in found if text))
