"""Offers as they are shown."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import BaseModel, Field

from api.schemas.records import OfferDocument
from matcher.domain.codes import municipalities
from matcher.domain.offer import Offer, OfferKind, kind_of
from matcher.domain.text import Lang
from matcher.ingest.tyomarkkinatori import SOURCE

#: The terms of Työmarkkinatori's interface ask for this line beside every advertisement.
CREDITS: Final = {SOURCE: "Lähde: Työmarkkinatorin asiakastietojärjestelmä"}


class OfferSummary(BaseModel):
    """As much of an offer as a list needs."""

    id: str
    kind: OfferKind
    title: str
    organisation: str
    municipalities: list[str] = Field(description="Names; empty if remote or unknown")
    expires: date | None = Field(description="Last day on which it is open")
    url: str
    credit: str | None = Field(description="Must be shown beside the offer, if there is one")

    @classmethod
    def of(cls, offer: Offer, lang: Lang) -> OfferSummary:
        """Return the summary of an offer in a language, or in the best one that it has."""
        return cls(
            id=offer.id,
            kind=kind_of(offer),
            title=offer.title.best(lang),
            organisation=offer.organisation,
            municipalities=place_names(offer, lang),
            expires=offer.expires,
            url=offer.url,
            credit=credit_of(offer),
        )


class OfferAnswer(BaseModel):
    """One offer in full."""

    kind: OfferKind
    credit: str | None = Field(description="Must be shown beside the offer, if there is one")
    offer: OfferDocument


def place_names(offer: Offer, lang: Lang) -> list[str]:
    """Return the names of an offer's municipalities."""
    known = municipalities()
    return [known[code].name.best(lang) for code in offer.place.municipalities if code in known]


def credit_of(offer: Offer) -> str | None:
    """Return the line that the offer's source asks to be shown, if it asks for one."""
    return next((line for name, line in CREDITS.items() if offer.source.startswith(name)), None)
