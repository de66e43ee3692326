"""A client's match lists: looked at, weighed, filtered, and answered to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import Response

from api.deps import CallerDep, Id, ServicesDep
from api.identity.login import local_path
from api.routes.feedback import WishId, add_feedback, withdraw_wish
from api.schemas.feedback import FeedbackRequest
from api.web.desk import DeskDep
from api.web.forms import CHOOSE, Form, FormDep
from api.web.page import Page, PageDep
from api.web.views.asked import Asked
from api.web.views.lists import lists_of
from api.web.views.tables import TABLES
from matcher.domain.feedback import Action
from matcher.errors import InputError
from matcher.i18n.message import Message, client_msg, msg
from matcher.match.wishes.words import REASONS

#: Of a place in a list; Python refuses to read numbers of thousands of digits.
_DIGITS: Final = 4
router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
#: What can be said of an offer with one press, and what the page says when it is noted.
_DONE: Final[Mapping[str, Message]] = {
    Action.PRESENTED: msg("It is noted that the client was told of the offer."),
    Action.SAVED: msg("The offer is saved for the client."),
    Action.NOT_SUITABLE: msg("It is noted that the offer does not suit the client."),
    Action.APPLIED: msg("It is noted that the client has applied."),
}
_TAKEN_BACK: Final = msg("The wish is withdrawn. The lists heed it no longer.")
_WHY: Final = client_msg("Say in a few words why.")


@router.get("/matches")
def show_matches(
    id: Id, asked: Annotated[Asked, Query()], page: PageDep, desk: DeskDep
) -> Response:
    """Show jobs, hidden needs, trainings and services that fit a client, and why."""
    context = {"id": id, "asked": asked, "found": lists_of(id, asked, desk), **TABLES}
    return page.show("matches/lists.html", context)


@router.post("/feedback")
def give_feedback(
    id: Id, form: FormDep, page: PageDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Note what happened with an offer, and go back to where it was told."""
    try:
        body = _request(form)
        add_feedback(id, body, services, caller, page.lang)
    except (ValidationError, InputError) as error:
        return _again(id, _wrong(form, error), page)
    done = page.words(_DONE[body.action]) if body.action in _DONE else ""
    return page.go(_back(id, form), done)


@router.post("/wishes/{wish}")
def take_back_wish(
    id: Id, wish: WishId, form: FormDep, *, page: PageDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Withdraw a wish, and go back to the lists that heeded it."""
    withdraw_wish(id, wish, services, caller)
    return page.go(_back(id, form), page.words(_TAKEN_BACK))


def _request(form: Form) -> FeedbackRequest:
    """Return what a form says of an offer.

    Raises
    ------
    ValidationError
        If something in it cannot be used.
    """
    told = {name: form.text(name) for name in FeedbackRequest.model_fields}
    position = told.pop("position")
    given: dict[str, object] = {name: text for name, text in told.items() if text}
    if position:
        is_number = position.isdecimal() and len(position) <= _DIGITS
        given["position"] = int(position) if is_number else position
    return FeedbackRequest.model_validate(given)


def _wrong(form: Form, error: ValidationError | InputError) -> Form:
    if isinstance(error, InputError) and error.field in {"text", "reason"}:
        return form.wrong({error.field: _WHY if error.field == "text" else CHOOSE})
    return form.wrong_as(error)


def _again(id: str, form: Form, page: Page) -> Response:
    names = [(reason.value, page.words(text)) for reason, text in REASONS.items()]
    context = {"id": id, "form": form, "reason_names": names, "back": _back(id, form)}
    return page.show("matches/feedback.html", context, 422)


def _back(id: str, form: Form) -> str:
    """Return the page on which something was told of an offer; the lists if it names none."""
    told = local_path(form.text("back"))
    return told if told != "/" else f"/clients/{quote(id, safe='')}/matches"
