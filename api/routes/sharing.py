"""Sharing: of people with partners, and of needs; revoked at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Path

from api import examples
from api.deps import CallerDep, Id, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.sharing import (
    NeedShareAnswer,
    NewNeedShare,
    NewShare,
    ShareAnswer,
    SharedAnswer,
)
from api.scope import check_own_need, check_profile
from matcher.domain.sharing import NeedShare, Share, check_share, check_until

router = APIRouter(prefix="/v1", tags=["sharing"])
ShareBody = Annotated[NewShare, Body(openapi_examples=examples.SHARES)]
NeedShareBody = Annotated[NewNeedShare, Body(openapi_examples=examples.NEED_SHARES)]
ShareId = Annotated[
    str, Path(description="Id of the share", max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


@router.post("/profiles/{id}/shares", status_code=201, responses=problems(400, 404))
def create_share(id: Id, body: ShareBody, services: ServicesDep, caller: CallerDep) -> ShareAnswer:
    """Share parts of what is known of a person with a partner, as the person agreed."""
    check_profile(caller, id, services)
    now = services.clock()
    check_share(body.agreed, body.until, now)
    share = Share(
        id=f"sh-{uuid4().hex}",
        profile_id=id,
        organisation=body.organisation.strip(),
        parts=tuple(dict.fromkeys(body.parts)),
        purpose=body.purpose,
        agreed=body.agreed,
        until=body.until,
        at=now,
        by=caller.id,
    )
    services.store.shares.add(share)
    return ShareAnswer.of(share, services.today())


@router.get("/profiles/{id}/shares", responses=problems(404))
def list_shares(id: Id, services: ServicesDep, caller: CallerDep) -> list[ShareAnswer]:
    """List what was shared of a person, oldest first, also what was revoked."""
    check_profile(caller, id, services)
    return [ShareAnswer.of(one, services.today()) for one in services.store.shares.of_profile(id)]


@router.delete("/profiles/{id}/shares/{share}", responses=problems(404))
def revoke_share(id: Id, share: ShareId, services: ServicesDep, caller: CallerDep) -> ShareAnswer:
    """Revoke a share; the partner sees nothing by it from the next request on."""
    check_profile(caller, id, services)
    revoked = services.store.shares.revoke(id, share, services.clock(), caller.id)
    return ShareAnswer.of(revoked, services.today())


@router.get("/shared", responses=problems())
def list_shared(services: ServicesDep, caller: CallerDep, trail: TrailDep) -> list[SharedAnswer]:
    """List what the caller's organisation may see of whom today, oldest first."""
    today = services.today()
    given = services.store.shares.with_organisation(caller.grant.organisation, today)
    # What was shared decides, wherever they live; a protection order hides them all the same.
    # Nobody there is named as staff, whatever they are called.
    reach = replace(caller.reach(today), municipalities=None, staff="")
    seen = services.store.people.among([share.profile_id for share in given], reach)
    trail.saw(sorted(seen))
    return [SharedAnswer.of(share) for share in given if share.profile_id in seen]


@router.post("/needs/{id}/shares", status_code=201, responses=problems(400, 404))
def create_need_share(
    id: Id, body: NeedShareBody, services: ServicesDep, caller: CallerDep
) -> NeedShareAnswer:
    """Let another organisation read a need, as a school that can train for it."""
    check_own_need(caller, id, services)
    now = services.clock()
    check_until(body.until, now)
    share = NeedShare(
        id=f"ns-{uuid4().hex}",
        need_id=id,
        organisation=body.organisation.strip(),
        until=body.until,
        at=now,
        by=caller.id,
    )
    services.store.need_shares.add(share)
    return NeedShareAnswer.of(share, services.today())


@router.get("/needs/{id}/shares", responses=problems(404))
def list_need_shares(id: Id, services: ServicesDep, caller: CallerDep) -> list[NeedShareAnswer]:
    """List who may read a need beside its owner, oldest first, also what was revoked."""
    check_own_need(caller, id, services)
    found = services.store.need_shares.of_need(id)
    return [NeedShareAnswer.of(one, services.today()) for one in found]


@router.delete("/needs/{id}/shares/{share}", responses=problems(404))
def revoke_need_share(
    id: Id, share: ShareId, services: ServicesDep, caller: CallerDep
) -> NeedShareAnswer:
    """Revoke a share of a need; it is read there no more from the next request on."""
    check_own_need(caller, id, services)
    revoked = services.store.need_shares.revoke(id, share, services.clock(), caller.id)
    return NeedShareAnswer.of(revoked, services.today())
