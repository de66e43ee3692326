"""Plain job ads: one JSON object a line with title, company, municipality, text and dates."""

from __future__ import annotations

import re

from matcher.domain.offer import Vacancy
from matcher.domain.parts import Hours, Requirement, WorkExtent
from matcher.domain.text import LocalText
from matcher.errors import InputError
from matcher.ingest.ids import content_id, store_id
from matcher.ingest.places import place_from
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.values import day, items, language_of, plain, string

SOURCE = "ads"
_FULL_TIME = re.compile(r"full[ -]?time|koko-?aika|kokopäiv|heltid", re.IGNORECASE)
_PART_TIME = re.compile(r"part[ -]?time|osa-?aika|deltid", re.IGNORECASE)


def fits(_: Container, first: Fields) -> bool:
    """Return whether a record has the plain fields ``company``, ``title`` and ``text``."""
    return {"title", "text", "company"} <= first.keys()


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the vacancy of one plain ad.

    Raises
    ------
    InputError
        If it has no title.
    """
    title = plain(fields.get("title"))
    if not title:
        raise InputError("the ad has no title", remedy="Give it a title.", field="title")
    language = language_of(fields.get("lang"), notes)
    given = string(fields.get("id"))
    source = source or (given.partition(":")[0] if ":" in given else SOURCE)
    return Vacancy(
        id=store_id(source, given) if given else content_id(source, "vacancy", fields),
        source=source,
        language=language,
        title=LocalText.of(language, title),
        text=LocalText.of(language, plain(fields.get("text"))),
        organisation=plain(fields.get("company")),
        requirements=tuple(
            Requirement(text) for skill in items(fields.get("skills")) if (text := plain(skill))
        ),
        place=place_from(string(fields.get("municipality")), notes),
        hours=Hours(extents=extents_of(string(fields.get("employment")))),
        published=day(fields.get("date_posted"), notes),
        expires=day(fields.get("date_ends"), notes),
        url=string(fields.get("url")),
    )


def extents_of(text: str) -> tuple[WorkExtent, ...] | None:
    """Return whether free words tell of full-time or part-time work; None if of neither."""
    found = [
        extent
        for extent, words in (
            (WorkExtent.FULL_TIME, _FULL_TIME),
            (WorkExtent.PART_TIME, _PART_TIME),
        )
        if words.search(text)
    ]
    return tuple(found) or None
