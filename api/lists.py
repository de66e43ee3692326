"""From matches of the library to the lists that are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from api.schemas.candidates import ProfileMatch
from api.schemas.matches import (
    NightlyMatch,
    OfferMatch,
    SupportedMatch,
    explained,
    offer_match,
    supported_match,
)
from api.schemas.records import ProfileSummary
from api.state import Index, Services
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.match.spread.words import moved
from matcher.pathways.standing import Standing
from matcher.store import codec
from matcher.store.lists import ListEntry, StoredList
from matcher.store.store import Store


def offer_lists(
    matches: Mapping[OfferKind, Sequence[Match]], store: Store, lang: Lang
) -> dict[OfferKind, list[OfferMatch]]:
    """Return fresh matches as shown; an offer deleted in this very moment is left out."""
    return {
        kind: [offer_match(*each, lang) for each in _with_offers(kind, found, store)]
        for kind, found in matches.items()
    }


def supported_lists(
    matches: Mapping[OfferKind, Sequence[Match]],
    store: Store,
    lang: Lang,
    standing: Standing | None,
) -> dict[OfferKind, list[SupportedMatch]]:
    """Return fresh matches with the instruments that go with each."""
    return {
        kind: [supported_match(*each, lang, standing) for each in _with_offers(kind, found, store)]
        for kind, found in matches.items()
    }


def profile_matches(matches: Sequence[Match], store: Store, lang: Lang) -> list[ProfileMatch]:
    """Return candidates as shown; a profile erased in this very moment is left out."""
    profiles = store.profiles.get_many([match.profile_id for match in matches])
    return [
        ProfileMatch(
            profile=ProfileSummary.of(profiles[match.profile_id]),
            **explained(match, lang).model_dump(),
        )
        for match in matches
        if match.profile_id in profiles
    ]


def nightly_lists(
    stored: StoredList, profile: Profile, services: Services, index: Index, lang: Lang
) -> dict[OfferKind, list[NightlyMatch]]:
    """Return a stored list as shown, without offers that have closed since it was made.

    Neither has it what the client does not want by now.
    """
    store, on = services.store, services.today()
    by_kind: dict[OfferKind, list[Match]] = {}
    entries = {(entry.kind, entry.offer_id): entry for entry in stored.entries}
    for entry in sorted(stored.entries, key=lambda entry: entry.rank):
        if index.live.corpus(RecordKind.of_offer(entry.kind)).row_of(entry.offer_id) is not None:
            match = replace(codec.load(Match, entry.payload), rank=entry.rank)
            by_kind.setdefault(entry.kind, []).append(match)
    heeded = index.matcher.wishes.heeding(profile, by_kind)
    free = {kind: [match for match in found if not match.blocked] for kind, found in heeded.items()}
    standing = services.standing(profile)
    return {
        kind: [
            _nightly(one, entries[kind, one.offer.id], lang)
            for one in found
            if one.offer.expires is None or one.offer.expires >= on
        ]
        for kind, found in supported_lists(free, store, lang, standing).items()
    }


def _nightly(match: SupportedMatch, entry: ListEntry, lang: Lang) -> NightlyMatch:
    by_fit = entry.rank if entry.rank_by_fit is None else entry.rank_by_fit
    return NightlyMatch(
        is_new=entry.is_new,
        rank_by_fit=by_fit,
        moved=None if by_fit == entry.rank else moved(by_fit, lang),
        **match.model_dump(),
    )


def _with_offers(
    kind: OfferKind, matches: Sequence[Match], store: Store
) -> list[tuple[Match, Offer]]:
    offers = store.offers(kind).get_many([match.offer_id for match in matches])
    return [(match, offers[match.offer_id]) for match in matches if match.offer_id in offers]
