"""Which instruments go with a match, on a terminal and as JSON."""

from __future__ import annotations

from typing import Any, Final

from matcher.domain.calendar import finnish_day, utc_now
from matcher.domain.offer import Offer
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.i18n.message import msg
from matcher.i18n.words import Words
from matcher.pathways.documents import instrument_rulings
from matcher.pathways.factnames import OFFER_FACTS
from matcher.pathways.instruments import instruments_for
from matcher.pathways.pathway import home_standing
from matcher.pathways.standing import Standing
from matcher.pathways.truth import Truth
from matcher.store.store import Store

_OPEN: Final = msg("Support: {instruments}")


def standing_today(store: Store, person: Profile) -> Standing | None:
    """Return how a client stands today by the rules of the home's area, None if none are known."""
    return home_standing(person, store.situations.get(person.id), finnish_day(utc_now()))


def support_words(standing: Standing | None, offer: Offer, lang: Lang) -> list[str]:
    """Return in lines what is open to a person with an offer, and what its employer could open.

    What is unknown of the person is asked in the pathway, once and not beside every offer.
    """
    if standing is None:
        return []
    words = Words.of(lang)
    rulings = instrument_rulings(instruments_for(standing, offer), lang)
    eligible = [each.name for each in rulings if each.truth is Truth.YES]
    nearly = [
        each for each in rulings if len(each.missing) == 1 and each.missing[0].fact in OFFER_FACTS
    ]
    return [
        *([words(_OPEN, instruments=words.listed(eligible))] if eligible else []),
        *(f"? {each.name}: {each.missing[0].question}" for each in nearly),
    ]


def support_json(standing: Standing | None, offer: Offer, lang: Lang) -> list[dict[str, Any]]:
    """Return every instrument that goes with an offer as plain data."""
    rulings = () if standing is None else instruments_for(standing, offer)
    return [each.model_dump(mode="json") for each in instrument_rulings(rulings, lang)]
