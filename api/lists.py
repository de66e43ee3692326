"""From matches of the library to the lists that are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.schemas.candidates import ProfileMatch
from api.schemas.matches import NightlyMatch, OfferMatch, explained, offer_match
from api.schemas.records import ProfileSummary
from api.state import Index, Services
from matcher.domain.kinds import RecordKind
from matcher.domain.match import Match
from matcher.domain.offer import OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.store import codec
from matcher.store.lists import StoredList
from matcher.store.store import Store


def offer_lists(
    matches: Mapping[OfferKind, Sequence[Match]], store: Store, lang: Lang
) -> dict[OfferKind, list[OfferMatch]]:
    """Return fresh matches as shown; an offer deleted in this very moment is left out."""
    return {kind: _shown(kind, found, store, lang) for kind, found in matches.items()}


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
    new = {(entry.kind, entry.offer_id) for entry in stored.entries if entry.is_new}
    for entry in sorted(stored.entries, key=lambda entry: entry.rank):
        if index.live.corpus(RecordKind.of_offer(entry.kind)).row_of(entry.offer_id) is not None:
            by_kind.setdefault(entry.kind, []).append(codec.load(Match, entry.payload))
    heeded = index.matcher.wishes.heeding(profile, by_kind)
    return {
        kind: [
            NightlyMatch(is_new=(kind, one.offer.id) in new, **one.model_dump())
            for one in _shown(kind, [match for match in found if not match.blocked], store, lang)
            if one.offer.expires is None or one.offer.expires >= on
        ]
        for kind, found in heeded.items()
    }


def _shown(kind: OfferKind, matches: Sequence[Match], store: Store, lang: Lang) -> list[OfferMatch]:
    offers = store.offers(kind).get_many([match.offer_id for match in matches])
    return [
        offer_match(match, offers[match.offer_id], lang)
        for match in matches
        if match.offer_id in offers
    ]
