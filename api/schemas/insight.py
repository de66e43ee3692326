"""What an employer learns of a need at once."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.schemas.candidates import Count, shown
from api.schemas.records import NeedDocument
from matcher.domain.match import Band, GateKind
from matcher.domain.parts import Support
from matcher.domain.text import Lang
from matcher.i18n.words import Words
from matcher.match.employer.disclosure import ToldHelping, ToldInsight, ToldObstacle
from matcher.match.employer.insight_words import (
    ENTITLED,
    asked_words,
    obstacle_words,
    support_words,
)


class ObstacleAnswer(BaseModel):
    """A gate or a requirement that keeps people from a need."""

    gate: GateKind | None = Field(description="Null for a requirement")
    required: str = Field(description="Code or number of a gate; a requirement in its own words")
    required_text: str = Field(description="The same in words")
    shuts_out: Count = Field(description="People kept out; may be told too low")
    brings: Count = Field(description="How many of them would fit if nobody asked for it")
    text: str = Field(description="All of it as a sentence")

    @classmethod
    def of(cls, one: ToldObstacle, lang: Lang) -> ObstacleAnswer:
        """Return an obstacle as it is shown."""
        return cls(
            gate=one.gate,
            required=one.required,
            required_text=asked_words(one, lang),
            shuts_out=shown(one.shuts_out),
            brings=shown(one.brings),
            text=obstacle_words(one, lang),
        )


class HelpingAnswer(BaseModel):
    """A support that could help some of the people in reach to start."""

    support: Support
    offered: bool = Field(description="Whether the need says that the company is ready for it")
    people: Count
    text: str

    @classmethod
    def of(cls, one: ToldHelping, lang: Lang) -> HelpingAnswer:
        """Return a support as it is shown."""
        return cls(
            support=one.support,
            offered=one.offered,
            people=shown(one.people),
            text=support_words(one, lang),
        )


class InsightAnswer(BaseModel):
    """How many people fit a need, and what stands in the way."""

    snapshot: str = Field(description="Index that was searched")
    counts: dict[Band, Count] = Field(description="People in reach whom no gate keeps out")
    at_least: Count = Field(description="All that `counts` tells, together")
    obstacles: list[ObstacleAnswer] = Field(description="The most promising to ease first")
    supports: list[HelpingAnswer]
    note: str

    @classmethod
    def of(cls, insight: ToldInsight, snapshot: str, lang: Lang) -> InsightAnswer:
        """Return an insight as it is shown."""
        return cls(
            snapshot=snapshot,
            counts={band: shown(count) for band, count in insight.bands.items()},
            at_least=shown(insight.at_least),
            obstacles=[ObstacleAnswer.of(one, lang) for one in insight.obstacles],
            supports=[HelpingAnswer.of(one, lang) for one in insight.supports],
            note=Words.of(lang)(ENTITLED),
        )


class PostedNeed(NeedDocument):
    """A need as it was stored, with what its employer learns of it at once."""

    insight: InsightAnswer | None = Field(
        description="Who fits it and what stands in the way; null before the first night. "
        "Send the need back without it"
    )
