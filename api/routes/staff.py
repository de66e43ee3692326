"""Who may see protected persons, how people come in, and conflicts of interest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from secrets import randbelow, token_urlsafe
from typing import Annotated, Final

from fastapi import APIRouter, Body

from api import examples
from api.deps import CallerDep, Id, Limit, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.sessions import LinkAnswer, MadeLink, NewLink
from api.schemas.sharing import ConflictAnswer, NamedStaff
from api.scope import check_place, check_profile

router = APIRouter(prefix="/v1", tags=["access"])
StaffBody = Annotated[NamedStaff, Body(openapi_examples=examples.STAFF)]
LinkBody = Annotated[NewLink, Body(openapi_examples=examples.LINKS)]
_SECRET_BYTES: Final = 32
_CODE_DIGITS: Final = 8


@router.get("/profiles/{id}/staff", responses=problems(404))
def list_staff(id: Id, services: ServicesDep, caller: CallerDep) -> NamedStaff:
    """List who alone may see a person while the address is protected."""
    check_place(caller, id, services)
    return NamedStaff(names=services.store.people.staff_of(id))


@router.put("/profiles/{id}/staff", responses=problems(400, 404))
def name_staff(id: Id, body: StaffBody, services: ServicesDep, caller: CallerDep) -> NamedStaff:
    """Name who alone may see a person while the address is protected."""
    check_place(caller, id, services)
    services.store.people.name_staff(id, set(body.names), services.clock(), caller.id)
    return NamedStaff(names=services.store.people.staff_of(id))


@router.post("/profiles/{id}/links", status_code=201, responses=problems(400, 404))
def create_link(id: Id, body: LinkBody, services: ServicesDep, caller: CallerDep) -> MadeLink:
    """Make a link and a code by which the person comes in; those before end at once."""
    check_profile(caller, id, services)
    secret = token_urlsafe(_SECRET_BYTES)
    code = str(randbelow(10**_CODE_DIGITS)).zfill(_CODE_DIGITS)
    now = services.clock()
    until = now + timedelta(days=body.days)
    made = services.store.links.make(id, (secret, code), now, until, caller.id)
    return MadeLink(**LinkAnswer.of(made).model_dump(), link=secret, code=code)


@router.get("/profiles/{id}/links", responses=problems(404))
def list_links(id: Id, services: ServicesDep, caller: CallerDep) -> list[LinkAnswer]:
    """List the links that were made for a person, oldest first."""
    check_profile(caller, id, services)
    return [LinkAnswer.of(link) for link in services.store.links.of_profile(id)]


@router.delete("/profiles/{id}/links", status_code=204, responses=problems(404))
def end_links(id: Id, services: ServicesDep, caller: CallerDep) -> None:
    """End all links and sessions of a person from the next request on."""
    check_profile(caller, id, services)
    services.store.links.end(id, services.clock())


@router.get("/conflicts", responses=problems())
def list_conflicts(
    services: ServicesDep, caller: CallerDep, trail: TrailDep, limit: Limit = 50
) -> list[ConflictAnswer]:
    """List staff who dealt with a need of their own organisation, newest first.

    Of protected persons only those are told of by id for whom the caller is named.
    """
    organisation = None if caller.scope is None else caller.grant.organisation
    found = services.store.conflicts.latest(limit, organisation)
    people = sorted({one.profile_id for one in found if one.profile_id is not None})
    # The conflict is the municipality's, wherever the person has moved to.
    reach = replace(caller.reach(services.today()), municipalities=None, coach=None)
    seen = services.store.people.among(people, reach)
    trail.saw(sorted(seen))
    return [ConflictAnswer.of(one, seen) for one in found]
