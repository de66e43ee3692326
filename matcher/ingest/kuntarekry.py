"""Kuntarekry's feed of municipal vacancies."""

from __future__ import annotations

import re
from datetime import date

from matcher.domain.offer import Vacancy
from matcher.domain.parts import Availability, Hours, Occupation, Place, WorkingTime
from matcher.domain.text import LocalText
from matcher.errors import InputError
from matcher.ingest.ids import store_id
from matcher.ingest.job_ads import extents_of
from matcher.ingest.places import place_from
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.values import day, language_of, mapping, number, plain, string

SOURCE = "kuntarekry"
_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")
_SHIFTS = re.compile(r"vuorotyö|skiftarbete", re.IGNORECASE)
_FALSE = ("", "0", "false")


def fits(_: Container, first: Fields) -> bool:
    """Return whether a record wraps a ``jobAdvertisement``."""
    return "jobAdvertisement" in first


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the vacancy of one advertisement; an anonymous one names no organisation.

    Raises
    ------
    InputError
        If it has no id or no title.
    """
    ad = mapping(fields.get("jobAdvertisement"))
    given, title = string(ad.get("id")), plain(ad.get("title"))
    for name, value in (("id", given), ("title", title)):
        if not value:
            raise InputError(
                f"the advertisement has no {name}",
                remedy="Fetch it again.",
                field=f"jobAdvertisement.{name}",
            )
    source = source or SOURCE
    language = language_of(ad.get("language"), notes)
    hidden = string(ad.get("anonymous")) not in _FALSE
    return Vacancy(
        id=store_id(source, given),
        source=source,
        language=language,
        title=LocalText.of(language, title),
        text=LocalText.of(language, plain(ad.get("jobDesc"))),
        organisation="" if hidden else plain(ad.get("organization")),
        occupations=_occupations(plain(ad.get("taskArea"))),
        place=_place(ad, notes),
        hours=_hours(string(ad.get("employment"))),
        availability=Availability(start=_start(string(ad.get("jobDuration")), notes)),
        published=day(ad.get("publicationStarts"), notes),
        expires=day(ad.get("publicationEnds"), notes),
        places=int(number(ad.get("numberOfVacancy")) or 0) or None,
        url=_url(mapping(fields.get("link"))),
    )


def _occupations(task_areas: str) -> tuple[Occupation, ...]:
    return tuple(Occupation(area) for part in task_areas.split(",") if (area := part.strip()))


def _place(ad: Fields, notes: Notes) -> Place:
    place = place_from(string(ad.get("location")), notes)
    return place if place.municipalities else place_from(string(ad.get("region")), notes)


def _hours(employment: str) -> Hours:
    shifts = (WorkingTime.SHIFT,) if _SHIFTS.search(employment) else None
    return Hours(times=shifts, extents=extents_of(employment))


def _start(text: str, notes: Notes) -> date | None:
    """Return the first date in words such as "1.2.2019 tai sopimuksen mukaan"."""
    found = _DATE.search(text)
    return day(found.group(), notes) if found else None


def _url(link: Fields) -> str:
    url = string(link.get("url"))
    return url if url.startswith("http") else ""
