"""A client at the table on one page: what is due, what to ask, what is new, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.access import Caller
from api.lists import still_open
from api.routes.pathways import read_pathway
from api.state import Services
from api.web.views.lists import HeldWish, held_wishes
from api.web.views.path import missing_of
from api.web.views.phrases import Phrase, best_phrase
from api.web.views.tables import NOTED
from api.web.views.todo import Due, Owed, to_do
from matcher.domain.calendar import finnish_day
from matcher.domain.casework.plans import Plan
from matcher.domain.feedback import Feedback
from matcher.domain.match import Band, Match
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import InputError, NotFoundError
from matcher.i18n.message import Message
from matcher.i18n.words import Words
from matcher.index.publication import published
from matcher.match.reasons.names import BANDS
from matcher.pathways.documents import MissingFact, PathwayDocument
from matcher.pathways.words import PHASES

#: So many new offers of a kind stand here, and so many of everything else; the rest is a link away.
_NEW: Final = 3
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer in the night's list that nobody has looked at yet."""

    kind: OfferKind
    id: str
    title: Phrase
    organisation: str
    band: Band
    band_text: str


@dataclass(frozen=True, slots=True)
class NewOfKind:
    """The new offers of a kind: the first of them, and how many there are in all."""

    kind: OfferKind
    first: Sequence[NewOffer]
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """What was noted of an offer, and when."""

    note: Message
    kind: OfferKind
    id: str
    title: Phrase
    day: date


@dataclass(frozen=True, slots=True)
class Front:
    """What a coach sees first of a client.

    Parameters
    ----------
    profile, changed
        Of the client, and the day of its last change.
    coach
        Who is responsible; None if nobody is.
    phase, units
        Where in the path the client stands, and who serves them; None where facts are missing.
    due
        What has to be done, what should be done already first.
    asked, more_asked
        The first facts that the rules of the path miss, and how many more there are.
    new
        New offers by kind; None if no night has made a list yet.
    wishes
        What the client does not want.
    said
        What was noted last of offers, newest first.
    has_plan
        Whether there is a plan to print.
    """

    profile: Profile
    changed: date
    coach: str | None
    phase: Message | None
    units: Sequence[str]
    due: Sequence[Due]
    asked: Sequence[MissingFact]
    more_asked: int
    new: Sequence[NewOfKind] | None
    wishes: Sequence[HeldWish]
    said: Sequence[Said]
    has_plan: bool


def front_of(profile: Profile, services: Services, caller: Caller, lang: Lang) -> Front:
    """Return the front page of a client whom the caller may read; nothing is matched for it."""
    id, store = profile.id, services.store
    path = _path(id, services, caller, lang)
    missing = missing_of(path) if path else ()
    reached = path.phase.reached if path else None
    return Front(
        profile=profile,
        changed=finnish_day(store.profiles.info(id).updated_at),
        coach=store.people.sight(id, caller.staff, services.today()).coach,
        phase=None if reached is None else PHASES[reached],
        units=path.unit.units if path else (),
        due=_due(id, path, services, lang),
        asked=missing[:_MOST],
        more_asked=len(missing[_MOST:]),
        new=_new(profile, services, lang),
        wishes=held_wishes(id, services, lang),
        said=_said(store.feedback.of_profile(id), services, lang),
        has_plan=bool(store.cases.of_person(id, Plan)),
    )


def _path(id: str, services: Services, caller: Caller, lang: Lang) -> PathwayDocument | None:
    """Return what the rules say; None if none are known for the client's home."""
    try:
        return read_pathway(id, services, caller, lang=lang)
    except InputError:
        return None


def _due(id: str, path: PathwayDocument | None, services: Services, lang: Lang) -> tuple[Due, ...]:
    """Return what was agreed and what the rules ask, each by its day, late things first."""
    agreed = services.store.portfolios.open_entries([id]).get(id, [])
    owed = [Owed(one.name, one.due, one.state) for one in path.duties] if path else []
    return tuple(to_do(agreed, owed, services.today(), Words.of(lang))[:_MOST])


def _new(profile: Profile, services: Services, lang: Lang) -> tuple[NewOfKind, ...] | None:
    """Return what is new in the stored list, without what has closed or is not wanted by now.

    None if there is no list; a night may remove it at any moment.
    """
    snapshot = published(services.settings.snapshots)
    if snapshot is None:
        return None
    unseen = services.store.portfolios.new_offers([profile.id], snapshot).get(profile.id)
    if unseen is None:
        return None
    if not unseen:
        return ()
    try:
        stored = services.store.lists.served(profile.id, snapshot)
    except NotFoundError:
        return None
    fresh = set(unseen)
    entries = [one for one in stored.entries if (one.kind, one.offer_id) in fresh]
    left = still_open(entries, profile, services.index.current())
    return tuple(
        NewOfKind(kind, _first(kind, matches[:_NEW], services, lang), len(matches))
        for kind, matches in left.items()
        if matches
    )


def _first(
    kind: OfferKind, matches: Sequence[Match], services: Services, lang: Lang
) -> tuple[NewOffer, ...]:
    offers = services.store.offers(kind).get_open([one.offer_id for one in matches])
    words = Words.of(lang)
    return tuple(
        NewOffer(
            kind,
            offer.id,
            best_phrase(offer.title, lang),
            offer.organisation,
            match.band,
            words(BANDS[match.band]),
        )
        for match in matches
        if (offer := offers.get(match.offer_id)) is not None
    )


def _said(events: Sequence[Feedback], services: Services, lang: Lang) -> tuple[Said, ...]:
    last = [one for one in reversed(events) if one.action in NOTED][:_MOST]
    return tuple(
        Said(
            NOTED[one.action],
            one.kind,
            one.offer_id,
            best_phrase(offer.title, lang),
            finnish_day(one.at),
        )
        for one in last
        if (offer := _offer(one, services)) is not None
    )


def _offer(event: Feedback, services: Services) -> Offer | None:
    """Return the offer of which something was said; None if it was erased since."""
    return services.store.offers(event.kind).get_many([event.offer_id]).get(event.offer_id)
