"""Finding municipalities, regions and countries in a place that was written freely."""

from __future__ import annotations

import re
from functools import cache

from matcher.domain import codes
from matcher.domain.parts import Place
from matcher.ingest.rows import Notes

_BETWEEN = re.compile(r"\s*(?:[,;/|()]|\s[-–]\s|\b(?:ja|or|and|och|eller|tai|sekä)\b)\s*")
_REMOTE = re.compile(r"\b(?:remote|etätyö|etänä|distans|distansarbete)\b", re.IGNORECASE)
#: Every postcode 00xxx is one of Helsinki's.
_HELSINKI_POSTCODE = re.compile(r"00\d{3}")
_HELSINKI = "091"
_FI = "FI"
_FINLAND = frozenset({"finland", "suomi", "fi"})


def place_from(text: str, notes: Notes) -> Place:
    """Return the place that free text names; what is not recognised is noted.

    Parameters
    ----------
    text
        As in ``"00510 - Helsinki"``, ``"Espoo, Tampere or Oulu"`` or ``"Pirkanmaa"``.
    notes
        Where an unknown place is remarked on.
    """
    found: dict[str, dict[str, None]] = {"municipality": {}, "region": {}, "country": {}}
    for part in filter(None, _BETWEEN.split(text.strip())):
        kind, code = _recognised(part)
        if kind:
            found[kind][code] = None
    if text.strip() and not any(found.values()) and not _known_without_code(text):
        notes[f"place not recognised: {text.strip()[:40]!r}"] += 1
    return Place(
        municipalities=tuple(found["municipality"]),
        regions=tuple(found["region"]),
        countries=tuple(found["country"]),
        remote=True if _REMOTE.search(text) else None,
    )


def municipality_in(text: str) -> str | None:
    """Return the code of the last municipality whose name is a part of a text, or None.

    Case endings are not looked through: a provider is named as in ``"Sataedu, Kokemäki"``.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    found = [code for word in words if (code := codes.municipality_code(word))]
    return found[-1] if found else None


def region_code(text: str) -> str | None:
    """Return the code of a region given by code (padded or not) or by name, or None."""
    return _code("region", text, 2)


def country_code(text: str) -> str | None:
    """Return the code of a country given by code or by name, or None."""
    return _code("country", text, 0)


def _code(kind: str, text: str, width: int) -> str | None:
    text = text.strip()
    code = text.zfill(width) if text.isdigit() else text.upper()
    return code if code in _members(kind) else _names(kind).get(text.casefold())


def _recognised(part: str) -> tuple[str, str]:
    if code := _municipality(part):
        return "municipality", code
    for kind in ("region", "country"):
        code = _names(kind).get(part.casefold())
        if code and code != _FI:
            return kind, code
    return "", ""


def _municipality(part: str) -> str | None:
    if part.isdigit():
        return _HELSINKI if _HELSINKI_POSTCODE.fullmatch(part) else None
    return codes.municipality_code(part)


def _known_without_code(text: str) -> bool:
    return bool(_REMOTE.search(text)) or text.strip().casefold() in _FINLAND


def _members(kind: str) -> dict[str, codes.Code]:
    return codes.regions() if kind == "region" else codes.countries()


@cache
def _names(kind: str) -> dict[str, str]:
    return {
        name.casefold(): code
        for code, member in _members(kind).items()
        for name in member.name.values()
    }
