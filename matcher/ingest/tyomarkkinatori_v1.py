"""Työmarkkinatori's vacancy interface, version 1: pages of ``ilmoitukset``.

Specification and samples differ; both shapes are read. Contacts are left out, as is the
name of a household that employs, which is a person's name, and the company's marketing.
"""

from __future__ import annotations

from typing import Any

from matcher.domain import codes
from matcher.domain.offer import Vacancy
from matcher.domain.parts import (
    Availability,
    Hours,
    LanguageSkill,
    Occupation,
    Place,
    Requirement,
)
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.ids import store_id
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.tyomarkkinatori import (
    SOURCE,
    concepts,
    education_requirement,
    extents,
    required_languages,
    times,
)
from matcher.ingest.values import (
    cefr,
    coded,
    country_codes,
    day,
    flag,
    items,
    joined,
    localised,
    main_language,
    mapping,
    municipality_codes,
    number,
    region_codes,
    string,
)

_LISTS = ("ilmoitukset", "Ilmoitukset")
_A_MONTH = "0202"
_WEEKS_A_MONTH = 52 / 12


def fits(_: Container, first: Fields) -> bool:
    """Return whether this is a page of ads or a single ad."""
    return any(name in first for name in _LISTS) or "ilmoituksenID" in first


def rows(document: object) -> list[Any]:
    """Return the ads of a page, of a list of pages, or a single ad."""
    found: list[Any] = []
    for item in items(document):
        name = next((name for name in _LISTS if name in mapping(item)), None)
        found += items(item[name]) if name else [item]
    return found


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the vacancy of one ad.

    Raises
    ------
    InputError
        If it has no id or no title.
    """
    basics, skills = mapping(fields.get("perustiedot")), mapping(fields.get("osaamisvaatimukset"))
    application = mapping(fields.get("hakeminen"))
    given = string(fields.get("ilmoituksenID"))
    if not given:
        raise InputError("the ad has no id", remedy="Fetch it again.", field="ilmoituksenID")
    title = localised(basics.get("tyonOtsikko"))
    if not title.values():
        raise InputError("the ad has no title", remedy="Fetch it again.", field="tyonOtsikko")
    language = main_language(fields.get("ilmoituksenKielet"), title)
    source = source or SOURCE
    return Vacancy(
        id=store_id(source, given),
        source=source,
        language=language,
        title=title,
        text=_text(basics, skills),
        organisation=localised(fields.get("ilmoittajanNimi")).best(language),
        occupations=tuple(Occupation("", uri) for uri in concepts(skills.get("ammatit"))),
        requirements=_requirements(skills, language, notes),
        languages=_languages(fields, skills, notes),
        licences=_licences(skills, notes),
        cards=_cards(skills, notes),
        place=_place(mapping(fields.get("sijainti")), notes),
        hours=_hours(basics, notes),
        availability=Availability(
            day(basics.get("tyoAlkaaPvm"), notes),
            day(basics.get("maaraaikaisuudenPaattymisPvm"), notes),
        ),
        published=day(fields.get("julkaisupvm"), notes),
        expires=day(application.get("hakuaikaPaattyy"), notes),
        places=int(number(basics.get("paikkojenMaara")) or 0) or None,
        url=string(application.get("hakemuksenUrl")),
    )


def _text(basics: Fields, skills: Fields) -> LocalText:
    texts = (
        basics.get("tyonTiivistelma"),
        basics.get("tyonKuvaus"),
        *(mapping(asked).get("kielitaidonLisatieto") for asked in items(skills.get("kielitaidot"))),
        mapping(skills.get("ajokortti")).get("ajokortinLisatieto"),
        mapping(skills.get("kortitJaLuvat")).get("kortitJaLuvatLisatieto"),
    )
    return joined(localised(text) for text in texts)


def _requirements(skills: Fields, language: Lang, notes: Notes) -> tuple[Requirement, ...]:
    return (
        *(Requirement("", concept=uri) for uri in concepts(skills.get("osaamiset"))),
        *education_requirement(skills.get("koulutusaste"), language, notes),
    )


def _languages(fields: Fields, skills: Fields, notes: Notes) -> tuple[LanguageSkill, ...]:
    asked = [mapping(item) for item in items(skills.get("kielitaidot"))]
    return required_languages(
        (
            # A concept's URI becomes a code when the taxonomy names it.
            LanguageSkill(code, cefr(item.get("kielitaidonTaso"), notes))
            for item in asked
            for code in language_codes(item.get("kielitaito"), notes)
        ),
        language_codes(fields.get("tyoKielet"), notes),
    )


def language_codes(values: object, notes: Notes) -> tuple[str, ...]:
    """Return language codes, or the URIs of languages that are given as concepts."""
    return coded(
        values,
        lambda text: text if text.startswith("http") else codes.language_code(text),
        "language",
        notes,
    )


def _licences(skills: Fields, notes: Notes) -> tuple[str, ...]:
    told = mapping(skills.get("ajokortti")).get("vaaditutAjokorttiluokat")
    return coded(told, codes.licence_class, "driving licence", notes)


def _cards(skills: Fields, notes: Notes) -> tuple[str, ...]:
    told = mapping(skills.get("kortitJaLuvat")).get("lupaKoodit")
    return coded(told, codes.permit_card_code, "permit card", notes)


def _place(place: Fields, notes: Notes) -> Place:
    return Place(
        municipalities=municipality_codes(place.get("kunta"), notes),
        regions=region_codes(place.get("maakunta"), notes),
        countries=country_codes(place.get("maa"), notes),
        remote=flag(place.get("sijaintiJoustava")),
    )


def _hours(basics: Fields, notes: Notes) -> Hours:
    work = mapping(basics.get("tyoskentely"))
    shifts = ["08"] if items(work.get("vuorotyo")) else []
    per = number(basics.get("tyoTunnitMaksimi")) or number(basics.get("tyoTunnitMinimi"))
    if per and string(basics.get("tyoTunnitAjanjakso")) == _A_MONTH:
        per = round(per / _WEEKS_A_MONTH, 1)
    return Hours(
        times=times([*items(work.get("tyoskentelyAika")), *shifts], notes),
        extents=extents(basics.get("tyoAika"), notes),
        per_week=per,
    )
