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


def region_code(name: str) -> str | None:
    """Return the code of a region given by name in any of the languages, or None."""
    return _names("region").get(name.strip().casefold())


def _recognised(part: str) -> tuple[str, str]:
    if code := _municipality(part):
        return "municipality", code
    for kind in ("region", "country"):
        if code := _names(kind).get(part.casefold()):
            return kind, code
    return "", ""


def _municipality(part: str) -> str | None:
    if part.isdigit():
        return _HELSINKI if _HELSINKI_POSTCODE.fullmatch(part) else None
    return codes.municipality_code(part)


def _known_without_code(text: str) -> bool:
    return bool(_REMOTE.search(text)) or text.strip().casefold() in _FINLAND


@cache
def _names(kind: str) -> dict[str, str]:
    members = codes.regions() if kind == "region" else codes.countries()
    return {
        name.casefold(): code
        for code, member in members.items()
        for name in member.name.values()
        if name.casefold() not in _FINLAND
    }
