"""Who fits a need: people for a coach, counts for an employer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator

from api.schemas.matches import Explained
from api.schemas.records import NeedDocument, ProfileSummary
from matcher.domain.match import Band, Match
from matcher.domain.text import Lang

#: Smaller groups of people are not counted out: one could recognise somebody.
SMALLEST_COUNT: Final = 5
FEW: Final = "under 5"
Count = Annotated[int, Field(ge=SMALLEST_COUNT)] | Literal["under 5"]


class CandidateRequest(BaseModel):
    """For which need."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    need_id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="A stored need; either this or `need`"
    )
    need: NeedDocument | None = Field(
        None, description="A need to match without storing it; either this or `need_id`"
    )
    k: StrictInt = Field(10, ge=1, le=100, description="Length of the list; not read for counts")
    lang: Lang = Field(Lang.FI, description="Language of questions")

    @model_validator(mode="after")
    def _one_need(self) -> CandidateRequest:
        if (self.need_id is None) is (self.need is None):
            raise ValueError("give either need_id or need")
        return self


class ProfileMatch(Explained):
    """One person who may fit."""

    profile: ProfileSummary


class CandidateList(BaseModel):
    """People of the caller's municipalities who may fit, best first."""

    need_id: str | None = Field(description="Null for a need that is not stored")
    snapshot: str
    note: str
    candidates: list[ProfileMatch]


class CandidateCounts(BaseModel):
    """How many people of the region may fit, by band."""

    need_id: str | None = Field(description="Null for a need that is not stored")
    snapshot: str
    note: str
    counts: dict[Band, Count]


def count_bands(matches: Iterable[Match]) -> dict[Band, Count]:
    """Count matches by band; a count below `SMALLEST_COUNT`, nought included, is not told."""
    counts = Counter(match.band for match in matches)
    return {band: counts[band] if counts[band] >= SMALLEST_COUNT else FEW for band in Band}
