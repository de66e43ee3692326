"""Job postings as the Testbed productizers return them: ``results`` with employer and place."""

from __future__ import annotations

from typing import Any

from matcher.domain.offer import Vacancy
from matcher.domain.parts import Hours
from matcher.domain.text import Lang, LocalText
from matcher.errors import InputError
from matcher.ingest.ids import content_id
from matcher.ingest.places import place_from
from matcher.ingest.rows import Container, Fields, Notes, Thing
from matcher.ingest.tyomarkkinatori import extents
from matcher.ingest.values import day, items, mapping, plain, string

SOURCE = "testbed"


def fits(_: Container, first: Fields) -> bool:
    """Return whether this is a page of results or a single posting."""
    return "basicInfo" in mapping(next(iter(items(first.get("results"))), first))


def rows(document: object) -> list[Any]:
    """Return the postings of a page, or a single one."""
    results = mapping(document).get("results")
    return items(document if results is None else results)


def parse(fields: Fields, source: str | None, notes: Notes) -> Thing:
    """Return the vacancy of one posting; it has no id, so one is made from its content.

    Raises
    ------
    InputError
        If it has no title.
    """
    basics = mapping(fields.get("basicInfo"))
    title = plain(basics.get("title"))
    if not title:
        raise InputError(
            "the posting has no title", remedy="Fetch it again.", field="basicInfo.title"
        )
    source = source or SOURCE
    return Vacancy(
        id=content_id(source, "vacancy", fields),
        source=source,
        language=Lang.FI,
        title=LocalText(fi=title),
        text=LocalText(fi=plain(basics.get("description"))),
        organisation=plain(fields.get("employer")),
        place=place_from(string(mapping(fields.get("location")).get("municipality")), notes),
        hours=Hours(extents=extents(basics.get("workTimeType"), notes)),
        published=day(fields.get("publishedAt"), notes),
        expires=day(fields.get("applicationEndDate"), notes),
        url=string(fields.get("applicationUrl")),
    )
