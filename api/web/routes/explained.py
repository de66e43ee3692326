"""One offer for one client, in the list or not; two side by side; and how one is found."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import Id
from api.routes.explanations import explain_offer
from api.schemas.explanations import ExplainedOffer
from api.scope import check_profile
from api.web.desk import Desk, DeskDep
from api.web.page import PageDep
from api.web.views.cards import Card, card
from api.web.views.lists import LENGTH, knowledge
from api.web.views.phrases import best_phrase
from api.web.views.tables import TABLES
from matcher.domain.offer import OfferKind, kind_of
from matcher.errors import InputError
from matcher.match.lookup import OfferLookup

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
#: So many offers are shown of those whose names are like the words.
_FOUND: Final = 12
_COMPARED: Final = 2
Words = Annotated[str, Query(max_length=200)]
Chosen = Annotated[tuple[str, ...], Query(max_length=40)]


@router.get("/offers")
def find_offers(id: Id, page: PageDep, desk: DeskDep, q: Words = "") -> Response:
    """Find an offer that the coach expected, to see why it is not in the list."""
    check_profile(desk.caller, id, desk.services)
    lookup = OfferLookup(desk.index.live, desk.index.matcher.book, desk.services.records)
    on = desk.services.today()
    found = lookup.find(q, tuple(OfferKind), k=_FOUND, on=on) if q.strip() else []
    rows = [(kind_of(one), one, best_phrase(one.title, desk.lang)) for one in found]
    return page.show("matches/find.html", {"id": id, "q": q, "found": rows, **TABLES})


@router.get("/offers/{kind}/{offer_id}")
def show_offer(id: Id, kind: OfferKind, offer_id: Id, page: PageDep, desk: DeskDep) -> Response:
    """Show where an offer stands for a client, why, and what would change that."""
    explained = _explained(id, kind, offer_id, desk)
    [shown] = _cards(id, [explained], desk)
    context = {
        "id": id,
        "card": shown,
        "explained": explained,
        "shown": desk.index.live.snapshot,
        **TABLES,
    }
    return page.show("matches/offer.html", context)


@router.get("/compare")
def show_comparison(id: Id, page: PageDep, desk: DeskDep, o: Chosen = ()) -> Response:
    """Show two offers side by side."""
    check_profile(desk.caller, id, desk.services)
    if len(o) != _COMPARED:
        return page.show("matches/choose.html", {"id": id}, 422)
    explained = [_explained(id, *named(one), desk) for one in o]
    pairs = list(zip(_cards(id, explained, desk), explained, strict=True))
    return page.show("matches/compare.html", {"id": id, "pairs": pairs})


def named(text: str) -> tuple[OfferKind, str]:
    """Return the kind and id of an offer that a box of a list names.

    Raises
    ------
    InputError
        If it names none.
    """
    kind, _, id = text.partition(":")
    if kind not in list(OfferKind) or not id:
        raise InputError(f"{text!r} names no offer.", remedy="Choose offers in the list.")
    return OfferKind(kind), id


def _explained(id: str, kind: OfferKind, offer_id: str, desk: Desk) -> ExplainedOffer:
    return explain_offer(
        id,
        kind,
        offer_id,
        services=desk.services,
        index=desk.index,
        caller=desk.caller,
        k=LENGTH,
        lang=desk.lang,
    )


def _cards(id: str, explained: list[ExplainedOffer], desk: Desk) -> list[Card]:
    profile = desk.services.store.profiles.get(id)
    known = knowledge(profile, explained, desk)
    return [card(one, known.offers[one.offer.kind, one.offer.id], known) for one in explained]
