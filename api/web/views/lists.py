"""The match lists of a client as one page shows them: the night's, or made anew as asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.nightly import nightly_document
from api.routes.matches import find_matches
from api.schemas.matches import (
    MatchAnswer,
    MatchRequest,
    NightlyAnswer,
    OfferMatch,
    SupportedMatch,
    WiderRing,
)
from api.state import Services
from api.web.desk import Desk
from api.web.views.asked import Asked
from api.web.views.cards import Card, Knowledge, cards
from api.web.views.points import Map, offer_map
from matcher.domain.kinds import RecordKind
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.match.copies import copies
from matcher.match.reasons.questions import profile_questions
from matcher.match.wishes.words import wish_words

#: Length of each list.
LENGTH: Final = 10
#: What is advertised on several portals, and what one travels to every day.
_JOBS: Final = (OfferKind.VACANCY, OfferKind.NEED)


@dataclass(frozen=True, slots=True)
class ShownRing:
    """What is further away than the client travels, and what to ask about it."""

    question: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ShownList:
    """One list.

    Parameters
    ----------
    kind
        Of its offers.
    cards
        What is shown.
    filtered
        How many offers the filters of the page leave out.
    kept_out
        How many nothing but the client's wishes keeps out.
    rings
        What lies further away.
    """

    kind: OfferKind
    cards: tuple[Card, ...]
    filtered: int
    kept_out: int
    rings: tuple[ShownRing, ...]


@dataclass(frozen=True, slots=True)
class HeldWish:
    """What the client does not want, in words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of a client.

    Parameters
    ----------
    list_id
        Under which they are recorded.
    snapshot
        Index that was searched.
    made_at
        When the night made them; None if they were made for this page.
    note
        Who decides.
    ask_first
        What to ask to make a thin profile usable.
    is_outdated
        Whether the profile was corrected after the night.
    lists
        One a kind.
    wishes
        What holds.
    map
        Of jobs and needs; None if there is nothing to draw.
    """

    list_id: str
    snapshot: str
    made_at: datetime | None
    note: str
    ask_first: tuple[str, ...]
    is_outdated: bool
    lists: tuple[ShownList, ...]
    wishes: tuple[HeldWish, ...]
    map: Map | None

    @property
    def length(self) -> int:
        """How many offers are shown."""
        return sum(len(one.cards) for one in self.lists)


def lists_of(id: str, asked: Asked, desk: Desk) -> Lists:
    """Return the lists of a client: those of the night where they answer what is asked.

    Raises
    ------
    NotFoundError
        If there is no such profile, or none that the caller may see.
    """
    answer = answer_for(id, asked, desk)
    profile = desk.services.store.profiles.get(id)
    known = knowledge(profile, _matches(answer), desk)
    lists = tuple(_shown(kind, answer, asked, known) for kind in answer.lists)
    return Lists(
        list_id=answer.list_id or "",
        snapshot=answer.snapshot,
        made_at=answer.created_at if isinstance(answer, NightlyAnswer) else None,
        note=answer.note,
        ask_first=tuple(profile_questions(profile, desk.lang)),
        is_outdated=isinstance(answer, NightlyAnswer) and bool(answer.corrected),
        lists=lists,
        wishes=held_wishes(id, desk.services, desk.lang),
        map=_map(profile, lists, known),
    )


def answer_for(id: str, asked: Asked, desk: Desk) -> MatchAnswer | NightlyAnswer:
    """Return the answer that a page shows; its record is kept.

    Raises
    ------
    NotFoundError
        As `lists_of`.
    """
    stored = None if asked.is_fresh else _stored(id, desk)
    return _fresh(id, asked, desk) if stored is None else stored


def knowledge(profile: Profile, matches: Sequence[OfferMatch], desk: Desk) -> Knowledge:
    """Read what cards tell beside matches: whole offers, copies, and what was said of them."""
    index, on = desk.index, desk.services.today()
    ids: dict[OfferKind, list[str]] = {}
    for match in matches:
        ids.setdefault(match.offer.kind, []).append(match.offer.id)
    offers = {
        kind: [entry.offer for entry in index.matcher.book.get(kind, found).values()]
        for kind, found in ids.items()
    }
    same: dict[str, tuple[Offer, ...]] = {}
    for kind in _JOBS:
        corpus = index.live.corpus(RecordKind.of_offer(kind))
        same |= copies(offers.get(kind, []), corpus, index.matcher.book, on)
    return Knowledge(
        profile,
        {(kind, one.id): one for kind, found in offers.items() for one in found},
        same,
        desk.services.store.feedback.of_profile(profile.id),
        desk.lang,
    )


def _stored(id: str, desk: Desk) -> NightlyAnswer | None:
    """Return the night's lists; None if the night has made none for the client yet."""
    try:
        answer = nightly_document(id, desk.lang, desk.caller, desk.services)
    except NotFoundError:
        return None  # of a client who is not there the fresh list says so
    desk.trail.about = answer.list_id
    return answer


def _fresh(id: str, asked: Asked, desk: Desk) -> MatchAnswer:
    body = MatchRequest(
        profile_id=id,
        k=LENGTH,
        lang=desk.lang,
        blocked=asked.blocked,
        want=asked.want,
        near=asked.near,
    )
    return find_matches(body, desk.services, desk.index, desk.caller, desk.trail)


def _matches(answer: MatchAnswer | NightlyAnswer) -> list[SupportedMatch]:
    listed: list[SupportedMatch] = [one for found in answer.lists.values() for one in found]
    return [*listed, *(one for ring in _rings(answer) for one in ring.matches)]


def _rings(answer: MatchAnswer | NightlyAnswer) -> Sequence[WiderRing]:
    return answer.wider if isinstance(answer, MatchAnswer) else ()


def _shown(
    kind: OfferKind, answer: MatchAnswer | NightlyAnswer, asked: Asked, known: Knowledge
) -> ShownList:
    listed: Sequence[SupportedMatch] = answer.lists[kind]
    shown = asked.shown(listed)
    return ShownList(
        kind,
        cards(shown, known),
        len(listed) - len(shown),
        answer.kept_out.get(kind, 0),
        tuple(
            ShownRing(ring.question, cards(ring.matches, known))
            for ring in _rings(answer)
            if ring.kind is kind
        ),
    )


def held_wishes(id: str, services: Services, lang: Lang) -> tuple[HeldWish, ...]:
    """Return what a client does not want to be offered, in words."""
    held = services.store.feedback.wishes([id]).get(id, ())
    return tuple(
        HeldWish(one.id, wish_words(one.limit, one.value, one.since, lang)) for one in held
    )


def _map(profile: Profile, lists: Sequence[ShownList], known: Knowledge) -> Map | None:
    jobs = [card for shown in lists if shown.kind in _JOBS for card in shown.cards]
    placed = [
        (card.title.text, known.offers[card.kind, card.id].place.municipalities) for card in jobs
    ]
    return offer_map(profile.municipality, placed, known.lang)
