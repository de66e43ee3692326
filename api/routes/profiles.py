"""Profiles: the competence mappings of the caller's municipalities."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Response
from starlette.requests import Request
from starlette.responses import JSONResponse

from api import examples
from api.access import Caller
from api.deps import After, CallerDep, Id, InLang, Limit, ServicesDep, TrailDep
from api.nightly import nightly_answer
from api.responses import packed, problems
from api.routes.rights import erase
from api.schemas.matches import NightlyAnswer
from api.schemas.records import Page, ProfileDocument, ProfileSummary, check_new, check_same
from api.scope import check_home, check_profile, check_scope, readable_profile
from api.state import Services
from matcher.domain.access import API_SOURCE
from matcher.domain.profile import Profile
from matcher.domain.rights import Ground
from matcher.domain.text import Lang
from matcher.ingest.contacts import scrub
from matcher.ingest.records import ProfileRecord, document_of, profile_from

router = APIRouter(prefix="/v1/profiles", tags=["profiles"])
ProfileBody = Annotated[ProfileDocument, Body(openapi_examples=examples.PROFILES)]


@router.post("", status_code=201, response_model=ProfileDocument, responses=problems(400))
def create_profile(
    body: ProfileBody, services: ServicesDep, caller: CallerDep, trail: TrailDep
) -> Response:
    """Store a new profile; contacts in its texts are left out."""
    check_new(body)
    profile = checked_profile(body, f"p-{uuid4().hex}", API_SOURCE, services, caller)
    services.store.profiles.upsert([profile], services.clock())
    trail.saw([profile.id])
    where = {"Location": f"/v1/profiles/{profile.id}"}
    return JSONResponse(document_of(profile), status_code=201, headers=where)


@router.get("", responses=problems())
def list_profiles(
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    after: After = "",
    limit: Limit = 50,
) -> Page[ProfileSummary]:
    """List the profiles that the caller sees, in the order of their ids."""
    reach = caller.reach(services.today())
    found = services.store.profiles.page(after=after, limit=limit + 1, reach=reach)
    items = [ProfileSummary.of(profile) for profile in found[:limit]]
    trail.saw(item.id for item in items)
    return Page(items=items, next=items[-1].id if len(found) > limit else None)


@router.get("/{id}", response_model=ProfileDocument, responses=problems(404))
def read_profile(id: Id, services: ServicesDep, caller: CallerDep) -> Response:
    """Return a profile as a document that can be edited and sent back."""
    return JSONResponse(document_of(readable_profile(id, services, caller)))


@router.put("/{id}", response_model=ProfileDocument, responses=problems(400, 404))
def replace_profile(
    id: Id, body: ProfileBody, services: ServicesDep, caller: CallerDep
) -> Response:
    """Replace a profile by a new version of it."""
    check_same(body, id)
    info = check_profile(caller, id, services)
    profile = checked_profile(body, id, info.source, services, caller)
    services.store.profiles.replace(profile, services.clock())
    return JSONResponse(document_of(profile))


@router.delete("/{id}", status_code=204, responses=problems(404))
def delete_profile(id: Id, services: ServicesDep, caller: CallerDep) -> None:
    """Erase a profile, also a closed one, and its lists; nothing finds it from this moment on."""
    check_scope(caller, id, services)
    erase(id, Ground.NOT_NEEDED, services, caller)


@router.get("/{id}/list", response_model=NightlyAnswer, responses=problems(404))
def read_nightly_list(
    id: Id,
    *,
    request: Request,
    services: ServicesDep,
    caller: CallerDep,
    trail: TrailDep,
    lang: InLang = Lang.FI,
) -> Response:
    """Return the lists made with the snapshot in use, without what is gone or unwanted since."""
    shown = nightly_answer(id, lang, caller, services)
    trail.about = shown.list_id
    return packed(shown.body, request)


def checked_profile(
    record: ProfileRecord, id: str, source: str, services: Services, caller: Caller
) -> Profile:
    """Return the profile that a record describes if the caller may store it, without contacts.

    Raises
    ------
    ForbiddenError
        If it has no home, or one that the caller does not work for.
    InputError
        If the encoder cannot read it.
    """
    profile = scrub(profile_from(record, id=id, source=source))
    check_home(caller, profile)
    # What the encoder cannot read must not get into the store, where every search meets it.
    services.records.encode_profiles([profile])
    return profile
