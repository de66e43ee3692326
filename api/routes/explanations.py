"""Explanations: why an offer fits a profile, or why it is not in the list."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import CallerDep, Id, IndexDep, InLang, ServicesDep
from api.responses import problems
from api.routes.offers import check_open
from api.schemas.explanations import ExplainedOffer, explained_offer
from api.scope import note_conflict, readable_profile
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang

router = APIRouter(prefix="/v1/profiles", tags=["matches"])
Length = Annotated[int, Query(description="Length of the list", ge=1, le=100)]


@router.get("/{id}/matches/{kind}/{offer_id}", responses=problems(404))
def explain_offer(
    id: Id,
    kind: OfferKind,
    offer_id: Id,
    *,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    k: Length = 10,
    lang: InLang = Lang.FI,
) -> ExplainedOffer:
    """Tell where an offer stands for a profile, why, what would raise it and what to ask."""
    profile = readable_profile(id, services, caller)
    check_open(kind, offer_id, services)
    offer = services.store.offers(kind).get(offer_id)
    note_conflict(caller, offer, services, id)
    placed = index.placing.place(profile, offer, k=k, on=services.today())
    return explained_offer(placed, offer, lang)
