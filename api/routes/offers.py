"""Offers of all kinds: to read, and for an indexer to write as their source changes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from starlette.responses import JSONResponse

from api import examples
from api.deps import After, CallerDep, Id, InLang, Limit, ServicesDep, TrailDep
from api.responses import Responses, problems
from api.schemas.offers import OfferAnswer, OfferSummary, credit_of
from api.schemas.records import (
    DOCUMENT_BODY,
    OfferDocument,
    Page,
    check_same,
    read_document,
)
from api.state import Services
from api.wording import KeepWording, need_door
from matcher.domain.access import API_SOURCE
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.ingest.contacts import scrub
from matcher.ingest.records import document_of, offer_from
from matcher.store.records import State

router = APIRouter(prefix="/v1/offers", tags=["offers"])
OfferBody = Annotated[dict[str, Any], Body(openapi_examples=examples.OFFERS)]
_CREATED: Responses = {
    200: {"description": "The offer was there and has been replaced"},
    201: {"description": "The offer is new"},
}


@router.get("/{kind}", responses=problems())
def list_offers(
    kind: OfferKind,
    services: ServicesDep,
    after: After = "",
    limit: Limit = 50,
    lang: InLang = Lang.FI,
) -> Page[OfferSummary]:
    """List offers of one kind in the order of their ids."""
    found = services.store.offers(kind).page(after=after, limit=limit + 1)
    items = [OfferSummary.of(offer, lang) for offer in found[:limit]]
    return Page(items=items, next=items[-1].id if len(found) > limit else None)


@router.get("/{kind}/{id}", response_model=OfferAnswer, responses=problems(404))
def read_offer(kind: OfferKind, id: Id, services: ServicesDep) -> Response:
    """Return one offer in full."""
    check_open(kind, id, services)
    offer = services.store.offers(kind).get(id)
    return JSONResponse(
        {"kind": kind.value, "credit": credit_of(offer), "offer": document_of(offer)}
    )


@router.put(
    "/{kind}/{id}",
    response_model=OfferDocument,
    responses=problems(400) | _CREATED,
    openapi_extra=DOCUMENT_BODY,
)
def replace_offer(
    kind: OfferKind,
    id: Id,
    body: OfferBody,
    *,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    keep_wording: KeepWording = "",
) -> Response:
    """Store an offer under its source's id, new or not. Contacts in its texts are left out.

    A need that asks for or offers anything else now is one to which nobody has agreed yet; its
    words are checked as those of any need.
    """
    document = read_document(kind, body)
    check_same(document, id)
    source, owner = _known(kind, id, services)
    offer = scrub(offer_from(document, id=id, source=source, owner=owner))
    if kind is OfferKind.NEED:
        with need_door(offer, keep_wording, services=services, caller=caller, trail=trail):
            stored = services.store.need_writes.put(offer, services.clock(), caller.id)
    else:
        # What the encoder cannot read must not get where every search meets it.
        services.records.encode_offers([offer])
        stored = services.store.offers(kind).upsert([offer], services.clock())
    return JSONResponse(document_of(offer), status_code=201 if stored.new else 200)


@router.delete("/{kind}/{id}", status_code=204, responses=problems(404))
def delete_offer(kind: OfferKind, id: Id, services: ServicesDep) -> None:
    """Erase an offer; no list shows it from this moment on."""
    services.store.offers(kind).delete(id, services.clock())


def _known(kind: OfferKind, id: str, services: Services) -> tuple[str, str | None]:
    """Return source and owner, which an offer keeps when it is replaced."""
    try:
        info = services.store.offers(kind).info(id)
    except NotFoundError:
        return API_SOURCE, None
    return info.source, info.owner


def check_open(kind: OfferKind, id: str, services: Services) -> None:
    """Raise `NotFoundError` unless there is such an offer and it is open."""
    if services.store.offers(kind).info(id).state is State.CLOSED:
        raise NotFoundError(kind.value, id)
