"""Työmarkkinatori's vacancy interface, version 2: one ``JobPostingV2`` a line.

An archived ad closes the vacancy. Times come without a zone. Contacts, addresses, the
help text for applicants and the company's marketing are left out.
"""

from __future__ import annotations

from matcher.domain import codes
from matcher.domain.offer import Vacancy
from matcher.domain.parts import Hours, LanguageSkill, Occupation, Place, Requirement
from matcher.domain.text import Lang
from matcher.errors import InputError
from matcher.ingest.ids import store_id
from matcher.ingest.rows import Closed, Container, Fields, Notes, Thing
from matcher.ingest.tyomarkkinatori import SOURCE, concepts, extents, required_languages
from matcher.ingest.tyomarkkinatori_v1 import language_codes
from matcher.ingest.values import (
    cefr,
    coded,
    country_codes,
    day,
    items,
    joined,
    localised,
    main_language,
    mapping,
    municipality_codes,
    number,
    present,
    region_codes,
    string,
)

_ARCHIVED = "ARCHIVED"
#: Names under which the field is met; the specification at hand does not give it.
_LICENCES = ("drivingLicenses", "drivingLicences", "drivingLicenseClasses")


def fits(_: Container, first: Fields) -> bool:
    """Return whether a line has the blocks of a ``JobPostingV2``."""
    return "metadata" in first and (
        "position" in first or "externalId" in mapping(first["metadata"])
    )


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the vacancy of one ad, or that it is closed.

    Raises
    ------
    InputError
        If it has no id or no title.
    """
    metadata, position = mapping(fields.get("metadata")), mapping(fields.get("position"))
    application = mapping(fields.get("application"))
    given = string(metadata.get("externalId"))
    if not given:
        raise InputError("the ad has no id", remedy="Fetch it again.", field="metadata.externalId")
    source = source or SOURCE
    if present(metadata.get("archived")) or string(metadata.get("status")).upper() == _ARCHIVED:
        return Closed(store_id(source, given), source)
    title = localised(position.get("title"))
    if not title.values():
        raise InputError("the ad has no title", remedy="Fetch it again.", field="position.title")
    language = main_language(fields.get("languages"), title)
    return Vacancy(
        id=store_id(source, given),
        source=source,
        language=language,
        title=title,
        text=joined(
            localised(position.get(name), language)
            for name in ("jobDescription", "permitCardsDescription")
        ),
        organisation=_organisation(fields, language),
        occupations=tuple(
            Occupation("", uri)
            for uri in concepts(
                [*items(position.get("mainOccupation")), *items(position.get("occupations"))]
            )
        ),
        requirements=tuple(
            Requirement("", concept=uri) for uri in concepts(position.get("skills"))
        ),
        languages=_languages(position, notes),
        licences=_licences(position, notes),
        cards=coded(position.get("permitCards"), codes.permit_card_code, "permit card", notes),
        place=_place(mapping(fields.get("location")), notes),
        hours=Hours(extents=extents(position.get("workTime"), notes)),
        published=day(application.get("published"), notes),
        expires=day(application.get("expires"), notes),
        places=int(number(application.get("openPositions")) or 0) or None,
        url=localised(application.get("url"), language).best(language),
    )


def _organisation(fields: Fields, language: Lang) -> str:
    owner = mapping(fields.get("owner"))
    if owner.get("householdEmployer") is True:
        return ""  # a household's name is a person's name
    return localised(owner.get("company"), language).best(language)


def _languages(position: Fields, notes: Notes) -> tuple[LanguageSkill, ...]:
    told = items(position.get("workLanguages"))
    levelled = [item for item in told if isinstance(item, dict)]
    return required_languages(
        (
            LanguageSkill(code, cefr(item.get("level"), notes))
            for item in levelled
            for code in language_codes(item.get("code") or item.get("language"), notes)
        ),
        language_codes([item for item in told if not isinstance(item, dict)], notes),
    )


def _licences(position: Fields, notes: Notes) -> tuple[str, ...]:
    told = next((position[name] for name in _LICENCES if name in position), None)
    if isinstance(told, dict):
        told = told.get("licenseClasses")
    return coded(told, codes.licence_class, "driving licence", notes)


def _place(place: Fields, notes: Notes) -> Place:
    return Place(
        municipalities=municipality_codes(place.get("municipalities"), notes),
        regions=region_codes(place.get("regions"), notes),
        countries=country_codes(place.get("countries"), notes),
    )
