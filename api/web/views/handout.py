"""Offers as a client reads them, on paper: sentences in the own language, no scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.schemas.matches import SupportedMatch
from api.schemas.offers import place_names
from api.web.views.phrases import Phrase, best_phrase
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.text import Lang
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.match.reasons.client_sentences import carries, lacks
from matcher.match.reasons.names import BANDS, KINDS

#: In which language titles and places are told to whom Finnish is not the one.
_QUOTED: Final[Mapping[Tongue, Lang]] = {Tongue.SV: Lang.SV, Tongue.EN: Lang.EN}


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """One offer on paper."""

    title: Phrase
    organisation: str
    places: tuple[str, ...]
    expires: date | None
    fits: str
    because: tuple[str, ...]
    asked_for: tuple[str, ...]
    url: str
    credit: str | None


@dataclass(frozen=True, slots=True)
class PaperList:
    """The offers of one kind."""

    title: str
    offers: tuple[PaperOffer, ...]


def paper_lists(
    matches: Mapping[OfferKind, Iterable[SupportedMatch]],
    offers: Mapping[tuple[OfferKind, str], Offer],
    chosen: Collection[tuple[OfferKind, str]],
    tongue: Tongue,
) -> tuple[PaperList, ...]:
    """Return match lists as a client reads them.

    Parameters
    ----------
    matches
        By kind.
    offers
        By kind and id; those that are gone are left out.
    chosen
        Kind and id of what is to be handed over; empty for all of it.
    tongue
        Of the client.
    """
    words = client_words(tongue)
    lists = (
        PaperList(
            words(KINDS[kind]),
            tuple(
                _paper(match, offers[kind, match.offer.id], tongue)
                for match in found
                if (kind, match.offer.id) in offers
                and (not chosen or (kind, match.offer.id) in chosen)
            ),
        )
        for kind, found in matches.items()
    )
    return tuple(one for one in lists if one.offers)


def _paper(match: SupportedMatch, offer: Offer, tongue: Tongue) -> PaperOffer:
    words, lang = client_words(tongue), _QUOTED.get(tongue, Lang.FI)
    return PaperOffer(
        title=best_phrase(offer.title, lang),
        organisation=offer.organisation,
        places=tuple(place_names(offer, lang)),
        expires=offer.expires,
        fits=words(BANDS[match.band]),
        because=tuple(
            carries((one.competence, one.requirement), one.said, one.part, match.offer.kind, words)
            for one in match.reasons
        ),
        asked_for=tuple(lacks(one.requirement, one.importance, words) for one in match.missing),
        url=offer.url,
        credit=match.offer.credit,
    )
