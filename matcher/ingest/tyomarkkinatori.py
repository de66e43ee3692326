"""Code sets that all of Työmarkkinatori's interfaces share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from matcher.domain.parts import LanguageSkill, Requirement, WorkExtent, WorkingTime
from matcher.domain.text import Lang, LocalText
from matcher.ingest.rows import Notes
from matcher.ingest.values import items, string, uri_of

T = TypeVar("T")

SOURCE: Final = "tyomarkkinatori"

#: TYÖSKENTELYAIKA
TIMES: Final = {f"{number:02}": time for number, time in enumerate(WorkingTime, 1)}
#: TYÖAIKA, and the codes of the newer interface
EXTENTS: Final = {
    "01": WorkExtent.FULL_TIME,
    "02": WorkExtent.PART_TIME,
    "FT": WorkExtent.FULL_TIME,
    "PT": WorkExtent.PART_TIME,
}
#: KOULUTUSASTE
EDUCATION_LEVELS: Final = {
    "31": LocalText("lukiokoulutus", "gymnasieutbildning", "general upper secondary education"),
    "32": LocalText(
        "ammatillinen perustutkinto",
        "yrkesinriktad grundexamen",
        "vocational upper secondary qualification",
    ),
    "4": LocalText(
        "erikoisammattitutkinto", "specialyrkesexamen", "specialist vocational qualification"
    ),
    "5": LocalText("alin korkea-aste", "lägsta högre nivå", "short-cycle tertiary education"),
    "6": LocalText("alempi korkeakoulututkinto", "lägre högskoleexamen", "bachelor's degree"),
    "7": LocalText("ylempi korkeakoulututkinto", "högre högskoleexamen", "master's degree"),
    "8": LocalText("tohtorin tutkinto", "doktorsexamen", "doctoral degree"),
}


def times(values: object, notes: Notes) -> tuple[WorkingTime, ...] | None:
    """Return working times by code; None if none is told."""
    found = dict.fromkeys(
        time for value in items(values) if (time := _known(TIMES, value, "working time", notes))
    )
    return tuple(found) or None


def extents(values: object, notes: Notes) -> tuple[WorkExtent, ...] | None:
    """Return extents of work by code; None if none is told."""
    found = dict.fromkeys(
        extent
        for value in items(values)
        if (extent := _known(EXTENTS, value, "extent of work", notes))
    )
    return tuple(found) or None


def education_requirement(value: object, language: Lang, notes: Notes) -> tuple[Requirement, ...]:
    """Return the required level of education as a phrase; none if none is told."""
    level = _known(EDUCATION_LEVELS, value, "level of education", notes)
    return (Requirement(level.best(language)),) if level else ()


def concepts(values: object) -> tuple[str, ...]:
    """Return concept URIs in order, once each; they are kept whatever classification they name."""
    return tuple(dict.fromkeys(uri for value in items(values) if (uri := uri_of(value))))


def required_languages(
    asked: Iterable[LanguageSkill], working: Iterable[str]
) -> tuple[LanguageSkill, ...]:
    """Return the languages that an ad asks for.

    A single working language is asked for although the ad names no level. Of several,
    nobody says whether all are needed, so they ask for nothing.
    """
    skills = {skill.code: skill for skill in asked}
    told = list(working)
    if not skills and len(told) == 1:
        return (LanguageSkill(told[0]),)
    return tuple(skills.values())


def _known(codes: Mapping[str, T], value: object, what: str, notes: Notes) -> T | None:
    code = string(value).upper()
    found = codes.get(code)
    if found is None and code:
        notes[f"unknown {what} {code[:40]!r}"] += 1
    return found
