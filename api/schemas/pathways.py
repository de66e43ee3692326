"""Areas as they are shown."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field, StrictInt

from matcher.domain.situation import Situation
from matcher.domain.text import Lang
from matcher.ingest.situations import SituationRecord, situation_record
from matcher.match.package.document import PackageDocument
from matcher.pathways.area import Area
from matcher.pathways.page import area_page


class VersionedSituation(SituationRecord):
    """What is known of a client, and which version of it this is."""

    version: StrictInt = Field(
        ge=0,
        description="The version that you have read, 0 for none; 409 if there is a newer one",
    )

    @classmethod
    def of(cls, version: int, situation: Situation) -> VersionedSituation:
        """Return a stored situation as it is shown."""
        return cls(version=version, **situation_record(situation).model_dump())


class PackageAnswer(PackageDocument):
    """A package, and under which id it is recorded."""

    list_id: str


class AreaSummary(BaseModel):
    """An area and its days."""

    name: str
    title: str
    valid_from: date
    valid_to: date | None
    municipalities: list[str] = Field(description="Three-digit codes")
    source: str
    note: str = Field(description="What is unsure; empty if nothing is")

    @classmethod
    def of(cls, area: Area, lang: Lang) -> AreaSummary:
        """Return the summary of an area with its name in a language."""
        return cls(
            name=area.name,
            title=area.title.best(lang),
            valid_from=area.valid.start,
            valid_to=area.valid.end,
            municipalities=list(area.municipalities),
            source=area.source,
            note=area.note,
        )


class AreaAnswer(BaseModel):
    """An area with all its rules in words."""

    area: AreaSummary
    page: str = Field(description="Markdown; every rule with its days, source and note")

    @classmethod
    def of(cls, area: Area, lang: Lang) -> AreaAnswer:
        """Return an area in the words of a language."""
        return cls(area=AreaSummary.of(area, lang), page=area_page(area, lang))
