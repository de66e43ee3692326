"""Candidates: people who may fit a need, or how many there are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from api import examples
from api.access import Caller
from api.deps import CallerDep, IndexDep, ServicesDep, TrailDep
from api.lists import profile_matches
from api.responses import problems
from api.schemas.candidates import (
    CandidateCounts,
    CandidateList,
    CandidateRequest,
    shown,
)
from api.schemas.matches import NOTE
from api.scope import readable_need
from api.state import Services
from matcher.domain.access import Role
from matcher.domain.offer import Offer
from matcher.ingest.contacts import scrub
from matcher.ingest.records import offer_from
from matcher.match.decisions.record import candidate_terms
from matcher.match.employer.disclosure import disclosed
from matcher.match.search import Blocked

router = APIRouter(prefix="/v1/candidates", tags=["matches"])
CandidateBody = Annotated[CandidateRequest, Body(openapi_examples=examples.CANDIDATES)]
_INLINE = "inline"


@router.post("", responses=problems(400, 404))
def find_candidates(
    body: CandidateBody,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    trail: TrailDep,
) -> CandidateCounts | CandidateList:
    """Find the people who may fit a need: a coach gets a list, an employer counts only."""
    need, matcher = _need(body, services, caller), index.matcher
    trail.about = body.need_id or ""
    snapshot, note = index.live.snapshot, NOTE.get(body.lang)
    on, municipalities = services.today(), caller.scope
    reach = caller.reach(on)
    if caller.role is Role.EMPLOYER:
        insight = disclosed(matcher.insight.of(need, on=on, municipalities=municipalities))
        counts = {band: shown(count) for band, count in insight.bands.items()}
        return CandidateCounts(need_id=body.need_id, snapshot=snapshot, note=note, counts=counts)
    now, moment = services.clock(), index.recorder.moment()
    matches = matcher.candidates(
        need,
        k=body.k,
        on=on,
        municipalities=municipalities,
        seen=lambda ids: services.store.people.among(ids, reach),
    )
    people = profile_matches(matches, services.store, body.lang)
    terms = candidate_terms(
        need, body.k, Blocked.HIDE, municipalities, now, stored=body.need is None
    )
    list_id = None
    for place in index.recorder.of_candidates(matches, terms, moment, now):
        trail.shows(place)
        list_id = trail.about = place.id.partition(".")[0]
    return CandidateList(
        list_id=list_id, need_id=body.need_id, snapshot=snapshot, note=note, candidates=people
    )


def _need(body: CandidateRequest, services: Services, caller: Caller) -> Offer:
    if body.need is not None:
        return scrub(offer_from(body.need, id=_INLINE))
    return readable_need(str(body.need_id), services, caller)
