"""What employers may see of a client: what has to be known first, and what the client agreed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from api.deps import CallerDep, Id, ServicesDep
from api.routes.consents import replace_standing
from api.schemas.consents import StandingDocument
from api.scope import readable_profile
from api.state import Services
from api.web.card_words import CONDITIONS
from api.web.forms import CHOOSE, Form, FormDep
from api.web.page import Page, PageDep
from api.web.routes.consents import requests_of
from matcher.domain.consent import Condition, conditions
from matcher.domain.profile import Profile
from matcher.errors import InputError
from matcher.i18n.message import Message, msg

router = APIRouter(prefix="/clients/{id}", include_in_schema=False)
_SAVED: Final = msg("It was recorded and acts from now on.")
_ENDS_FIRST: Final = msg("Give a first day that is not later than the last.")
_DAYS: Final = ("follow_up_from", "follow_up_to")
#: What can be said of a protection order; that nobody has checked it cannot be said anew.
_PROTECTED: Final[Mapping[str, bool | None]] = {"": None, "no": False, "yes": True}
_CHOICES: Final[Mapping[str, Message]] = {
    "": msg("not checked"),
    "no": msg("There is none"),
    "yes": msg("There is one"),
}


@router.get("/visibility")
def show_visibility(id: Id, page: PageDep, services: ServicesDep, caller: CallerDep) -> Response:
    """Show whether employers may see a client, what is missing for it, and what was asked."""
    profile = readable_profile(id, services, caller)
    return _shown(profile, _form_of(_stored(id, services)), page, services)


@router.post("/visibility")
def save_visibility(
    id: Id, form: FormDep, page: PageDep, services: ServicesDep, caller: CallerDep
) -> Response:
    """Write down follow-up and protection order, unless somebody else has done so meanwhile."""
    profile, stored = readable_profile(id, services, caller), _stored(id, services)
    if form.text("seen") != _mark(stored):
        return _changed_meanwhile(profile, stored, form, page, services)
    told = _told(form, stored)
    if isinstance(told, Form):
        return _shown(profile, told, page, services, status=422)
    try:
        replace_standing(id, told, services, caller)
    except InputError:
        wrong = form.wrong({"follow_up_to": _ENDS_FIRST})
        return _shown(profile, wrong, page, services, status=422)
    return page.go(f"/clients/{quote(id, safe='')}/visibility", page.words(_SAVED))


def _stored(id: str, services: Services) -> StandingDocument:
    return StandingDocument.of(services.store.consents.standings([id]).get(id))


def _mark(stored: StandingDocument) -> str:
    """Return what tells one standing from another: a form carries it back."""
    return "/".join(str(value) for value in stored.model_dump().values())


def _form_of(stored: StandingDocument) -> Form:
    days = {name: str(getattr(stored, name) or "") for name in _DAYS}
    said = {value: name for name, value in _PROTECTED.items()}[stored.protected]
    return Form.of({**days, "protected": said, "seen": _mark(stored)})


def _told(form: Form, stored: StandingDocument) -> StandingDocument | Form:
    """Return what a form says; the form if it cannot be used."""
    said = form.text("protected")
    if said not in _choices(stored):
        return form.wrong({"protected": CHOOSE})
    days = {name: form.text(name) or None for name in _DAYS}
    try:
        return StandingDocument.model_validate({**days, "protected": _PROTECTED[said]})
    except ValidationError as error:
        return form.wrong_as(error)


def _choices(stored: StandingDocument) -> Mapping[str, Message]:
    known = stored.protected is not None
    return {value: text for value, text in _CHOICES.items() if value or not known}


def _changed_meanwhile(
    profile: Profile, stored: StandingDocument, form: Form, page: Page, services: Services
) -> Response:
    """Show what somebody else has saved beside what was typed: whoever saves again has chosen."""
    shown = Form({**form.fields, "seen": (_mark(stored),)})
    return _shown(profile, shown, page, services, status=409)


def _shown(
    profile: Profile, form: Form, page: Page, services: Services, *, status: int = 200
) -> Response:
    on, stored = services.today(), _stored(profile.id, services)
    requests = requests_of(services.store.consents.of_profile(profile.id), services, on)
    context = {
        "id": profile.id,
        "form": form,
        "stored": stored if status == 409 else None,
        "outcomes": _outcomes(profile, services, on),
        "choices": [(value, page.words(text)) for value, text in _choices(stored).items()],
        "said": _CHOICES["" if stored.protected is None else "yes" if stored.protected else "no"],
        "requests": requests[::-1],
    }
    return page.show("clients/visibility.html", context, status)


def _outcomes(profile: Profile, services: Services, on: date) -> Sequence[tuple[str, Message]]:
    """Return how each condition but consent, which is asked for each need, stands today."""
    standing = services.store.consents.standings([profile.id]).get(profile.id)
    found = conditions(profile, standing, [], on)
    return [
        (found[condition].value, text)
        for condition, text in CONDITIONS.items()
        if condition is not Condition.CONSENT
    ]
