"""Feedback on offers, and the wishes that follow from it."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body, Path

from api import examples
from api.deps import CallerDep, Id, IndexDep, InLang, ServicesDep
from api.lists import offer_lists
from api.responses import problems
from api.schemas.feedback import FeedbackAnswer, FeedbackRequest, WishAnswer, WishesAnswer
from api.scope import check_profile, readable_profile
from matcher.domain.text import Lang
from matcher.match.wishes.noted import Given, noted

router = APIRouter(prefix="/v1/profiles/{id}", tags=["feedback"])
FeedbackBody = Annotated[FeedbackRequest, Body(openapi_examples=examples.FEEDBACK)]
WishId = Annotated[
    str, Path(description="Id of the wish", max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]


@router.post("/feedback", status_code=201, responses=problems(400, 404))
def add_feedback(
    id: Id, body: FeedbackBody, services: ServicesDep, caller: CallerDep, lang: InLang = Lang.FI
) -> FeedbackAnswer:
    """Write down what happened with an offer; a reason limits the client's lists at once."""
    profile = readable_profile(id, services, caller)
    offer = services.store.offers(body.kind).get(body.offer_id)
    given = Given(
        action=body.action,
        reason=body.reason,
        text=body.text,
        position=body.position,
        shown=body.shown,
    )
    event = noted(profile, offer, given, id=f"fb-{uuid4().hex}", now=services.clock(), by=caller.id)
    services.store.feedback.add(event)
    return FeedbackAnswer.of(event, lang)


@router.get("/feedback", responses=problems(404))
def list_feedback(
    id: Id, services: ServicesDep, caller: CallerDep, lang: InLang = Lang.FI
) -> list[FeedbackAnswer]:
    """List all that was said of offers for a client, oldest first."""
    check_profile(caller, id, services)
    return [FeedbackAnswer.of(event, lang) for event in services.store.feedback.of_profile(id)]


@router.get("/wishes", responses=problems(404))
def list_wishes(
    id: Id, services: ServicesDep, index: IndexDep, caller: CallerDep, lang: InLang = Lang.FI
) -> WishesAnswer:
    """List the wishes that hold, with the offers that only they keep out of the lists."""
    profile = readable_profile(id, services, caller)
    held = services.store.feedback.wishes([id]).get(id, ())
    kept_out = index.matcher.kept_out(profile, on=services.today())
    return WishesAnswer(
        wishes=[WishAnswer.of(wish, lang) for wish in held],
        kept_out=offer_lists(kept_out, services.store, lang),
    )


@router.delete("/wishes/{wish}", status_code=204, responses=problems(404))
def withdraw_wish(id: Id, wish: WishId, services: ServicesDep, caller: CallerDep) -> None:
    """Withdraw a wish; the lists heed it no longer from this moment on."""
    check_profile(caller, id, services)
    services.store.feedback.withdraw(id, wish, f"fb-{uuid4().hex}", services.clock(), caller.id)
