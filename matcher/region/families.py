"""Occupation families: what people of a field can do, and what its vacancies ask for.

A family is a file in ``families/``, joined with those records of the built-in region that it
names. To add a field, add a file.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from matcher.domain.text import Lang
from matcher.region.chance import Dice, Template, Weighted, templates
from matcher.region.files import region_files

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Speech:
    """How a family speaks in one language.

    Parameters
    ----------
    occupations, competences, educations
        Words for them, in the dictionary form.
    core, qualifications
        Competences, and what must be held, of single occupations; empty where none are told.
    requirements
        What vacancies and needs ask for.
    taught
        What trainings teach.
    own, coach
        Sentences of a person, and of the coach about a person; the coach writes Finnish.
    work
        Sentences of a vacancy.
    """

    occupations: tuple[str, ...]
    competences: tuple[str, ...]
    requirements: tuple[str, ...]
    taught: tuple[str, ...]
    educations: tuple[str, ...]
    core: dict[str, tuple[str, ...]]
    qualifications: dict[str, tuple[str, ...]]
    own: tuple[Template, ...]
    coach: tuple[Template, ...]
    work: tuple[Template, ...]

    def skills_of(self, titles: Sequence[str], count: int, dice: Dice) -> list[str]:
        """Return `count` competences of people with these titles."""
        held = [word for title in titles for word in self.qualifications.get(title, ())]
        core = [word for title in titles for word in self.core.get(title, ())]
        return _mixed(held, core, self.competences, count, dice)

    def demands_of(self, title: str, count: int, dice: Dice) -> list[str]:
        """Return `count` requirements of an offer for this title."""
        held = self.qualifications.get(title, ())
        return _mixed(held, self.core.get(title, ()), self.requirements, count, dice)

    def lessons_of(self, title: str, count: int, dice: Dice) -> list[str]:
        """Return `count` outcomes of a training for this title."""
        return _mixed((), self.core.get(title, ()), self.taught, count, dice)


def _mixed(
    held: Sequence[str], core: Sequence[str], pool: Sequence[str], count: int, dice: Dice
) -> list[str]:
    """Return what must be held, then half of `count` from the core, the rest from the pool."""
    first = dice.sample(core, max(2, (count + 1) // 2))
    return list(dict.fromkeys((*held, *first, *dice.sample(pool, count))))[:count]


@dataclass(frozen=True, slots=True)
class Family:
    """A field of work.

    Parameters
    ----------
    key
        Name of its file.
    speech
        Its words and sentences by language.
    hours
        Working times usual in it.
    near
        Families that people come from and change to.
    cards, licences
        How common a permit card or licence class is among its people, 0 to 1.
    needs_licence
        Class without which an occupation cannot be done, by occupation.
    vacancy_finnish, vacancy_english
        Levels that they may ask for; an empty string means none.
    remote
        How common remote work is, 0 to 1.
    organisations
        What its employers are called by.
    tasks
        What company needs of the field consist of, in Finnish.
    trainings
        The trainings of the built-in region that lead to it.
    """

    key: str
    speech: dict[Lang, Speech]
    hours: tuple[str, ...]
    near: tuple[str, ...]
    cards: dict[str, float]
    licences: dict[str, float]
    needs_licence: dict[str, str]
    vacancy_finnish: tuple[str, ...]
    vacancy_english: tuple[str, ...]
    remote: float
    organisations: tuple[str, ...]
    tasks: tuple[str, ...]
    trainings: tuple[Row, ...]

    def tasks_of(self, title: str, count: int, dice: Dice) -> list[str]:
        """Return `count` tasks of a company need for this title, in Finnish."""
        return _mixed((), self.speech[Lang.FI].core.get(title, ()), self.tasks, count, dice)


@cache
def region_rows(kind: str) -> dict[str, Row]:
    """Return the rows of a built-in file by id."""
    lines = region_files()[kind].read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def _words(rows: Iterable[Row], field: str, part: str, lang: Lang) -> list[str]:
    """Return the words of a field of those rows that are in a language."""
    entries = [e for row in rows if row["language"] == lang for e in row.get(field, ())]
    return [entry if isinstance(entry, str) else entry[part] for entry in entries]


def _distinct(*lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))


def _by_title(own: Row, table: str) -> dict[str, tuple[str, ...]]:
    return {title: tuple(words) for title, words in own.get(table, {}).items()}


def _speech(data: Row, lang: Lang, rows: dict[str, list[Row]]) -> Speech:
    own = data[lang.value]
    known = _words(rows["profiles"], "competences", "name", lang)
    asked = _words([*rows["ads"], *rows["needs"]], "requirements", "text", lang)
    taught = _words(rows["trainings"], "outcomes", "text", lang)
    return Speech(
        occupations=tuple(own["occupations"]),
        competences=_distinct(known, own["competences"]),
        requirements=_distinct(asked, own["competences"]),
        taught=_distinct(taught, own["competences"]),
        educations=tuple(own["educations"]),
        core=_by_title(own, "core"),
        qualifications=_by_title(own, "qualifications"),
        own=templates(own["own"]),
        coach=templates(own.get("coach", ())),
        work=templates(own["work"]),
    )


def _family(key: str, data: Row) -> Family:
    rows = {
        kind: [region_rows(kind)[id] for id in data[kind]]
        for kind in ("profiles", "ads", "needs", "trainings")
    }
    return Family(
        key=key,
        speech={lang: _speech(data, lang, rows) for lang in Lang},
        hours=tuple(data["hours"]),
        near=tuple(data["near"]),
        cards=data["cards"],
        licences=data["licences"],
        needs_licence=data.get("needs_licence", {}),
        vacancy_finnish=tuple(data["vacancy_finnish"]),
        vacancy_english=tuple(data.get("vacancy_english", ("",))),
        remote=data.get("remote", 0.0),
        organisations=tuple(data["organisations"]),
        tasks=_distinct(_words(rows["needs"], "tasks", "text", Lang.FI), data.get("tasks", ())),
        trainings=tuple(rows["trainings"]),
    )


@cache
def _family_data() -> dict[str, Row]:
    folder = resources.files("matcher.region").joinpath("families")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8")) for file in files
    }


@cache
def families() -> dict[str, Family]:
    """Return the families by key."""
    return {key: _family(key, data) for key, data in _family_data().items()}


@cache
def common_families() -> Weighted[Family]:
    """Return the families, drawn as often as the field is common."""
    known = families()
    bounds = Weighted.of({key: data["weight"] for key, data in _family_data().items()})
    return Weighted(tuple(known[key] for key in bounds.options), bounds.bounds)
