"""Who may be shown to whom: coaches ask and record, employers see cards."""

from __future__ import annotations

from secrets import token_hex
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Path

from api import examples
from api.deps import CallerDep, Id, IndexDep, InLang, ServicesDep, TrailDep
from api.responses import problems
from api.schemas.consents import (
    CardAnswer,
    ConsentAnswer,
    ConsentRequest,
    MoveRequest,
    StandingDocument,
)
from api.scope import check_own_need, check_profile, note_conflict, readable_profile
from api.state import Services
from matcher.domain.consent import Consent, Standing, ask, conditions, pseudonym
from matcher.domain.offer import Offer, OfferKind
from matcher.domain.profile import Profile
from matcher.domain.text import Lang
from matcher.errors import NotFoundError
from matcher.store.records import State

router = APIRouter(prefix="/v1", tags=["consents"])
ConsentBody = Annotated[ConsentRequest, Body(openapi_examples=examples.CONSENTS)]
MoveBody = Annotated[MoveRequest, Body(openapi_examples=examples.CONSENT_MOVES)]
StandingBody = Annotated[StandingDocument, Body(openapi_examples=examples.STANDINGS)]
ConsentId = Annotated[
    str, Path(description="Id of the request", max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


@router.post("/profiles/{id}/consents", status_code=201, responses=problems(400, 404))
def ask_consent(
    id: Id, body: ConsentBody, services: ServicesDep, caller: CallerDep
) -> ConsentAnswer:
    """Ask a person whether they may be shown to a company for one need."""
    profile = readable_profile(id, services, caller)
    note_conflict(caller, _open_need(body.need_id, services), services, id)
    consent = ask(
        (id, body.need_id),
        (body.deadline, body.until),
        id=f"c-{uuid4().hex}",
        pseudonym=pseudonym(token_hex(4)),
        now=services.clock(),
        by=caller.id,
    )
    services.store.consents.ask(consent)
    return _answer(consent, profile, services)


@router.get("/profiles/{id}/consents", responses=problems(404))
def list_consents(id: Id, services: ServicesDep, caller: CallerDep) -> list[ConsentAnswer]:
    """List the requests for a person, oldest first, each as it stands today."""
    profile = readable_profile(id, services, caller)
    found = services.store.consents.of_profile(id)
    return [_answer(consent, profile, services) for consent in found]


@router.post("/profiles/{id}/consents/{consent}", responses=problems(400, 404))
def move_consent(
    id: Id, consent: ConsentId, body: MoveBody, services: ServicesDep, caller: CallerDep
) -> ConsentAnswer:
    """Record an answer, a withdrawal or an introduction; it acts from this moment on."""
    profile = readable_profile(id, services, caller)
    moved = services.store.consents.move(id, consent, body.move, services.clock(), caller.id)
    return _answer(moved, profile, services)


@router.get("/profiles/{id}/standing", responses=problems(404))
def read_standing(id: Id, services: ServicesDep, caller: CallerDep) -> StandingDocument:
    """Return what is known of a person before anybody may be shown them."""
    check_profile(caller, id, services)
    return StandingDocument.of(services.store.consents.standings([id]).get(id))


@router.put("/profiles/{id}/standing", responses=problems(400, 404))
def replace_standing(
    id: Id, body: StandingBody, services: ServicesDep, caller: CallerDep
) -> StandingDocument:
    """Write down what is known now; what it replaces stays in the log."""
    check_profile(caller, id, services)
    standing = Standing(
        profile_id=id,
        follow_up_from=body.follow_up_from,
        follow_up_to=body.follow_up_to,
        protected=body.protected,
        at=services.clock(),
        by=caller.id,
    )
    if body.protected:
        # Who writes a protection order down goes on with the client; a lead names others.
        services.store.people.add_staff(id, caller.staff, standing.at, caller.id)
    services.store.consents.stand(standing)
    return body


@router.get("/needs/{id}/cards", responses=problems(404))
def list_cards(
    id: Id,
    *,
    services: ServicesDep,
    index: IndexDep,
    caller: CallerDep,
    trail: TrailDep,
    lang: InLang = Lang.FI,
) -> list[CardAnswer]:
    """List the people who agreed to be shown for a need, best match first."""
    check_own_need(caller, id, services)
    need = services.store.offers(OfferKind.NEED).get(id)
    cards = index.matcher.cards.of(need, services.today())
    shown = {card.pseudonym for card in cards}
    asked = services.store.consents.of_need(id)
    trail.saw(one.profile_id for one in asked if one.pseudonym in shown)
    return [CardAnswer.of(card, lang) for card in cards]


def _answer(consent: Consent, profile: Profile, services: Services) -> ConsentAnswer:
    on = services.today()
    standing = services.store.consents.standings([profile.id]).get(profile.id)
    return ConsentAnswer.of(consent, conditions(profile, standing, [consent], on), on)


def _open_need(need_id: str, services: Services) -> Offer:
    """Return the need that somebody is asked for.

    Raises
    ------
    NotFoundError
        If there is none, or it is closed.
    """
    needs = services.store.offers(OfferKind.NEED)
    if needs.info(need_id).state is State.CLOSED:
        raise NotFoundError("need", need_id)
    return needs.get(need_id)
