"""Answers to missing facts as a form sends them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.web.forms import Form
from matcher.domain.situation import Benefit
from matcher.ingest.days import Day
from matcher.ingest.records import MAX_PHRASE, LanguageCode
from matcher.pathways.answers import Answer
from matcher.pathways.factnames import FactName


class FactForm(BaseModel):
    """What somebody answers to one question; which parts are read follows from the fact."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    fact: FactName
    version: Annotated[int, Field(ge=0)]
    holds: bool | None = None
    start: Day | None = None
    end: Day | None = None
    days: Annotated[int | None, Field(ge=0, le=20_000)] = None
    counted: Day | None = None
    benefit: Benefit | None = None
    language: LanguageCode | None = None
    evidence: Annotated[str, Field(max_length=MAX_PHRASE)] = ""

    @classmethod
    def read(cls, form: Form) -> FactForm:
        """Return what a form says; an empty field is one that nobody has filled in.

        Raises
        ------
        ValidationError
            If something in it cannot be used.
        """
        told = {name: form.text(name) for name in cls.model_fields}
        return cls.model_validate({name: text for name, text in told.items() if text})

    @property
    def answer(self) -> Answer:
        """The answer as the library takes it."""
        return Answer(
            holds=self.holds,
            start=self.start,
            end=self.end,
            days=self.days,
            counted=self.counted,
            benefit=self.benefit,
            language=self.language,
            evidence=self.evidence,
        )
