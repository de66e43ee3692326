"""Qualifications: their names, the law that asks for them, and which ones they include."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from matcher.domain.codes import Code
from matcher.domain.text import Lang, LocalText
from matcher.requirements.cues import table

#: Codes that are no qualification: another suitable one, studies, and a register entry.
OTHER, STUDENT, REGISTRATION = "other", "student", "registration"
#: A degree of that level in a field that the advertisement does not name, or not by a code.
SUITABLE_HIGHER: Final = "suitable_higher"
#: Schooling that shows what a person has, and that no job asks for as a qualification.
SCHOOL: Final = "basic_school"
#: Of a university or a university of applied sciences.
HIGHER: Final = "higher_degree"
#: Any of these shows that a degree has been taken.
DEGREES: Final = frozenset({"vocational", HIGHER})


class Field(StrEnum):
    """What kind of qualification it is, above all which law speaks of it."""

    HEALTH = "health"
    TITLE_HEALTH = "title_health"
    SOCIAL = "social"
    EARLY = "early"
    TEACHING = "teaching"
    ELECTRICAL = "electrical"
    TRANSPORT = "transport"
    TRADE = "trade"
    DEGREE = "degree"
    REGISTER = "register"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Qualification:
    """One qualification.

    Parameters
    ----------
    code, name
        As in gates.
    field
        Its kind.
    law
        Number of the act that asks for it; empty if only employers do.
    includes
        Codes of what its holder can be taken for as well.
    by_title
        Whether an advertisement asks for it by naming the occupation.
    """

    code: str
    name: LocalText
    field: Field
    law: str
    includes: tuple[str, ...]
    by_title: bool


@cache
def qualifications() -> dict[str, Qualification]:
    """Return the qualifications by code."""
    return {
        row["code"]: Qualification(
            row["code"],
            LocalText(row["name_fi"], row["name_sv"], row["name_en"]),
            Field(row["field"]),
            row["law"],
            tuple(row["includes"].split("|")) if row["includes"] else (),
            row["by_title"] == "yes",
        )
        for row in table("qualifications")
    }


@cache
def checks() -> dict[str, Code]:
    """Return what employers may have to check of a person, by code."""
    return {
        row["code"]: Code(row["code"], LocalText(row["name_fi"], row["name_sv"], row["name_en"]))
        for row in table("checks")
    }


def qualification_name(code: str, lang: Lang) -> str:
    """Return the name of a qualification in a language; the code itself if it is none."""
    entry = qualifications().get(code)
    return entry.name.best(lang) if entry else code


@cache
def included(code: str) -> frozenset[str]:
    """Return everything that a qualification can be taken for, itself included."""
    entry = qualifications().get(code)
    lower = entry.includes if entry else ()
    return frozenset({code}).union(*(included(each) for each in lower))
