"""Code sets: municipalities, regions, countries, languages, permit cards, driving licences.

The tables lie beside this module. Names and codes of regions, countries and languages are
those of Statistics Finland's classifications, with further names of a language as aliases;
municipalities are the 308 of 2025 with the coordinates of their centres (GeoNames, CC BY
4.0); permit cards and licence groups are those of Työmarkkinatori's vacancy interface
(version 1.0, 2023).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt

from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Code:
    """One member of a code set: the code and its names."""

    code: str
    name: LocalText
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: code, names, region code, and its centre in degrees (WGS 84)."""

    code: str
    name: LocalText
    region: str
    lat: float
    lon: float


def _rows(table: str) -> list[dict[str, str]]:
    text = resources.files("matcher.domain").joinpath(f"tables/{table}.tsv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _codes(table: str) -> dict[str, Code]:
    return {
        row["code"]: Code(
            row["code"],
            LocalText(row["name_fi"], row["name_sv"], row["name_en"]),
            tuple(row.get("aliases", "").split("|")) if row.get("aliases") else (),
        )
        for row in _rows(table)
    }


@cache
def municipalities() -> dict[str, Municipality]:
    """Return the 308 municipalities of 2025 by three-digit code."""
    return {
        row["code"]: Municipality(
            row["code"],
            LocalText(row["name_fi"], row["name_sv"]),
            row["region"],
            float(row["lat"]),
            float(row["lon"]),
        )
        for row in _rows("municipalities")
    }


@cache
def regions() -> dict[str, Code]:
    """Return the 19 regions (maakunta) by two-digit code."""
    return _codes("regions")


@cache
def countries() -> dict[str, Code]:
    """Return the countries by ISO 3166-1 alpha-2 code."""
    return _codes("countries")


@cache
def languages() -> dict[str, Code]:
    """Return the languages by ISO 639-1 code, with the few ISO 639-3 codes in use."""
    return _codes("languages")


@cache
def permit_cards() -> dict[str, Code]:
    """Return the permit cards (kortit ja luvat) 001–095 by three-digit code."""
    return _codes("permit_cards")


#: Driving licence classes (EU directive 2006/126/EC), each with the classes it includes
#: (ajokorttilaki 386/2011, 4–5 §).
LICENCE_INCLUDES: dict[str, frozenset[str]] = {
    "AM": frozenset({"AM"}),
    "A1": frozenset({"A1", "AM"}),
    "A2": frozenset({"A2", "A1", "AM"}),
    "A": frozenset({"A", "A2", "A1", "AM"}),
    "T": frozenset({"T", "AM"}),
    "B": frozenset({"B", "T", "AM"}),
    "BE": frozenset({"BE", "B", "T", "AM"}),
    "C1": frozenset({"C1", "B", "T", "AM"}),
    "C1E": frozenset({"C1E", "C1", "BE", "B", "T", "AM"}),
    "C": frozenset({"C", "C1", "B", "T", "AM"}),
    "CE": frozenset({"CE", "C", "C1E", "C1", "BE", "B", "T", "AM"}),
    "D1": frozenset({"D1", "B", "T", "AM"}),
    "D1E": frozenset({"D1E", "D1", "BE", "B", "T", "AM"}),
    "D": frozenset({"D", "D1", "B", "T", "AM"}),
    "DE": frozenset({"DE", "D", "D1E", "D1", "BE", "B", "T", "AM"}),
}

#: Työmarkkinatori groups classes; the group asks for, or grants, its lowest class.
LICENCE_GROUPS: dict[str, str] = {
    "A1A2A": "A1",
    "B96BE": "BE",
    "C1C": "C1",
    "C1ECE": "C1E",
    "D1D": "D1",
    "D1EDE": "D1E",
}


def included_licences(held: tuple[str, ...]) -> frozenset[str]:
    """Return every class that the held ones entitle to drive; an unknown code means itself.

    Who may drive CE and D may drive DE too.

    References
    ----------
    Directive 2006/126/EC, article 6(2)(b); ajokorttilaki (386/2011), on the extent of the
    right to drive.
    """
    granted: frozenset[str] = frozenset().union(
        *(LICENCE_INCLUDES.get(licence, frozenset({licence})) for licence in held)
    )
    return granted | LICENCE_INCLUDES["DE"] if {"CE", "D"} <= granted else granted


def licence_class(text: str) -> str | None:
    """Return the licence class that a code or group code means, or None if unknown."""
    code = text.strip().upper().removesuffix("-KORTTI").replace(" ", "")
    code = LICENCE_GROUPS.get(code, code)
    return code if code in LICENCE_INCLUDES else None


@cache
def _municipality_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, municipality in municipalities().items():
        for name in municipality.name.values():
            # The official name of Mariehamn is both of its names with a dash between.
            for part in (name, *name.split(" - ")):
                names.setdefault(part.casefold(), code)
    return names


def municipality_code(text: str) -> str | None:
    """Return the code of a municipality given by code (padded or not) or by name, or None."""
    text = text.strip()
    if text.isdigit():
        padded = text.zfill(3)
        return padded if padded in municipalities() else None
    return _municipality_names().get(text.casefold())


@cache
def _card_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, card in permit_cards().items():
        for name in (*card.name.values(), *card.aliases):
            names.setdefault(name.casefold(), code)
    return names


def permit_card_code(text: str) -> str | None:
    """Return the code of a permit card given by code, name or common alias, or None."""
    text = text.strip()
    if text.isdigit():
        padded = text.zfill(3)
        return padded if padded in permit_cards() else None
    return _card_names().get(text.casefold())


@cache
def _language_names() -> dict[str, str]:
    names = {code: code for code in languages()}
    for code, language in languages().items():
        for name in (*language.name.values(), *language.aliases):
            names.setdefault(name.casefold(), code)
    return names


def language_code(text: str) -> str | None:
    """Return the code of a language given by code, name or other name, or None."""
    return _language_names().get(text.strip().casefold())


def code_name(code_set: dict[str, Code], code: str, lang: Lang) -> str:
    """Return the name of a code in a language; the code itself if it is not in the set."""
    entry = code_set.get(code)
    return entry.name.best(lang) if entry else code


def distance_km(a: str, b: str) -> float:
    """Return the great-circle distance in kilometres between two municipality centres.

    Raises
    ------
    InputError
        If a code is not a municipality's.

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.
    """
    table = municipalities()
    for code in (a, b):
        if code not in table:
            raise InputError(f"{code!r} is no municipality code.", remedy="Use a three-digit code.")
    lat_a, lat_b = radians(table[a].lat), radians(table[b].lat)
    d_lon = radians(table[b].lon - table[a].lon)
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))
