"""What people may ask of their data: a copy, a correction, to be erased."""

from __future__ import annotations

import secrets
from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Body, Query, Response
from starlette.responses import HTMLResponse

from api import examples
from api.access import Caller
from api.deps import CallerDep, Id, ServicesDep
from api.responses import problems
from api.routes.own import OwnDep
from api.schemas.records import ProfileDocument
from api.schemas.rights import (
    CorrectionAnswer,
    CorrectionRequest,
    ErasureAnswer,
    ErasureProof,
    ErasureRequest,
    PersonalCopy,
)
from api.scope import check_home, check_profile, check_scope, readable_profile
from api.state import Services
from matcher.domain.rights import Ground
from matcher.domain.text import Lang
from matcher.ingest.records import document_of
from matcher.rights.copies import copies_folder
from matcher.rights.erase import Erased, erase_person
from matcher.rights.held import personal_data
from matcher.rights.page import copy_page
from matcher.rights.rectify import corrected
from matcher.store.corrections import version_before

router = APIRouter(prefix="/v1", tags=["rights"])
CorrectionBody = Annotated[CorrectionRequest, Body(openapi_examples=examples.CORRECTIONS)]
ErasureBody = Annotated[ErasureRequest, Body(openapi_examples=examples.ERASURES)]
PageLang = Annotated[
    Lang | None, Query(description="Language of the page; left out, that of the person's texts")
]
_RECEIPT_BYTES: Final = 16


@router.get("/profiles/{id}/copy", response_model=PersonalCopy, responses=problems(404))
def read_copy(id: Id, services: ServicesDep, caller: CallerDep) -> Response:
    """Return everything that is held of a person, for a machine to read."""
    check_scope(caller, id, services)
    return _copy(id, services)


@router.get("/profiles/{id}/copy/page", response_class=HTMLResponse, responses=problems(404))
def print_copy(
    id: Id, services: ServicesDep, caller: CallerDep, lang: PageLang = None
) -> HTMLResponse:
    """Return everything that is held of a person, as a page in the person's language."""
    check_scope(caller, id, services)
    return _page(id, services, lang)


@router.get("/own/copy", response_model=PersonalCopy, responses=problems(404))
def read_own_copy(services: ServicesDep, caller: CallerDep, own: OwnDep) -> Response:
    """Return everything that is held of the person who asks, for a machine to read."""
    check_profile(caller, own, services)
    return _copy(own, services)


@router.get("/own/copy/page", response_class=HTMLResponse, responses=problems(404))
def print_own_copy(
    services: ServicesDep, caller: CallerDep, own: OwnDep, lang: PageLang = None
) -> HTMLResponse:
    """Return everything that is held of the person who asks, as a page."""
    check_profile(caller, own, services)
    return _page(own, services, lang)


@router.post("/profiles/{id}/corrections", status_code=201, responses=problems(400, 404))
def correct_profile(
    id: Id, body: CorrectionBody, services: ServicesDep, caller: CallerDep
) -> CorrectionAnswer:
    """Correct fields of a profile; the version before stays for a while, with the reason."""
    profile = corrected(readable_profile(id, services, caller), body.changes)
    check_home(caller, profile)
    # What the encoder cannot read must not get into the store, where every search meets it.
    services.records.encode_profiles([profile])
    made = services.store.corrections.correct(
        profile,
        tuple(sorted(body.changes)),
        reason=body.reason,
        by=caller.id,
        now=services.clock(),
    )
    return CorrectionAnswer(
        fields=list(made.fields),
        reason=made.reason,
        at=made.at,
        by=made.by,
        before=ProfileDocument.model_validate(document_of(version_before(made))),
    )


@router.post("/profiles/{id}/erasure", status_code=201, responses=problems(400, 404))
def erase_profile(
    id: Id, body: ErasureBody, services: ServicesDep, caller: CallerDep
) -> ErasureAnswer:
    """Erase a person at once; archives follow in the next night. Answers with the proof."""
    check_scope(caller, id, services)
    return ErasureAnswer.of(erase(id, body.ground, services, caller))


@router.get("/erasures", responses=problems())
def list_erasures(services: ServicesDep) -> list[ErasureProof]:
    """List the proofs of erasures, oldest first; none tells who it was."""
    return [ErasureProof.of(proof) for proof in services.store.erasures.all()]


def erase(id: str, ground: Ground, services: Services, caller: Caller) -> Erased:
    """Erase a person whom the caller may see.

    Raises
    ------
    ForbiddenError
        If a legal hold keeps the person's data.
    """
    return erase_person(
        services.store,
        copies_folder(services.settings),
        id,
        by=caller.id,
        ground=ground,
        receipt=secrets.token_urlsafe(_RECEIPT_BYTES),
        now=services.clock(),
    )


def _copy(id: str, services: Services) -> Response:
    data = personal_data(services.store, services.settings, id, services.clock())
    return Response(orjson.dumps(data.document()), media_type="application/json")


def _page(id: str, services: Services, lang: Lang | None) -> HTMLResponse:
    data = personal_data(services.store, services.settings, id, services.clock())
    return HTMLResponse(copy_page(data, lang or data.profile.language))
