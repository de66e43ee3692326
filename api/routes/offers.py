"""Offers of all kinds: to read, and for an indexer to write as their source changes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Response
from starlette.responses import JSONResponse

from api import examples
from api.deps import After, Id, InLang, Limit, ServicesDep
from api.responses import Responses, problems
from api.routes.needs import store_offer
from api.schemas.offers import OfferAnswer, OfferSummary, credit_of
from api.schemas.records import (
    Page,
    ServiceDocument,
    TrainingDocument,
    VacancyDocument,
    check_same,
)
from api.state import Services
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.ingest.contacts import scrub
from matcher.ingest.records import OfferRecord, document_of, offer_from
from matcher.store.records import State

router = APIRouter(prefix="/v1/offers", tags=["offers"])
VacancyBody = Annotated[VacancyDocument, Body(openapi_examples=examples.VACANCIES)]
TrainingBody = Annotated[TrainingDocument, Body(openapi_examples=examples.TRAININGS)]
ServiceBody = Annotated[ServiceDocument, Body(openapi_examples=examples.SERVICES)]
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
    _check_open(kind, id, services)
    offer = services.store.offers(kind).get(id)
    return JSONResponse(
        {"kind": kind.value, "credit": credit_of(offer), "offer": document_of(offer)}
    )


@router.put("/vacancy/{id}", response_model=VacancyDocument, responses=problems(400) | _CREATED)
def replace_vacancy(id: Id, body: VacancyBody, services: ServicesDep) -> Response:
    """Store a vacancy under its source's id, new or not."""
    return _replace(OfferKind.VACANCY, id, body, services)


@router.put("/training/{id}", response_model=TrainingDocument, responses=problems(400) | _CREATED)
def replace_training(id: Id, body: TrainingBody, services: ServicesDep) -> Response:
    """Store a training under its source's id, new or not."""
    return _replace(OfferKind.TRAINING, id, body, services)


@router.put("/service/{id}", response_model=ServiceDocument, responses=problems(400) | _CREATED)
def replace_service(id: Id, body: ServiceBody, services: ServicesDep) -> Response:
    """Store a service under its source's id, new or not."""
    return _replace(OfferKind.SERVICE, id, body, services)


@router.delete("/{kind}/{id}", status_code=204, responses=problems(404))
def delete_offer(kind: OfferKind, id: Id, services: ServicesDep) -> None:
    """Erase an offer; no list shows it from this moment on."""
    services.store.offers(kind).delete(id, services.clock())


def _replace(kind: OfferKind, id: str, body: OfferRecord, services: Services) -> Response:
    check_same(body, id)
    known = services.store.offers(kind)
    try:
        source = known.info(id).source
    except NotFoundError:
        source = "own"
    offer = scrub(offer_from(body, id=id, source=source))
    status = 201 if store_offer(offer, kind, services) else 200
    return JSONResponse(document_of(offer), status_code=status)


def _check_open(kind: OfferKind, id: str, services: Services) -> None:
    if services.store.offers(kind).info(id).state is State.CLOSED:
        raise NotFoundError(kind.value, id)
