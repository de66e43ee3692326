"""What a person sees and says: the own profile, consents, shares and changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Body, Depends, Path, Query, Response
from starlette.responses import JSONResponse

from api import examples
from api.deps import CallerDep, InLang, ServicesDep, TrailDep
from api.nightly import nightly_document
from api.responses import problems
from api.schemas.cases import CaseAnswer
from api.schemas.own import OwnChange, OwnConsent, OwnList, OwnMoveRequest
from api.schemas.records import ProfileDocument
from api.schemas.sharing import ShareAnswer
from api.scope import check_profile, readable_profile
from api.state import Services
from matcher.domain.casework.changes import ReportedChange
from matcher.domain.casework.item import Channel
from matcher.domain.consent import Consent, Move
from matcher.domain.offer import OfferKind
from matcher.domain.text import Lang
from matcher.errors import ForbiddenError
from matcher.i18n.tongue import Tongue
from matcher.i18n.words import client_words
from matcher.ingest.contacts import scrub
from matcher.ingest.records import document_of

router = APIRouter(prefix="/v1/own", tags=["own"])
ChangeBody = Annotated[OwnChange, Body(openapi_examples=examples.OWN_CHANGES)]
MoveBody = Annotated[OwnMoveRequest, Body(openapi_examples=examples.OWN_MOVES)]
OwnId = Annotated[
    str, Path(description="Id in the answer", max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
InTongue = Annotated[Tongue, Query(description="Language of the words")]
#: In which language titles are quoted to whom Finnish is not the one; Russian has none.
_QUOTED: Final[Mapping[Tongue, Lang]] = {Tongue.SV: Lang.SV, Tongue.EN: Lang.EN}
#: How long a coach may take to look at what a client reports.
_LOOK_WITHIN: Final = timedelta(days=7)


async def _own(caller: CallerDep, trail: TrailDep) -> str:
    """Return whose data a person's caller is about.

    Raises
    ------
    ForbiddenError
        If the caller is no person.
    """
    if caller.grant.profile_id is None:
        raise ForbiddenError("Only a person has own data here.", remedy="Come in by a link.")
    trail.saw([caller.grant.profile_id])
    return caller.grant.profile_id


OwnDep = Annotated[str, Depends(_own)]


@router.get("/profile", response_model=ProfileDocument, responses=problems(404))
def read_own_profile(services: ServicesDep, caller: CallerDep, own: OwnDep) -> Response:
    """Return what the person has told of competences and wishes."""
    return JSONResponse(document_of(readable_profile(own, services, caller)))


@router.get("/list", responses=problems(404))
def read_own_list(
    services: ServicesDep,
    caller: CallerDep,
    own: OwnDep,
    *,
    trail: TrailDep,
    tongue: InTongue = Tongue.FI,
) -> OwnList:
    """Return the person's lists in their own language, without what is gone since the night."""
    answer = nightly_document(own, _QUOTED.get(tongue, Lang.FI), caller, services)
    trail.about = answer.list_id
    return OwnList.of(answer, client_words(tongue))


@router.post("/changes", status_code=201, responses=problems(400, 404))
def report_own_change(
    body: ChangeBody, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> CaseAnswer:
    """Report a change; it is in the case file at once, and a coach is to look at it."""
    check_profile(caller, own, services)
    change = ReportedChange(
        kind=body.kind,
        text=body.text,
        since=body.since,
        channel=Channel.ONLINE,
        due=services.today() + _LOOK_WITHIN,
    )
    return CaseAnswer.of(services.store.cases.add(own, scrub(change), caller.id, services.clock()))


@router.get("/consents", responses=problems(404))
def list_own_consents(
    services: ServicesDep, caller: CallerDep, own: OwnDep, lang: InLang = Lang.FI
) -> list[OwnConsent]:
    """List who asked to see the person for which need, oldest first, as it stands today."""
    check_profile(caller, own, services)
    return _answers(services.store.consents.of_profile(own), services, lang)


@router.post("/consents/{consent}", responses=problems(400, 404))
def move_own_consent(
    consent: OwnId,
    body: MoveBody,
    *,
    services: ServicesDep,
    caller: CallerDep,
    own: OwnDep,
    lang: InLang = Lang.FI,
) -> OwnConsent:
    """Agree, refuse or withdraw; it acts from this moment on."""
    check_profile(caller, own, services)
    move = Move(body.move)
    moved = services.store.consents.move(own, consent, move, services.clock(), caller.id)
    return _answers([moved], services, lang)[0]


@router.get("/shares", responses=problems(404))
def list_own_shares(services: ServicesDep, caller: CallerDep, own: OwnDep) -> list[ShareAnswer]:
    """List what was shared with whom, what for and how long, also what was revoked."""
    check_profile(caller, own, services)
    return [ShareAnswer.of(one, services.today()) for one in services.store.shares.of_profile(own)]


@router.delete("/shares/{share}", responses=problems(404))
def revoke_own_share(
    share: OwnId, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> ShareAnswer:
    """Withdraw a share; the partner sees nothing by it from the next request on."""
    check_profile(caller, own, services)
    revoked = services.store.shares.revoke(own, share, services.clock(), caller.id)
    return ShareAnswer.of(revoked, services.today())


def _answers(consents: list[Consent], services: Services, lang: Lang) -> list[OwnConsent]:
    needs = services.store.offers(OfferKind.NEED).get_many([one.need_id for one in consents])
    found = {id: (need.title.best(lang), need.organisation or "") for id, need in needs.items()}
    today = services.today()
    return [OwnConsent.of(one, found.get(one.need_id, ("", "")), today) for one in consents]
