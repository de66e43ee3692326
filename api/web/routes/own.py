"""The person's own pages: coming in, the list, consents and shares, who has seen, changes, data."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import ValidationError
from starlette.responses import Response

from api.cookies import give_session
from api.deps import CallerDep, ServicesDep, TrailDep
from api.entry import PERSON_SECONDS, open_session
from api.rates import address
from api.routes.decisions import ListId, explain_own_list, list_own_seen
from api.routes.own import (
    OwnDep,
    OwnId,
    list_own_consents,
    list_own_shares,
    move_own_consent,
    read_own_list,
    report_own_change,
    revoke_own_share,
)
from api.schemas.own import OwnChange, OwnMove, OwnMoveRequest
from api.web.card_words import STATES
from api.web.forms import CHOOSE, MISSING, Form, FormDep, check_same_site
from api.web.own_words import CHANGES, PARTS, PURPOSES
from api.web.page import Page, PageDep
from api.web.views.uses import in_rows
from matcher.domain.casework.changes import ChangeKind
from matcher.errors import InputError, NotFoundError
from matcher.i18n.message import client_msg

router = APIRouter(include_in_schema=False)
_SameSite = Depends(check_same_site)
Link = Annotated[str, Query(max_length=200)]
_SEEN: Final = 200
_MAX_SECRET: Final = 200
_NOT_IN: Final = client_msg(
    "Link and code do not let you in. Check the code, or ask your coach for a new link."
)
_WAIT: Final = client_msg("Wait a minute and try again.")
_DONE: Final = {
    OwnMove.YES: client_msg("You agreed. You can withdraw your consent at any time."),
    OwnMove.NO: client_msg("You said no. The company does not see you."),
    OwnMove.WITHDRAW: client_msg(
        "You withdrew your consent. The company does not see you any more."
    ),
}
_REVOKED: Final = client_msg("You ended the sharing. They see nothing of you any more.")
_REPORTED: Final = client_msg("Thank you. Your coach looks at what you told within a week.")


@router.get("/own/enter")
def show_own_entrance(
    page: PageDep, link: Link = "", ended: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show where a person types the code that the coach handed over."""
    return page.show("own/enter.html", {"form": Form.of({"link": link}), "ended": bool(ended)})


@router.post("/own/enter", dependencies=[_SameSite])
def enter_own(page: PageDep, form: FormDep, request: Request, services: ServicesDep) -> Response:
    """Let a person in by link and code. Five wrong codes in a row shut the link."""
    link, code = _secret_of(form.text("link")), form.text("code").replace(" ", "")
    if not services.attempts.allow(address(request)):
        return _refused(page, form.wrong({"code": _WAIT}), 429)
    if not code:
        return _refused(page, form.wrong({"code": MISSING}), 422)
    is_short = len(link) <= _MAX_SECRET and len(code) <= _MAX_SECRET
    entered = services.store.links.enter(link, code, services.clock()) if is_short else None
    if entered is None:
        return _refused(page, form.wrong({"code": _NOT_IN}), 422)
    secret = open_session(request, services, *entered, PERSON_SECONDS)
    response = page.go("/own")
    give_session(response, secret, PERSON_SECONDS)
    return response


@router.get("/own")
def show_own_list(
    page: PageDep, services: ServicesDep, caller: CallerDep, own: OwnDep, *, trail: TrailDep
) -> Response:
    """Show the person's own list, as the last night made it."""
    try:
        made = read_own_list(services, caller, own, trail=trail, tongue=page.tongue)
    except NotFoundError:
        made = None
    asked = [
        one for one in list_own_consents(services, caller, own, page.lang) if one.state == "asked"
    ]
    return page.show("own/list.html", {"made": made, "asked": len(asked)})


@router.get("/own/lists/{list_id}")
def show_own_explanation(
    page: PageDep, list_id: ListId, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> Response:
    """Tell in plain words how the list came about and who decides."""
    told = explain_own_list(list_id, services, caller, own, tongue=page.tongue)
    return page.show("own/why.html", {"told": told})


@router.get("/own/consents")
def show_own_consents(
    page: PageDep, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> Response:
    """Show who asked to see the person, and with whom something is shared."""
    context = {
        "consents": list_own_consents(services, caller, own, page.lang)[::-1],
        "shares": list_own_shares(services, caller, own)[::-1],
        "states": STATES,
        "parts": PARTS,
        "purposes": PURPOSES,
    }
    return page.show("own/consents.html", context)


@router.post("/own/consents/{consent}")
def answer_own_consent(
    page: PageDep,
    consent: OwnId,
    *,
    form: FormDep,
    services: ServicesDep,
    caller: CallerDep,
    own: OwnDep,
) -> Response:
    """Agree, refuse or withdraw; it acts from this moment on."""
    if form.text("move") not in set(OwnMove):
        raise InputError(CHOOSE.text, remedy="Go back and choose.", field="move")
    move = OwnMove(form.text("move"))
    body = OwnMoveRequest(move=move)
    move_own_consent(consent, body, services=services, caller=caller, own=own)
    return page.go("/own/consents", done=page.say(_DONE[move]))


@router.post("/own/shares/{share}")
def end_own_share(
    page: PageDep, share: OwnId, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> Response:
    """Withdraw a share; the partner sees nothing by it any more."""
    revoke_own_share(share, services, caller, own)
    return page.go("/own/consents", done=page.say(_REVOKED))


@router.get("/own/seen")
def show_own_seen(page: PageDep, services: ServicesDep, caller: CallerDep, own: OwnDep) -> Response:
    """Show who has used the person's data, what for and when."""
    seen = in_rows(list_own_seen(services, caller, own, tongue=page.tongue))
    return page.show("own/seen.html", {"seen": seen[:_SEEN], "more": len(seen) > _SEEN})


@router.get("/own/changes")
def show_own_changes(page: PageDep, services: ServicesDep) -> Response:
    """Show the form by which a person reports a change."""
    return _changes(page, Form.of({"since": str(services.today())}))


@router.post("/own/changes")
def send_own_change(
    page: PageDep, form: FormDep, services: ServicesDep, caller: CallerDep, own: OwnDep
) -> Response:
    """Report a change; a coach is to look at it."""
    values = {name: form.text(name) for name in ("kind", "text", "since")}
    try:
        change = OwnChange.model_validate(values)
    except ValidationError as error:
        return _changes(page, form.wrong_as(error), 422)
    report_own_change(change, services, caller, own)
    return page.go("/own/changes", done=page.say(_REPORTED))


@router.get("/own/data")
def show_own_data(page: PageDep) -> Response:
    """Show how a person gets a copy of the own data, and how to leave."""
    return page.show("own/data.html")


def _changes(page: Page, form: Form, status: int = 200) -> Response:
    kinds = [(each, page.say(CHANGES[each])) for each in ChangeKind]
    return page.show("own/changes.html", {"form": form, "kinds": kinds}, status)


def _refused(page: Page, form: Form, status: int) -> Response:
    # The code is not shown again: others may read along.
    shown = Form.of({"link": form.text("link")}).wrong(form.errors)
    return page.show("own/enter.html", {"form": shown, "ended": False}, status)


def _secret_of(link: str) -> str:
    """Return what opens the link, also where the whole address was written down."""
    return link.rpartition("link=")[2].strip()
