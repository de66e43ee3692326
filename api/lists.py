"""From matches of the library to the lists that are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.schemas.candidates import ProfileMatch
from api.schemas.matches import (
    NightlyMatch,
    OfferMatch,
    SupportedMatch,
    WiderRing,
    explained_fields,
    offer_match,
    supported_fields,
)
from api.schemas.records import ProfileSummary
from api.state import Index
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.match.rings import Ring, ring_words
from matcher.match.spread.words import moved
from matcher.pathways.documents import InstrumentRuling, instrument_rulings
from matcher.pathways.instruments import instruments_by_offer
from matcher.pathways.standing import Standing
from matcher.store import codec
from matcher.store.lists import ListEntry
from matcher.store.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """How lists are shown.

    Parameters
    ----------
    index
        Where their offers are.
    standing
        Of the client, whose instruments are told; None if no rules for the home are known.
    lang
        Of the words.
    on
        The day.
    """

    index: Index
    standing: Standing | None
    lang: Lang
    on: date


def offer_lists(
    matches: Mapping[OfferKind, Sequence[Match]], store: Store, lang: Lang
) -> dict[OfferKind, list[OfferMatch]]:
    """Return fresh matches as shown; an offer deleted in this very moment is left out."""
    return {
        kind: [offer_match(*each, lang) for each in _with_offers(kind, found, store)]
        for kind, found in matches.items()
    }


def supported_lists(
    matches: Mapping[OfferKind, Sequence[Match]], view: View
) -> dict[OfferKind, list[SupportedMatch]]:
    """Return fresh matches with the instruments that go with each."""
    return {
        kind: [
            SupportedMatch(**supported_fields(*each, view.lang))
            for each in _with_instruments(kind, found, view)
        ]
        for kind, found in matches.items()
    }


def wider_rings(rings: Sequence[Ring], view: View) -> list[WiderRing]:
    """Return what is further away as shown, with what to ask."""
    return [
        WiderRing(
            kind=ring.kind,
            own_km=ring.own_km,
            km=ring.km,
            question=ring_words(ring, view.lang),
            matches=supported_lists({ring.kind: ring.matches}, view)[ring.kind],
        )
        for ring in rings
    ]


def profile_matches(matches: Sequence[Match], store: Store, lang: Lang) -> list[ProfileMatch]:
    """Return candidates as shown; a profile erased in this very moment is left out."""
    profiles = store.profiles.get_many([match.profile_id for match in matches])
    return [
        ProfileMatch(
            profile=ProfileSummary.of(profiles[match.profile_id]),
            **explained_fields(match, lang),
        )
        for match in matches
        if match.profile_id in profiles
    ]


def nightly_lists(
    stored: Sequence[ListEntry], profile: Profile, view: View
) -> dict[OfferKind, list[NightlyMatch]]:
    """Return a stored list as shown, without offers that have closed since it was made.

    Neither has it what the client does not want by now.
    """
    free = still_open(stored, profile, view.index)
    entries = {(entry.kind, entry.offer_id): entry for entry in stored}
    return {
        kind: [
            _nightly(
                entries[kind, match.offer_id],
                supported_fields(match, offer, instruments, view.lang),
                view.lang,
            )
            for match, offer, instruments in _with_instruments(kind, found, view)
            if offer.expires is None or offer.expires >= view.on
        ]
        for kind, found in free.items()
    }


def still_open(
    stored: Sequence[ListEntry], profile: Profile, index: Index
) -> dict[OfferKind, list[Match]]:
    """Return what is left of a stored list, without what closed since or is not wanted by now."""
    by_kind: dict[OfferKind, list[Match]] = {}
    for entry in sorted(stored, key=lambda entry: entry.rank):
        if index.live.corpus(RecordKind.of_offer(entry.kind)).row_of(entry.offer_id) is not None:
            match = replace(codec.load(Match, entry.payload), rank=entry.rank)
            by_kind.setdefault(entry.kind, []).append(match)
    heeded = index.matcher.wishes.heeding(profile, by_kind)
    return {kind: [match for match in found if not match.blocked] for kind, found in heeded.items()}


def _nightly(entry: ListEntry, fields: dict[str, Any], lang: Lang) -> NightlyMatch:
    by_fit = entry.rank if entry.rank_by_fit is None else entry.rank_by_fit
    return NightlyMatch(
        is_new=entry.is_new,
        rank_by_fit=by_fit,
        moved=None if by_fit == entry.rank else moved(by_fit, lang),
        **fields,
    )


def _with_instruments(
    kind: OfferKind, matches: Sequence[Match], view: View
) -> list[tuple[Match, Offer, list[InstrumentRuling]]]:
    """Join matches with their offers and the instruments that go with each."""
    entries = view.index.matcher.book.get(kind, [match.offer_id for match in matches])
    there = [match for match in matches if match.offer_id in entries]
    offers = [entries[match.offer_id].offer for match in there]
    if view.standing is None:
        return [(match, offer, []) for match, offer in zip(there, offers, strict=True)]
    rulings = instruments_by_offer(view.standing, offers)
    # Of offers that tell rules the same the rulings are one object, and so are their words.
    worded = {id(each): each for each in rulings}
    said = {key: instrument_rulings(each, view.lang) for key, each in worded.items()}
    return [
        (match, offer, said[id(each)])
        for match, offer, each in zip(there, offers, rulings, strict=True)
    ]


def _with_offers(
    kind: OfferKind, matches: Sequence[Match], store: Store
) -> list[tuple[Match, Offer]]:
    offers = store.offers(kind).get_many([match.offer_id for match in matches])
    return [(match, offers[match.offer_id]) for match in matches if match.offer_id in offers]
