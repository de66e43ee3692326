"""Company needs: an employer's own, or those that the municipality surveyed."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Response
from starlette.responses import JSONResponse

from api import examples
from api.access import Caller
from api.auditing import Trail
from api.deps import After, CallerDep, Id, IndexDep, InLang, Limit, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.insight import InsightAnswer, PostedNeed
from api.schemas.offers import OfferSummary
from api.schemas.records import NeedDocument, Page, check_new, check_same
from api.scope import check_own_need, readable_need, shared_needs
from api.state import Index, Services
from api.wording import KeepWording, need_door
from matcher.domain.access import API_SOURCE
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.text import Lang
from matcher.errors import NotReadyError
from matcher.ingest.contacts import scrub
from matcher.ingest.records import NeedRecord, document_of, offer_from
from matcher.match.employer.disclosure import disclosed

router = APIRouter(prefix="/v1/needs", tags=["needs"])
NeedBody = Annotated[NeedDocument, Body(openapi_examples=examples.NEEDS)]


@router.post("", status_code=201, response_model=PostedNeed, responses=problems(400))
def create_need(
    body: NeedBody,
    *,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    keep_wording: KeepWording = "",
    lang: InLang = Lang.FI,
) -> Response:
    """Store a new need; it is found in matches at once. Contacts in its texts are left out.

    The answer also tells at once how many people fit it and what stands in the way.

    Words that may discriminate are refused at once, with the law and a better wording, unless
    a reason is given to keep them.
    """
    check_new(body)
    id = f"n-{uuid4().hex}"
    offer = post_need(id, body, services, caller, trail, keep_wording=keep_wording)
    insight = insight_so_far(offer, services, caller, lang)
    told = {**document_of(offer), "insight": insight and insight.model_dump(mode="json")}
    where = {"Location": f"/v1/needs/{offer.id}"}
    return JSONResponse(told, status_code=201, headers=where)


@router.get("", responses=problems())
def list_needs(
    services: ServicesDep,
    caller: CallerDep,
    after: After = "",
    limit: Limit = 50,
    lang: InLang = Lang.FI,
) -> Page[OfferSummary]:
    """List needs in the order of their ids; an employer gets the own and the shared ones."""
    shared = shared_needs(caller, services)
    found = services.store.offers(OfferKind.NEED).page(
        after=after, limit=limit + 1, owner=caller.owner, shared=shared
    )
    items = [OfferSummary.of(offer, lang) for offer in found[:limit]]
    return Page(items=items, next=items[-1].id if len(found) > limit else None)


@router.get("/{id}", response_model=NeedDocument, responses=problems(404))
def read_need(id: Id, services: ServicesDep, caller: CallerDep) -> Response:
    """Return a need as a document that can be edited and sent back."""
    return JSONResponse(document_of(readable_need(id, services, caller)))


@router.get("/{id}/insight", responses=problems(404))
def read_insight(
    id: Id, services: ServicesDep, index: IndexDep, caller: CallerDep, lang: InLang = Lang.FI
) -> InsightAnswer:
    """Tell how many people fit a need, what shuts most of them out, and what could help."""
    return insight_into(readable_need(id, services, caller), index, services, caller, lang)


@router.put("/{id}", response_model=NeedDocument, responses=problems(400, 404, 409))
def replace_need(
    id: Id,
    body: NeedBody,
    *,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    keep_wording: KeepWording = "",
) -> Response:
    """Replace a need by a new version of it, whose words are checked; it keeps its owner.

    What people agreed to was the need as it was: if it asks for or offers anything else now,
    their consents lapse, and they have to be asked again.
    """
    check_same(body, id)
    offer = rewrite_need(id, body, services, caller, trail, keep_wording=keep_wording)
    return JSONResponse(document_of(offer))


@router.delete("/{id}", status_code=204, responses=problems(404))
def delete_need(id: Id, services: ServicesDep, caller: CallerDep) -> None:
    """Erase a need; no list shows it from this moment on."""
    check_own_need(caller, id, services)
    services.store.offers(OfferKind.NEED).delete(id, services.clock())


def post_need(
    id: str,
    record: NeedRecord,
    services: Services,
    caller: Caller,
    trail: Trail,
    *,
    keep_wording: str,
) -> Offer:
    """Store a new need of the caller's; its words are checked.

    What has been stored under the id meanwhile stays as it is.

    Raises
    ------
    RequestValidationError
        If words may discriminate, and no reason was given to keep them.
    """
    offer = scrub(offer_from(record, id=id, source=API_SOURCE, owner=caller.owner))
    with need_door(offer, keep_wording, services=services, caller=caller, trail=trail):
        services.store.offers(OfferKind.NEED).add(offer, services.clock())
    return offer


def rewrite_need(
    id: str,
    record: NeedRecord,
    services: Services,
    caller: Caller,
    trail: Trail,
    *,
    keep_wording: str,
    seen: int | None = None,
) -> Offer:
    """Store a need of the caller's anew; consents lapse if it is another one now.

    Parameters
    ----------
    id, record
        Which need, and what it says from now on.
    services, caller, trail
        Where it is stored, by whom, and where that is written down.
    keep_wording
        Why words that may discriminate stay; empty if there are none.
    seen
        Revision of the need that the writer has read; None is the one of this moment.

    Raises
    ------
    ConflictError
        If somebody else has changed it since it was read.
    NotFoundError
        If there is none, or none of the caller's.
    RequestValidationError
        If words may discriminate, and no reason was given to keep them.
    """
    info = check_own_need(caller, id, services)
    offer = scrub(offer_from(record, id=id, source=info.source, owner=info.owner))
    with need_door(offer, keep_wording, services=services, caller=caller, trail=trail):
        revision = info.revision if seen is None else seen
        services.store.need_writes.change(offer, revision, services.clock(), caller.id)
    return offer


def insight_so_far(
    need: Offer, services: Services, caller: Caller, lang: Lang
) -> InsightAnswer | None:
    """Return who fits a need; None as long as nothing is indexed."""
    try:
        index = services.index.current()
    except NotReadyError:
        return None
    return insight_into(need, index, services, caller, lang)


def insight_into(
    need: Offer, index: Index, services: Services, caller: Caller, lang: Lang
) -> InsightAnswer:
    """Return what may be told of who fits a need, among the people of the caller's area."""
    insight = index.matcher.insight.of(need, on=services.today(), municipalities=caller.scope)
    return InsightAnswer.of(disclosed(insight), index.live.snapshot, lang)
