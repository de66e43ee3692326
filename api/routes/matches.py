"""Matches: explained lists for a profile."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body

from api import examples
from api.access import Caller
from api.auditing import Trail
from api.deps import CallerDep, IndexDep, ServicesDep, TrailDep
from api.lists import View, supported_lists, wider_rings
from api.responses import problems
from api.schemas.matches import NOTE, MatchAnswer, MatchRequest, counted
from api.scope import readable_profile
from api.state import Index, Services
from matcher.domain.profile import Profile
from matcher.domain.situation import Situation
from matcher.ingest.contacts import scrub
from matcher.ingest.records import profile_from
from matcher.match.decisions.record import terms_of
from matcher.match.reasons.questions import profile_questions
from matcher.match.rings import wider
from matcher.match.search import Blocked
from matcher.match.weights import Weights
from matcher.pathways.pathway import home_standing

router = APIRouter(prefix="/v1/matches", tags=["matches"])
MatchBody = Annotated[MatchRequest, Body(openapi_examples=examples.MATCHES)]
_INLINE = "inline"


@router.post("", responses=problems(400, 404))
def find_matches(
    body: MatchBody,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    trail: TrailDep,
) -> MatchAnswer:
    """Find the offers that fit a profile, and say why; of an inline profile nothing is stored."""
    with services.store.reading():
        return _matches(body, services, index, caller, trail)


def _matches(
    body: MatchRequest, services: Services, index: Index, caller: Caller, trail: Trail
) -> MatchAnswer:
    profile, on = _profile(body, services, caller), services.today()
    weights, moment = Weights(body.want, body.near), index.recorder.moment()
    [found] = index.matcher.match(
        [profile], kinds=body.kinds, k=body.k, blocked=body.blocked, on=on, weights=weights
    )
    list_id = None
    # Nothing is kept of a profile that is not stored, so that its list has no record either.
    if body.profile_id is not None:
        now = services.clock()
        terms = terms_of(body.kinds, body.k, body.blocked, weights, now)
        decision = index.recorder.fresh(profile, found, terms, moment, now)
        trail.shows(decision)
        list_id = decision.id
    kept_out = index.matcher.kept_out(profile, kinds=body.kinds, k=body.k, on=on)
    standing = (
        services.standing(profile)
        if body.profile is None
        else home_standing(profile, Situation(), on)
    )
    view = View(index, standing, body.lang, on)
    rings = (
        []
        if body.blocked is Blocked.SHOW
        else wider(index.matcher, profile, found, k=body.k, on=on)
    )
    return MatchAnswer(
        list_id=list_id,
        profile_id=body.profile_id,
        snapshot=index.live.snapshot,
        note=NOTE.get(body.lang),
        questions=profile_questions(profile, body.lang),
        lists=supported_lists(found, view),
        kept_out=counted(kept_out),
        wider=wider_rings(rings, view),
    )


def _profile(body: MatchRequest, services: Services, caller: Caller) -> Profile:
    if body.profile is not None:
        return scrub(profile_from(body.profile, id=_INLINE))
    return readable_profile(str(body.profile_id), services, caller)
