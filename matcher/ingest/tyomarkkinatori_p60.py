"""Työmarkkinatori's profile interface P60: what a person has told of himself or herself.

Only preferred labels are used. Names of employers are left out, also where the person
does not ask for it: they say nothing of what the person can do. Where the person lives is
not told, and where he or she would like to work is no home: it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from matcher.domain import codes
from matcher.domain.parts import (
    Availability,
    Commute,
    Competence,
    Evidence,
    LanguageSkill,
    Occupation,
)
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import InputError
from matcher.ingest.ids import content_id
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.tyomarkkinatori import SOURCE
from matcher.ingest.tyomarkkinatori_v1 import language_codes
from matcher.ingest.values import (
    cefr,
    coded,
    day,
    flag,
    items,
    localised,
    mapping,
    municipality_codes,
    region_codes,
    string,
)

#: Blocks with skills, strongest evidence first: of a skill told twice the first one counts.
#: Other experience ("muu kokemus") is free-time work and positions of trust; free
#: descriptions of experience and wishes rest on the person's word.
_BLOCKS: Final = {
    "employments": Evidence.WORK,
    "businessActivities": Evidence.WORK,
    "educations": Evidence.EDUCATION,
    "projects": Evidence.HOBBY,
}
_WORK: Final = ("employments", "businessActivities")
_PAST: Final = (*_WORK, "educations")
_EXPERIENCE: Final = "experienceDescription"
_WISHES: Final = "jobPreferenceDescription"
_ABORTED = "3"
_PREFERRED = "preferred municipalities and regions are not kept; several regions mean would move"


def fits(_: Container, first: Fields) -> bool:
    """Return whether this is a profile with the blocks of P60."""
    return "generalInfo" in first or {"employments", "educations"} <= first.keys()


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the profile of one person.

    The interface gives no id; `_identity` stands for one.

    Raises
    ------
    InputError
        If the profile says nothing.
    """
    general = mapping(fields.get("generalInfo"))
    created = string(mapping(general.get("meta")).get("created"))
    source = source or SOURCE
    language = _language(fields, general)
    profile = Profile(
        id=content_id(source, "profile", _identity(fields, created) if created else fields),
        source=source,
        language=language,
        text=_text(fields, general, language),
        competences=tuple(_competences(fields, language)),
        occupations_done=tuple(_occupations_done(fields, language)),
        occupations_wanted=_occupations(mapping(fields.get(_WISHES)), language),
        education=_education(fields, language),
        languages=_languages(fields, notes),
        licences=_licences(fields, notes),
        cards=_cards(fields, notes),
        commute=_commute(fields, general, notes),
        availability=Availability(start=day(general.get("startDate"), notes)),
    )
    told = (profile.text, profile.competences, profile.occupations_done)
    if not (any(told) or profile.occupations_wanted):
        raise InputError("the profile says nothing", remedy="Ask the person to fill it in.")
    return profile


def _identity(fields: Fields, created: str) -> object:
    """Return what tells one person's profile from another's: its creation and the past.

    A new description, skill, language or wish keeps the id, and so does the end of a job.
    An employment, business activity or education that is added, removed, retitled or begins
    on another day changes it: the profile is then a new one, and an import with ``--full``
    closes the old one.
    """
    past = sorted(
        (
            block,
            string(mapping(entry.get("interval")).get("startDate")),
            string(entry.get("degreeCode")),
            _best(entry.get("title"), Lang.FI) or _best(entry.get("customDegreeName"), Lang.FI),
        )
        for block in _PAST
        for entry in map(mapping, items(fields.get(block)))
    )
    return [created, past]


def _language(fields: Fields, general: Fields) -> Lang:
    """Return the first language that the person's own words have."""
    words = [general.get("caption"), general.get("description")]
    words += [mapping(fields.get(name)).get("description") for name in (_EXPERIENCE, _WISHES)]
    return next((lang for text in words for lang in localised(text).langs()), Lang.FI)


def _descriptions(fields: Fields) -> Iterator[tuple[str, Fields, Fields]]:
    """Yield the block's name, the entry and its description, for each that a block has."""
    for name in _BLOCKS:
        for entry in map(mapping, items(fields.get(name))):
            yield name, entry, mapping(entry.get("description"))
    for name in (_EXPERIENCE, _WISHES):
        yield name, {}, mapping(fields.get(name))


def _text(fields: Fields, general: Fields, language: Lang) -> str:
    parts = [general.get("caption"), general.get("description")]
    parts += [description.get("description") for _, _, description in _descriptions(fields)]
    return "\n".join(dict.fromkeys(text for part in parts if (text := _best(part, language))))


def _competences(fields: Fields, language: Lang) -> Iterator[Competence]:
    seen = set()
    for block, _, description in _descriptions(fields):
        for skill in map(mapping, items(description.get("skills"))):
            name, uri = _best(skill.get("prefLabel"), language), string(skill.get("uri"))
            if name and (uri or name) not in seen:
                seen.add(uri or name)
                yield Competence(name, evidence=_BLOCKS.get(block), concept=uri or None)


def _occupations(description: Fields, language: Lang) -> tuple[Occupation, ...]:
    return tuple(
        Occupation(name, string(item.get("uri")) or None)
        for item in map(mapping, items(description.get("occupations")))
        if (name := _best(item.get("prefLabel"), language))
    )


def _occupations_done(fields: Fields, language: Lang) -> Iterator[Occupation]:
    seen = set()
    for block, entry, description in _descriptions(fields):
        if block == _WISHES:
            continue
        title = _best(entry.get("title"), language) if block in _WORK else ""
        titled = (Occupation(title),) if title else ()
        for occupation in (*titled, *_occupations(description, language)):
            if (key := occupation.concept or occupation.title) not in seen:
                seen.add(key)
                yield occupation


def _education(fields: Fields, language: Lang) -> str:
    names = (
        _degree(entry, language)
        for entry in map(mapping, items(fields.get("educations")))
        if string(mapping(entry.get("interval")).get("statusCode")) != _ABORTED
    )
    return "; ".join(dict.fromkeys(filter(None, names)))


def _degree(entry: Fields, language: Lang) -> str:
    parts = (
        _best(entry.get("customDegreeName"), language),
        _best(entry.get("degreeInstitution"), language),
    )
    return ", ".join(part for part in parts if part)


def _languages(fields: Fields, notes: Notes) -> tuple[LanguageSkill, ...] | None:
    return (
        tuple(
            LanguageSkill(code, cefr(item.get("level"), notes))
            for item in map(mapping, items(fields.get("languageSkills")))
            for code in language_codes(item.get("code"), notes)
        )
        or None
    )


def _licences(fields: Fields, notes: Notes) -> tuple[str, ...] | None:
    told = mapping(fields.get("drivingLicenses")).get("licenseClasses")
    return coded(told, codes.licence_class, "driving licence", notes) or None


def _cards(fields: Fields, notes: Notes) -> tuple[str, ...] | None:
    told = mapping(fields.get("certifications")).get("cardCodes")
    return coded(told, codes.permit_card_code, "permit card", notes) or None


def _commute(fields: Fields, general: Fields, notes: Notes) -> Commute:
    """Return what is told of distances; who looks for work in several regions would move."""
    table = codes.municipalities()
    municipalities = municipality_codes(general.get("preferredMunicipalities"), notes)
    regions = {table[code].region for code in municipalities if code in table}
    regions |= set(region_codes(general.get("preferredRegions"), notes))
    if regions:
        notes[_PREFERRED] += 1
    return Commute(
        own_car=flag(mapping(fields.get("drivingLicenses")).get("ownCarAvailable")),
        relocation=True if len(regions) > 1 else None,
        remote=flag(general.get("willingToWorkRemotely")),
    )


def _best(value: object, language: Lang) -> str:
    return localised(value, language).best(language)
