"""What a coach asks of a match list: its weights, and what of it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.schemas.matches import NightlyMatch, SupportedMatch
from matcher.domain.match import Band
from matcher.domain.offer import OfferKind
from matcher.i18n.tongue import Tongue
from matcher.match.search import Blocked

#: From the best down.
_BANDS: Final = tuple(Band)
M = TypeVar("M", bound=SupportedMatch)


def _given(value: object) -> object:
    """Return None for a field that a form sends empty."""
    return None if value == "" else value


class Asked(BaseModel):
    """The query of a match list; everything has a default, so that a plain link is one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: OfferKind = Field(OfferKind.VACANCY, description="Which list a narrow screen shows")
    want: float = Field(0.0, ge=0, le=1, description="As of `MatchRequest`")
    near: float = Field(0.0, ge=0, le=1, description="As of `MatchRequest`")
    blocked: Blocked = Blocked.HIDE
    band: Annotated[Band | None, BeforeValidator(_given)] = Field(
        None, description="The least band that is shown; None is every one"
    )
    km: Annotated[int | None, BeforeValidator(_given)] = Field(
        None, ge=0, le=2000, description="How far at most; what is not known stays"
    )
    new: bool = Field(False, description="Only what the list of the night before did not have")
    o: tuple[str, ...] = Field(
        (), max_length=40, description="Kind and id of offers that are handed over; empty for all"
    )
    tongue: Annotated[Tongue | None, BeforeValidator(_given)] = Field(
        None, description="In which language the client reads; None is that of the page"
    )

    @property
    def is_fresh(self) -> bool:
        """Whether the list has to be made anew: nobody has stored one with these weights."""
        return self.want > 0 or self.near > 0 or self.blocked is Blocked.SHOW

    def link(self, **changes: object) -> str:
        """Return the query of a link, what is as usual left out; empty if all of it is."""
        wanted = self.model_copy(update=changes).model_dump(mode="json", exclude_defaults=True)
        return f"?{urlencode(wanted, doseq=True)}" if wanted else "?"

    def shown(self, matches: Sequence[M]) -> list[M]:
        """Return those of some matches that are to be shown."""
        return [match for match in matches if self._shows(match)]

    def _shows(self, match: SupportedMatch) -> bool:
        far = self.km is not None and match.distance_km is not None and match.distance_km > self.km
        weak = self.band is not None and _BANDS.index(match.band) > _BANDS.index(self.band)
        old = self.new and not (isinstance(match, NightlyMatch) and match.is_new)
        return not (far or weak or old)
